// Asks how far a report is, says so, and shows the finished page as soon as there is one.

const FIRST_WAIT = 700; // ms; a report usually takes less than two of these
const LONGEST_WAIT = 5000; // ms

const said = document.getElementById("report-progress");
let wait = FIRST_WAIT;
let leaving = false; // a form or a link is on its way, and a reload would take its place

function say(text) {
  if (said.textContent !== text) said.textContent = text;
}

async function ask() {
  const response = await fetch(location.pathname, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (leaving) return;
  if (response.redirected || response.status === 404) return location.reload(); // signed out, or erased meanwhile
  if (!response.ok) throw new Error(String(response.status));
  const { state, text } = await response.json();
  if (state !== "queued" && state !== "running") return location.reload();
  return say(text);
}

async function look() {
  try {
    if (!document.hidden && !leaving) await ask();
  } catch {
    if (!leaving) say("No connection. Trying again.");
  }
  wait = Math.min(wait * 1.3, LONGEST_WAIT);
  setTimeout(look, wait);
}

setTimeout(look, wait);
window.addEventListener("beforeunload", () => {
  leaving = true;
});
window.addEventListener("pageshow", () => {
  leaving = false;
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) wait = FIRST_WAIT;
});
