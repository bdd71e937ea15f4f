import { initAll } from "../nhsuk/nhsuk-frontend.min.js";
import "./leave-guard.js";

initAll();

// print-page.css unfolds what is folded. For a browser without that part of CSS, it is unfolded here while it prints.
if (!CSS.supports("selector(details::details-content)")) {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const part of folded) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
  });
}
