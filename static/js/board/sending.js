/** Posts the board's forms without leaving the page. What the server refuses is said in its sentence, and drawn back. */
import { drawCard } from "./draw.js";

/** After an act: what else happens on this page, by the form's `data-send`. */
const AFTERWARDS = {
  paper: (pin, form) => {
    form.reset();
    form.querySelector("textarea").focus();
  },
  seat: (pin, form, body) => {
    form.reset();
    form.closest("details").open = false;
    pin.page.toast(body.told);
  },
  topic: (pin, form, body) => nameSoon(pin, body.topic),
  withdraw: (pin, form) => {
    form.closest("dialog")?.close();
    const url = `${pin.url}paper/${form.dataset.cardId}/restore`;
    pin.page.toast(pin.root.dataset.putBack, () => send(pin, { url, fields: {} }));
  },
  merge: (pin, form) => form.closest("dialog")?.close(),
  close: (pin, form) => form.closest("dialog")?.close(),
  name: (pin, form) => form.closest("dialog")?.close(),
};

/** @param {import("./pinboard.js").Pin} pin */
export function startSending(pin) {
  document.documentElement.classList.add("scripted");
  document.addEventListener("submit", (event) => onSubmit(pin, event), { signal: pin.signal });
  document.addEventListener(
    "change",
    (event) => {
      const form = event.target.closest("form[data-send=category]");
      if (form) send(pin, form);
    },
    { signal: pin.signal },
  );
}

async function onSubmit(pin, event) {
  const form = event.target;
  if (form.dataset.send === undefined || event.defaultPrevented) return;
  event.preventDefault();
  showErrors(form, {});
  const answer = await send(pin, form, event.submitter);
  if (answer.ok) AFTERWARDS[form.dataset.send]?.(pin, form, answer.body);
  else showErrors(form, answer.fields);
}

/**
 * Post a form or `{url, fields}`; a refusal is told on the page unless the form has places for it.
 * @param {import("./pinboard.js").Pin} pin
 */
export async function send(pin, what, submitter = null) {
  const answer = await pin.page.send(what, { submitter });
  if (!answer.ok && !(what instanceof HTMLFormElement && hasPlaces(what, answer.fields))) pin.page.toast(answer.error);
  return answer;
}

/** Send where a card was put; it lies there at once, and goes back when the server refuses. */
export async function sendPlace(pin, id, place, fields) {
  pin.ahead.set(id, place);
  const soon = setTimeout(() => pend(id, true), 400);
  const answer = await send(pin, { url: `${pin.url}cards/place`, fields });
  clearTimeout(soon);
  pend(id, false);
  if (!answer.ok) pin.ahead.delete(id);
  else if (pin.page.board.seq >= answer.body.seq) pin.ahead.delete(id);
  drawCard(pin, id);
  return answer;
}

/** Open the name of a topic as soon as it is on the board. */
export function nameSoon(pin, topicId) {
  if (!topicId) return;
  pin.nameNext = topicId;
  pin.root.dispatchEvent(new Event("name-next"));
}

function pend(id, pending) {
  const node = document.getElementById(`card-${id}`);
  if (!node) return;
  node.classList.toggle("card-pending", pending);
  const state = node.querySelector("[data-slot=state]");
  state.textContent = pending ? node.dataset.pending : node.classList.contains("card-hidden") ? node.dataset.hidden : "";
}

function hasPlaces(form, fields) {
  return Object.keys(fields).some((name) => form.querySelector(`[data-error="${name}"]`));
}

/** The sentences beside the fields. @param {Object<string, string>} fields */
function showErrors(form, fields) {
  for (const place of form.querySelectorAll("[data-error]")) {
    const sentence = fields[place.dataset.error] ?? "";
    place.textContent = sentence;
    place.hidden = !sentence;
    place.closest(".field")?.classList.toggle("field-wrong", Boolean(sentence));
  }
  const wrong = Object.keys(fields)[0];
  form.querySelector(`[name="${wrong}"]`)?.focus();
}
