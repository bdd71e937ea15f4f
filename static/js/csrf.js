// The token for a form of this page. Signing in again in another tab makes a new one, and puts it into the cookie.
export function csrfToken(form) {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]*)/);
  return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
}
