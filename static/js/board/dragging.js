/** Cards and topics are moved by mouse and finger. A finger must rest a moment first, so that the page can still be scrolled. */
import Sortable from "../../node_modules/sortablejs/modular/sortable.esm.js";
import { cardNode, countCards, drawCard, drawTopic, lies } from "./draw.js";
import { actOn } from "./choosing.js";
import { send, sendPlace } from "./sending.js";

const HOW = {
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 5,
  fallbackClass: "card-fallback",
  ghostClass: "card-ghost",
  chosenClass: "card-chosen",
  dragClass: "card-dragged",
  delay: 220,
  delayOnTouchOnly: true,
  touchStartThreshold: 8,
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
  scrollSensitivity: 90,
  scrollSpeed: 18,
  bubbleScroll: true,
};

/** @param {import("./pinboard.js").Pin} pin */
export function startDragging(pin) {
  const lists = new Map();
  const begin = (list) => {
    if (!lists.has(list)) lists.set(list, Sortable.create(list, cardOptions(pin)));
  };
  for (const list of pin.root.querySelectorAll("[data-drop]")) begin(list);
  const topics = pin.root.querySelector("[data-topics]");
  const arranging = Sortable.create(topics, topicOptions(pin));
  const newcomers = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) if (node.matches?.("[data-topic]")) begin(node.querySelector("[data-drop]"));
    }
  });
  newcomers.observe(topics, { childList: true });
  pin.signal.addEventListener("abort", () => {
    newcomers.disconnect();
    arranging.destroy();
    for (const one of lists.values()) if (one.el) one.destroy();
  });
}

function cardOptions(pin) {
  return {
    ...HOW,
    group: { name: "cards", put: (to, from, card) => card.matches(".card") },
    draggable: ".card",
    onStart: ({ item }) => lift(pin, item.dataset.card),
    onEnd: (event) => dropCard(pin, event),
  };
}

function topicOptions(pin) {
  return {
    ...HOW,
    group: "topics",
    draggable: ".topic",
    handle: ".board-strip",
    filter: "select, input, textarea, button",
    preventOnFilter: false,
    onStart: () => lift(pin, ""),
    onEnd: (event) => dropTopic(pin, event),
  };
}

let over = null;
let quiet = false;

function lift(pin, id) {
  pin.held = id;
  quiet = true;
  document.body.classList.add("is-dragging");
  document.addEventListener("pointermove", follow);
  document.addEventListener("touchmove", follow, { passive: true });
}

/** Mark what lies under the pointer and would take the card. */
function follow(event) {
  const { clientX, clientY } = event.touches?.[0] ?? event;
  const place = under(clientX, clientY);
  if (place === over) return;
  over?.classList.remove("drop-here");
  place?.classList.add("drop-here");
  over = place;
}

/** The list at this point, or of the strip or the empty place at this point. */
function under(x, y) {
  const there = document.elementFromPoint(x, y);
  const list = there?.closest("[data-drop]");
  return list ?? there?.closest(".topic, .tray")?.querySelector("[data-drop]") ?? null;
}

/** @param {PointerEvent|TouchEvent|MouseEvent|undefined} event the end of the drag @returns {HTMLElement|null} where it ended */
function settle(pin, event) {
  const point = event?.changedTouches?.[0] ?? event;
  const place = point?.clientX === undefined ? over : under(point.clientX, point.clientY);
  over?.classList.remove("drop-here");
  over = null;
  document.body.classList.remove("is-dragging");
  document.removeEventListener("pointermove", follow);
  document.removeEventListener("touchmove", follow);
  // The card in hand goes where it is dropped, not where others have put it meanwhile.
  pin.late.delete(pin.held);
  pin.held = "";
  // The click that ends a drag chooses nothing and opens nothing.
  setTimeout(() => (quiet = false), 50);
  for (const id of pin.late) drawCard(pin, id);
  pin.late.clear();
  return place;
}

document.addEventListener(
  "click",
  (event) => {
    if (!quiet || !event.target.closest(".board")) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

function dropCard(pin, { item, from, to, originalEvent }) {
  const id = item.dataset.card;
  const was = lies(pin, id);
  const list = settle(pin, originalEvent);
  if (was && list && list !== to) list.append(item);
  if (!was) item.remove();
  for (const place of new Set([from, to, list ?? to])) countCards(pin, place);
  if (!was) return;
  if (!list) return drawCard(pin, id);
  const drop = list.dataset.drop;
  if (drop === "new") return dropOnNew(pin, id, from, list);
  const topicId = drop === "works" || drop === "fails" ? null : drop;
  const behind = list.dataset.drop === was.valence || topicId ? nextCard(item) : null;
  if (topicId === was.topic_id && behind === nextInOrder(pin, id, was)) return drawCard(pin, id);
  sendPlace(pin, id, aim(pin, id, topicId, behind), { card: id, topic: topicId ?? "none", before: behind ?? "" });
  drawCard(pin, id);
}

async function dropOnNew(pin, id, from, place) {
  countCards(pin, from);
  await actOn(pin, "place", [id], { topic: "new" });
  if (place.contains(cardNode(id))) drawCard(pin, id);
}

function nextCard(item) {
  for (let next = item.nextElementSibling; next; next = next.nextElementSibling) {
    if (next.dataset.card) return next.dataset.card;
  }
  return null;
}

/** What this card stands in front of by the board, among the cards it is seen with. */
function nextInOrder(pin, id, card) {
  const order = seenWith(pin, card);
  return order[order.findIndex((one) => one.id === id) + 1]?.id ?? null;
}

/** The cards of a topic, or of a tray, in their order. */
export function seenWith(pin, { topic_id, valence }) {
  const cards = Object.keys(pin.page.board.cards).map((id) => lies(pin, id));
  return cards
    .filter((card) => card.topic_id === topic_id && (topic_id || card.valence === valence))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
}

/** Where a card will lie in front of `before`: a place like the one the server will give. */
export function aim(pin, id, topicId, before) {
  const all = Object.keys(pin.page.board.cards).map((one) => lies(pin, one));
  const order = all.filter((card) => card.topic_id === topicId && card.id !== id).sort((a, b) => a.rank - b.rank);
  const at = before ? order.findIndex((card) => card.id === before) : order.length;
  const low = order[at - 1]?.rank;
  const high = order[at]?.rank;
  const rank = low === undefined ? (high ?? 2) - 1 : high === undefined ? low + 1 : (low + high) / 2;
  return { topic_id: topicId, rank };
}

async function dropTopic(pin, { item, oldIndex, newIndex, originalEvent }) {
  settle(pin, originalEvent);
  const id = item.dataset.topic;
  if (oldIndex === newIndex) return;
  const before = item.nextElementSibling?.dataset.topic ?? "";
  const answer = await send(pin, { url: `${pin.url}topics/${id}/place`, fields: { before } });
  if (!answer.ok) drawTopic(pin, id);
}
