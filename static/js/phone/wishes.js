/** The topics one would like to work on, touched in their order. The form's fields are the selects that work without script. */
import { slot } from "../cards.js";
import { chosen, same, showOrder, showRows, touched } from "./in-order.js";
import { endListening, listening } from "./listening.js";

/** What was chosen here and is not saved, in order; null when the page shows what is saved. @type {string[]|null} */
let unsaved = null;

export const view = {
  selector: "[data-module='wishes']",
  start(form, page) {
    const options = listening(form);
    form.addEventListener("change", (event) => changed(event.target, form), options);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    showRows(form);
    show(form, unsaved ?? saved(form));
  },
  stop: endListening,
};

const saved = (form) => JSON.parse(form.dataset.saved);

function changed(box, form) {
  if (!box.matches("[type=checkbox]")) return;
  const { ids, complaint } = touched(form, box);
  unsaved = ids;
  show(form, ids);
  complain(form, complaint);
}

async function submit(event, form, page) {
  event.preventDefault();
  const sent = chosen(form);
  const answer = await page.send(form);
  const now = document.querySelector(view.selector);
  if (!now) return answer.ok || page.toast(answer.error);
  complain(now, answer.error);
  if (!answer.ok) return;
  now.dataset.saved = JSON.stringify(sent);
  now.dataset.given = "yes";
  if (unsaved && same(unsaved, sent)) unsaved = null;
  show(now, unsaved ?? sent);
}

function complain(form, sentence) {
  slot(form, "error").textContent = sentence;
  slot(form, "error").hidden = !sentence;
}

/** @param {HTMLFormElement} form @param {string[]} ids in order */
function show(form, ids) {
  showOrder(form, ids);
  const told = slot(form, "told");
  const isSaved = same(chosen(form), saved(form));
  const sentence = isSaved ? told.dataset.kept : told.dataset.changed;
  told.hidden = form.dataset.given !== "yes";
  if (told.textContent !== sentence) told.textContent = sentence;
  form.querySelector("[type=submit]").classList.toggle("button-quiet", isSaved && !told.hidden);
}
