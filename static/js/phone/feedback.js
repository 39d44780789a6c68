/** How the afternoon was: the draft stays until it is sent; then the page says thank you. */
import { slot } from "../cards.js";
import { fieldsOf, fill, keep, kept } from "../drafts.js";
import { endListening, listening } from "./listening.js";

const NAME = "feedback";

export const view = {
  selector: "[data-module='feedback']",
  start(form, page) {
    const options = listening(form);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    form.addEventListener("input", () => keep(page, NAME, fieldsOf(form)), options);
    const draft = kept(page, NAME);
    if (draft) fill(form, draft);
  },
  stop: endListening,
};

async function submit(event, form, page) {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  const sent = JSON.stringify(fieldsOf(form));
  button.disabled = true;
  const answer = await page.send(form);
  button.disabled = false;
  const place = slot(form, "error");
  place.textContent = answer.error;
  place.hidden = answer.ok;
  if (!answer.ok || JSON.stringify(fieldsOf(form)) !== sent) return;
  keep(page, NAME, null);
  form.removeAttribute("data-keep");
  page.turn();
  scrollTo(0, 0);
}
