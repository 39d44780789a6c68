/** The table's tablet: undo and redo without leaving the page, also by keys. */
import { endListening, listening } from "../phone/listening.js";

export const view = {
  selector: "[data-module='tablet']",
  start(root, page) {
    const options = listening(root);
    root.addEventListener("submit", (event) => onSubmit(event, page), options);
    document.addEventListener("keydown", onKey, options);
  },
  stop: endListening,
};

async function onSubmit(event, page) {
  const form = event.target;
  if (form.dataset.send === undefined) return;
  event.preventDefault();
  const answer = await page.send(form);
  if (!answer.ok) page.toast(answer.error);
}

function onKey(event) {
  if (event.target.closest("textarea, input:not([type=checkbox], [type=radio])")) return;
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
  event.preventDefault();
  const name = key === "y" || event.shiftKey ? "redo" : "undo";
  document.querySelector(`form[data-send=${name}]`)?.requestSubmit();
}
