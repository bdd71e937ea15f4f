// Says under an answer what in it may identify someone, while its author writes. Our own server looks, and keeps nothing.
// Only an aid: it blocks nothing, changes no word, and says nothing where it fails. The server asks again at the end.

import { csrfToken } from "./csrf.js";

const PAUSE = 1000; // ms after the last change
const TIMEOUT = 15000; // ms for one try
const MOST = 5; // that are named
const { address } = document.getElementById("identifier-check").dataset;

async function ask(field, text) {
  if (!text.trim()) return [];
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken(field.form) };
  const body = new URLSearchParams({ text });
  const signal = AbortSignal.timeout(TIMEOUT);
  const response = await fetch(address, { method: "POST", headers, body, redirect: "manual", signal });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).found;
}

function inWords(found) {
  const all = [...new Set(found.map(({ what, words }) => `${what}, “${words}”`))];
  const more = all.length > MOST ? ` and ${all.length - MOST} more` : "";
  return all.length ? `This may identify someone: ${all.slice(0, MOST).join("; ")}${more}. Keel does not find everything.` : "";
}

function watch(field) {
  const said = document.createElement("div"); // there before it says anything, so that a screen reader notices a change
  said.setAttribute("role", "status");
  field.closest(".nhsuk-form-group").append(said);
  let found = [];
  let asking = false;
  let timer = 0;

  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  }

  async function look() {
    if (asking) return; // which looks again at its end
    asking = true;
    const text = field.value;
    // Without an answer, what was found before still holds where it still stands.
    const answer = await ask(field, text).catch(() => found.filter(({ words }) => text.includes(words)));
    asking = false;
    if (field.value !== text) return later(); // written on meanwhile: this answer is about another text
    found = answer;
    say(inWords(found));
  }

  function say(text) {
    if (said.textContent === text) return; // nothing new to read out
    said.className = text ? "app-may-identify app-words" : "";
    said.textContent = text;
  }

  field.addEventListener("input", later);
}

for (const field of document.querySelectorAll("[data-identifiers]")) watch(field);
