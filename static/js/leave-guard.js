// Asks before a page is left with words that are in it alone. A form says by `data-leave-guard` that it wants that, and
// by `data-unsaved` that what it was served with is on no server either.

const UNDERWAY = 5000; // ms after sending; still here by then, the form did not get through

// What the form holds, but for what is no answer: the same words give the same text.
export function words(of) {
  const data = new URLSearchParams(new FormData(of));
  for (const name of ["csrfmiddlewaretoken", "version"]) data.delete(name);
  data.sort();
  return data.toString();
}

// The form without its author's changes: some may have been made before the script arrived.
export function asServed(form) {
  const copy = form.cloneNode(true);
  copy.reset();
  return copy;
}

export function askBeforeLeaving(isUnsaved) {
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
}

function guard(form) {
  const served = words(asServed(form));
  let sending = false;
  form.addEventListener("submit", () => {
    sending = true;
    setTimeout(() => { sending = false; }, UNDERWAY);
  });
  askBeforeLeaving(() => !sending && ("unsaved" in form.dataset || words(form) !== served));
}

for (const form of document.querySelectorAll("form[data-leave-guard]")) guard(form);
