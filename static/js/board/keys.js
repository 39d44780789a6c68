/** Everything a pointer can do with cards, by keys. One card is in the order of the Tab key; arrows lead to the others. */
import { actOn, chosenIds, letGo } from "./choosing.js";
import { aim, seenWith } from "./dragging.js";
import { cardNode, lies, nameOf, topicsInOrder } from "./draw.js";
import { sendPlace } from "./sending.js";

const BOX = ".card-pick input";

/** @param {import("./pinboard.js").Pin} pin */
export function startKeys(pin) {
  const { root, signal } = pin;
  const boxes = root.querySelectorAll(BOX);
  for (const box of boxes) box.tabIndex = -1;
  if (boxes[0]) boxes[0].tabIndex = 0;
  root.addEventListener("focusin", (event) => event.target.matches(BOX) && becomeStop(root, event.target), { signal });
  root.addEventListener("keydown", (event) => event.target.matches(BOX) && onCardKey(pin, event), { signal });
  document.addEventListener("keydown", (event) => onPageKey(pin, event), { signal });
}

function becomeStop(root, box) {
  for (const other of root.querySelectorAll(`${BOX}[tabindex="0"]`)) other.tabIndex = -1;
  box.tabIndex = 0;
}

function onPageKey(pin, event) {
  if (event.target.closest("textarea, input:not([type=checkbox], [type=radio]), select, dialog")) return;
  const key = event.key.toLowerCase();
  if (key === "escape") return letGo(pin);
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
  event.preventDefault();
  const name = key === "y" || event.shiftKey ? "redo" : "undo";
  document.querySelector(`form[data-send=${name}]`)?.requestSubmit();
}

function onCardKey(pin, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const id = event.target.value;
  const act = event.shiftKey ? MOVES[event.key] : ACTS[event.key] ?? ACTS[event.key.toLowerCase()];
  if (!act || (event.shiftKey && !pin.may.has("place_card"))) return;
  event.preventDefault();
  act(pin, id);
}

const ACTS = {
  ArrowDown: (pin, id) => goTo(sibling(pin, id, 1)),
  ArrowUp: (pin, id) => goTo(sibling(pin, id, -1)),
  ArrowRight: (pin, id) => goTo(nextList(pin, id, 1)),
  ArrowLeft: (pin, id) => goTo(nextList(pin, id, -1)),
  Home: (pin, id) => goTo(cardNode(id).parentElement.querySelector(BOX)),
  End: (pin, id) => goTo([...cardNode(id).parentElement.querySelectorAll(BOX)].at(-1)),
  Enter: (pin) => pin.root.dispatchEvent(new Event("menu")),
  n: (pin, id) => pin.may.has("make_topic") && bringToNew(pin, id),
  h: (pin, id) => hideOrShow(pin, id),
};

const MOVES = {
  ArrowDown: (pin, id) => moveWithin(pin, id, 1),
  ArrowUp: (pin, id) => moveWithin(pin, id, -1),
  ArrowRight: (pin, id) => moveAcross(pin, id, 1),
  ArrowLeft: (pin, id) => moveAcross(pin, id, -1),
};

/** @param {HTMLElement|null|undefined} box */
function goTo(box) {
  box?.focus();
  box?.closest(".card").scrollIntoView({ block: "nearest" });
}

function sibling(pin, id, by) {
  const boxes = [...pin.root.querySelectorAll(BOX)];
  return boxes[boxes.findIndex((box) => box.value === id) + by];
}

/** The first card of the next list that has one. */
function nextList(pin, id, by) {
  const lists = [...pin.root.querySelectorAll("ul[data-drop]")].filter((list) => list.querySelector(BOX));
  return lists[lists.indexOf(cardNode(id).parentElement) + by]?.querySelector(BOX);
}

/** The chosen cards, or the one that has the focus. */
export const meant = (pin, id) => {
  const ids = chosenIds(pin);
  return ids.length ? ids : [id];
};

function bringToNew(pin, id) {
  const ids = meant(pin, id);
  letGo(pin);
  actOn(pin, "place", ids, { topic: "new" });
}

function hideOrShow(pin, id) {
  const ids = meant(pin, id);
  letGo(pin);
  actOn(pin, lies(pin, ids[0]).hidden ? "show" : "hide", ids);
}

function moveWithin(pin, id, by) {
  const card = lies(pin, id);
  const order = seenWith(pin, card).map((one) => one.id);
  const at = order.indexOf(id);
  if (at + by < 0 || at + by >= order.length) return;
  const before = by < 0 ? order[at - 1] : (order[at + 2] ?? null);
  place(pin, id, card.topic_id, before);
}

/** To the topic before or behind; in front of the first topic lie the cards without one. */
function moveAcross(pin, id, by) {
  const places = [null, ...topicsInOrder(pin).map((topic) => topic.id)];
  const at = places.indexOf(lies(pin, id).topic_id) + by;
  if (at < 0 || at >= places.length) return;
  place(pin, id, places[at], null);
  const { in: into, out } = pin.root.dataset;
  pin.page.say(places[at] ? into.replace("{topic}", nameOf(pin, places[at])) : out);
}

function place(pin, id, topicId, before) {
  const there = aim(pin, id, topicId, before);
  sendPlace(pin, id, there, { card: id, topic: topicId ?? "none", before: before ?? "" });
  redraw(pin, id);
}

function redraw(pin, id) {
  pin.root.dispatchEvent(new CustomEvent("lies-ahead", { detail: id }));
  goTo(cardNode(id).querySelector(BOX));
}
