/** Writing a card: counts, keeps the draft, sends, and is ready for the next thought at once. */
import { slot } from "../cards.js";
import { draftOf, fill, forgetDraft, keepDraft } from "../drafts.js";
import * as outbox from "../outbox.js";
import { acknowledged } from "./acknowledged.js";
import { endListening, listening } from "./listening.js";
import { withdraw } from "./withdraw.js";

/** Set while a form is on the page. @type {{form: HTMLFormElement, page: any}|null} */
let writing = null;

export const view = {
  selector: "[data-module='compose']",
  start(form, page) {
    writing = { form, page };
    const options = listening(form);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    form.addEventListener("input", () => changed(form, page), options);
    restoreDraft(form, page);
    if (form.text.value !== form.text.defaultValue) keepDraft(form, page);
    if (form.text.value) form.closest("details")?.setAttribute("open", "");
    count(form, page);
  },
  stop(form) {
    endListening(form);
    writing = null;
  },
};

/** Bring a refused card back into the field, to be changed and sent again. @param {import("../outbox.js").Item} item */
export function takeBack(item) {
  if (!writing) return;
  fill(writing.form, item.fields);
  outbox.drop(item.key);
  changed(writing.form, writing.page);
  writing.form.closest("details")?.setAttribute("open", "");
  writing.form.text.focus();
}

async function submit(event, form, page) {
  event.preventDefault();
  if (!isComplete(form, page)) return;
  if (form.dataset.then) return change(form, page);
  const fields = [...new FormData(form)];
  const sent = page.send(form, { kind: "card" });
  clear(form, page);
  keepDraft(form, page);
  form.text.focus();
  const answer = await sent;
  if (!answer.ok) return giveBack(answer, page);
  acknowledged(answer.body.card, fields);
  page.toast(page.word("Card posted."), () => withdraw(page, form.getAttribute("action"), answer.body.card));
}

/** A changed card goes back to its page once the server has it. */
async function change(form, page) {
  form.querySelector("[type=submit]").disabled = true;
  const answer = await page.send(form);
  form.querySelector("[type=submit]").disabled = false;
  if (!answer.ok) return showErrors(form, answer);
  forgetDraft(form, page);
  location.assign(form.dataset.then);
}

/** What was refused returns into the field if nothing new stands there; else it waits among the own cards. */
function giveBack(answer, page) {
  const item = outbox.kept("card").find((one) => one.key === answer.key);
  if (!writing || !item || writing.form.text.value.trim()) return page.toast(answer.error);
  takeBack(item);
  showErrors(writing.form, answer);
}

function isComplete(form, page) {
  const most = Number(form.text.dataset.most);
  const length = lengthOf(form.text.value);
  const errors = {};
  if (!length) errors.text = page.word("Please write something first.");
  else if (length > most) errors.text = page.word("%(over)s characters too many").replace("%(over)s", length - most);
  if (!form.querySelector("[name=addressees]:checked")) {
    errors.addressees = page.word("Please choose at least one group that should hear this.");
  }
  showErrors(form, { fields: errors, error: "" });
  return !Object.keys(errors).length;
}

/** The sentence beside each field; the first wrong field gets the focus. */
function showErrors(form, { fields, error }) {
  const sentences = { text: fields.text ?? (fields.addressees ? "" : error), addressees: fields.addressees ?? "" };
  for (const [name, sentence] of Object.entries(sentences)) {
    const place = slot(form, `${name}-error`);
    place.textContent = sentence;
    place.hidden = !sentence;
  }
  if (sentences.text) form.text.setAttribute("aria-invalid", "true");
  else form.text.removeAttribute("aria-invalid");
  form.text.closest(".field").classList.toggle("field-wrong", Boolean(sentences.text));
  const wrong = sentences.text ? form.text : sentences.addressees ? form.querySelector("[name=addressees]") : null;
  wrong?.focus();
}

function changed(form, page) {
  count(form, page);
  if (lengthOf(form.text.value)) hideError(form, "text");
  if (form.querySelector("[name=addressees]:checked")) hideError(form, "addressees");
  keepDraft(form, page);
}

function hideError(form, name) {
  const place = slot(form, `${name}-error`);
  if (place.hidden) return;
  place.hidden = true;
  place.textContent = "";
  if (name === "text") {
    form.text.removeAttribute("aria-invalid");
    form.text.closest(".field").classList.remove("field-wrong");
  }
}

/** Quiet up to the soft hint; then how much is left. */
function count(form, page) {
  const counter = slot(form, "counter");
  const length = lengthOf(form.text.value);
  const left = Number(form.text.dataset.most) - length;
  const late = length > Number(form.text.dataset.hintAt);
  counter.toggleAttribute("data-over", left < 0);
  if (left < 0) counter.textContent = page.word("%(over)s characters too many").replace("%(over)s", -left);
  else if (left <= 20) counter.textContent = page.word("%(left)s characters left").replace("%(left)s", left);
  else counter.textContent = late ? page.word("Short is good: one thought per card.") : "";
}

/** As the server counts: characters, not halves of them, after spaces were put together. */
const lengthOf = (value) => [...value.trim().replace(/\s+/g, " ").normalize("NFC")].length;

function clear(form, page) {
  form.text.value = "";
  for (const box of form.querySelectorAll("[name=addressees]")) box.checked = false;
  showErrors(form, { fields: {}, error: "" });
  count(form, page);
}

/** What was written before the page was loaded or turned; never instead of another text that stands there. */
function restoreDraft(form, page) {
  const draft = draftOf(form, page);
  const written = draft?.find(([name]) => name === "text")?.[1];
  if (draft && (!form.text.value || form.text.value === written)) fill(form, draft);
}
