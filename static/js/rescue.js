// The page that gives words back. Signing in again in another tab makes a new token, and puts it into the cookie: the
// form takes it from there when it is sent. Without this script the page comes once more and asks to press again.

import { askBeforeLeaving } from "./leave-guard.js";

const form = document.querySelector("form[data-rescue]");
let sending = false;

function csrfToken() {
  const start = `${form.dataset.csrfCookie}=`;
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(start));
  return cookie ? cookie.slice(start.length) : form.elements.csrfmiddlewaretoken.value;
}

form.addEventListener("submit", () => {
  sending = true;
  form.elements.csrfmiddlewaretoken.value = csrfToken();
});

// The words are in this page alone, so leaving asks first.
askBeforeLeaving(() => !sending);
