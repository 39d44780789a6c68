/** Cards that are chosen: the bar says how many, and its buttons do with them what dragging does. */
import { slot } from "../cards.js";
import { nameSoon, send } from "./sending.js";

/** @returns {HTMLInputElement[]} the boxes of the chosen cards in the order of the page */
export const chosenBoxes = (pin) => [...pin.root.querySelectorAll(".card-pick input:checked")];

export const chosenIds = (pin) => chosenBoxes(pin).map((box) => box.value);

/** @param {import("./pinboard.js").Pin} pin */
export function startChoosing(pin) {
  const bar = document.querySelector("[data-movebar]");
  if (!bar) return;
  const { signal } = pin;
  const show = () => showChosen(pin, bar);
  pin.root.addEventListener("change", (event) => event.target.matches(".card-pick input") && show(), { signal });
  pin.root.addEventListener("chosen", show, { signal });
  bar.addEventListener("reset", () => setTimeout(show), { signal });
  bar.addEventListener("submit", (event) => onSubmit(pin, bar, event), { signal });
  show();
}

/** Let all chosen cards go. */
export function letGo(pin) {
  for (const box of chosenBoxes(pin)) box.checked = false;
  pin.root.dispatchEvent(new Event("chosen"));
}

/** Do something with these cards. @param {string} what "place", "hide" or "show" @param {Object<string, string>} fields */
export async function actOn(pin, what, ids, fields = {}) {
  const answer = await send(pin, { url: `${pin.url}cards/${what}`, fields: { card: ids, ...fields } });
  if (answer.ok) nameSoon(pin, answer.body.topic);
  return answer;
}

async function onSubmit(pin, bar, event) {
  event.preventDefault();
  const button = event.submitter;
  const act = button?.dataset.act;
  if (act === "menu") return pin.root.dispatchEvent(new Event("menu"));
  const ids = chosenIds(pin);
  if (!ids.length) return pin.page.toast(slot(bar, "count").dataset.none);
  letGo(pin);
  if (act === "hide" || act === "show") return actOn(pin, act, ids);
  if (button?.dataset.slot === "split") {
    button.closest("dialog")?.close();
    const answer = await send(pin, { url: button.getAttribute("formaction"), fields: { card: ids } });
    if (answer.ok) nameSoon(pin, answer.body.topic);
    return;
  }
  await actOn(pin, "place", ids, { topic: button?.name === "here" ? button.value : bar.elements.topic.value });
}

function showChosen(pin, bar) {
  const boxes = chosenBoxes(pin);
  const number = boxes.length;
  const place = slot(bar, "count");
  const { none, one, many } = place.dataset;
  place.textContent = number === 0 ? none : number === 1 ? one : many.replace("{count}", String(number));
  bar.dataset.chosen = String(number);
  pin.root.dataset.chosen = String(number);
  const hidden = boxes.filter((box) => box.closest(".card-hidden")).length;
  bar.querySelector("[data-act=hide]").hidden = hidden === number;
  bar.querySelector("[data-act=show]").hidden = hidden === 0;
}
