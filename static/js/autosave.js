// Keeps what a phase's page holds on the server while its author writes. No word is ever put into the browser's storage.

import { csrfToken } from "./csrf.js";
import { asServed, askBeforeLeaving, words } from "./leave-guard.js";

const PAUSE = 1000; // ms after the last change
const RETRY = 5000; // ms between tries while signed out or without a connection
const TIMEOUT = 15000; // ms for one try
const KEEPALIVE_LIMIT = 60000; // bytes a browser still sends after its page has gone

const form = document.querySelector("form[data-autosave]");
const said = document.getElementById("saved");
let kept = "unsaved" in form.dataset ? null : words(asServed(form)); // what the server has
let untold = null; // the last try, until we are told whether the server kept it
let refused = null; // what the server said it cannot keep
let clashed = Boolean(form.querySelector("[data-clashes]"));
let seen = clashed; // the author was led to what clashes
let timer = 0;
let sending = null;
let leaving = false; // a button was pressed
let passing = false; // the form is let through
let gone = false; // the form is on its way

function unsaved() {
  return words(form) !== kept;
}

function toSend() {
  return untold !== null || (unsaved() && words(form) !== refused);
}

function say(text, { alert = false, link = "" } = {}) {
  if (said.dataset.text === text) return;
  said.dataset.text = text;
  said.classList.toggle("app-saved--not", alert);
  said.textContent = text;
  if (!link) return;
  const a = document.createElement("a");
  Object.assign(a, { href: link, target: "_blank", rel: "noopener", textContent: "Sign in (opens in a new tab)" });
  said.append(" ", a);
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

// Makes one try, or waits for the one under way; resolves to whether it makes sense to go on at once. A try whose
// answer was lost is made again word for word: the server then knows it as the same save, and no clash comes of it.
function save({ hidden = false } = {}) {
  clearTimeout(timer);
  if (sending) return sending;
  if (clashed || gone || !toSend()) return false;
  const tried = (untold ??= words(form));
  const body = new URLSearchParams(tried);
  body.set("version", form.elements.version.value);
  body.set("phase", form.dataset.phase);
  const keepalive = hidden && body.toString().length < KEEPALIVE_LIMIT;
  sending = ask(form.dataset.autosave, { method: "POST", body, keepalive })
    .then((response) => answered(response, tried))
    .catch(() => notSaved())
    .finally(() => { sending = null; });
  return sending;
}

function ask(address, options) {
  const headers = { Accept: "application/json", "X-Requested-With": "autosave", "X-CSRFToken": csrfToken(form) };
  return fetch(address, { headers, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT), ...options });
}

async function answered(response, tried) {
  const { ok, status } = response;
  if (!ok && status !== 409 && status !== 422) return notSaved(status);
  const answer = await response.json();
  untold = null;
  const newer = words(form) !== tried; // its author has written on
  if (ok) {
    kept = tried;
    form.elements.version.value = answer.version;
    say(`Saved ${answer.saved_at}`);
  } else if (status === 422) {
    refused = tried;
    say(`Not saved. ${answer.messages.join(". ")}.`, { alert: true });
  } else if (!newer) {
    clash(answer);
  }
  if (newer) later(PAUSE);
  return ok || newer;
}

function notSaved(status) {
  const here = "Your words are still on this page";
  if (status === undefined) {
    say(`No connection. ${here}. Trying again.`, { alert: true });
  } else if ([0, 401, 403].includes(status)) {
    const text = `You have been signed out. ${here}, and are saved once you sign in again.`;
    say(text, { alert: true, link: form.dataset.signIn });
  } else if (status === 404) {
    say(`Not saved. This reflection was deleted, or somebody else has signed in here. ${here}.`, { alert: true });
  } else {
    say(`Not saved. ${here}. Trying again.`, { alert: true });
  }
  later(RETRY);
  return false;
}

function clash({ version, clashes }) {
  clashed = true;
  form.elements.version.value = version;
  say("Not saved: this page was also saved somewhere else. Choose what to keep at the top of the page.", { alert: true });
  const frame = document.getElementById("clashes-template").content.cloneNode(true);
  frame.querySelector("[data-clashes]").append(...clashes.map(question));
  document.getElementById("clashes").replaceChildren(frame);
}

function question(clash) {
  const item = document.getElementById("clash-template").content.cloneNode(true);
  for (const part of item.querySelectorAll("[data-fill]")) part.textContent = clash[part.dataset.fill] || "Nothing";
  for (const part of item.querySelectorAll("[id], [for], [name]")) {
    for (const name of ["id", "for", "name"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace("__name__", clash.name));
    }
  }
  if (!clash.is_text) item.querySelector("[data-text-only]").remove();
  item.querySelector(`[value=${proposal(clash)}]`).checked = true;
  return item;
}

// What was changed only in the other place is likely to be meant.
function proposal({ name, is_text: isText }) {
  const [before, now] = [kept ?? "", words(form)].map((all) => String(new URLSearchParams(all).getAll(name)));
  if (kept !== null && before === now) return "saved";
  return isText ? "both" : "mine";
}

// Whether the form may go: what it holds is on the server, or only the server's own page can say what to mend. A form
// sent into a dead connection, or to a server that no longer knows its author, would take the words off the screen.
async function mayLeave() {
  while (!clashed && toSend()) {
    if (!(await save())) break;
  }
  if (clashed) return seen ? reachable() : showClashes(); // once the choice is made, the server applies it
  return !toSend();
}

function showClashes() {
  const summary = document.querySelector("#clashes > *");
  summary.tabIndex = -1;
  summary.focus();
  return false;
}

async function reachable() {
  try {
    const response = await ask(window.location.pathname);
    return response.ok || notSaved(response.status);
  } catch {
    return notSaved();
  }
}

async function leave(button) {
  leaving = true;
  if (!(await mayLeave())) {
    leaving = false;
    return;
  }
  depart();
  passing = true;
  form.requestSubmit(button);
  passing = false;
}

function depart() {
  form.elements.csrfmiddlewaretoken.value = csrfToken(form);
  leaving = gone = true;
  setTimeout(() => { leaving = gone = false; }, RETRY); // still here by then: the form did not get through
}

form.addEventListener("submit", (event) => {
  if (passing) return;
  if (!leaving && !clashed && !toSend()) {
    depart();
    return;
  }
  event.preventDefault();
  if (!leaving) leave(event.submitter);
});
form.addEventListener("input", () => later(PAUSE));
form.addEventListener("change", () => later(PAUSE));
document.getElementById("clashes").addEventListener("focusin", () => { seen = true; });
document.addEventListener("visibilitychange", () => save({ hidden: document.visibilityState === "hidden" }));
window.addEventListener("online", () => save());
window.addEventListener("focus", () => save());
askBeforeLeaving(() => !gone && unsaved());
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload(); // Back must never show words after signing out
});
if (kept !== null && unsaved()) later(PAUSE);
