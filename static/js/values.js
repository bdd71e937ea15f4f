// Asks about a value as soon as it is ticked; without this, the button below the cards does the same.

const form = document.querySelector("form[data-autosave]");
const details = form.querySelector("[data-details]");
const blank = document.getElementById("detail-template");

function cardName(box) {
  return form.querySelector(`label[for="${box.id}"]`).textContent.trim();
}

function detailOf(box) {
  return details.querySelector(`[name="how-${box.value}"]`)?.closest(".app-detail");
}

function ask(box) {
  const detail = document.importNode(blank.content, true);
  for (const part of detail.querySelectorAll("*")) {
    for (const { name, value } of [...part.attributes]) {
      if (value.includes("__card__")) part.setAttribute(name, value.replaceAll("__card__", box.value));
    }
  }
  for (const legend of detail.querySelectorAll("legend")) {
    legend.textContent = legend.textContent.replace("__name__", cardName(box));
  }
  details.append(detail);
}

function follow(box) {
  const detail = detailOf(box);
  if (detail) detail.hidden = !box.checked;
  else if (box.checked) ask(box);
}

// The prompts name the value that was saved first, or else the first one ticked.
function name() {
  const boxes = [...form.querySelectorAll("[name=values]")].filter((box) => box.checked);
  const box = boxes.find((one) => one.value === details.dataset.named) || boxes[0];
  for (const answer of form.querySelectorAll("[data-ask]")) {
    const label = form.querySelector(`label[for="${answer.id}"]`);
    label.textContent = box ? answer.dataset.ask.replace("{value}", cardName(box)) : answer.dataset.askFirst;
  }
}

form.addEventListener("change", (event) => {
  if (event.target.name !== "values") return;
  follow(event.target);
  name();
});
for (const box of form.querySelectorAll("[name=values]")) follow(box);
