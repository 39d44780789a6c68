/**
 * People are moved between tables by mouse and finger. While a chip is in the hand, each table says what the move would
 * break; pressing the chip does the same by buttons. A finger must rest a moment first, so that the page can be scrolled.
 */
import Sortable from "../../node_modules/sortablejs/modular/sortable.esm.js";
import { ask } from "../asking.js";

const HOW = {
  group: "people",
  draggable: ".seat",
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 5,
  fallbackClass: "card-fallback",
  ghostClass: "card-ghost",
  chosenClass: "seat-held",
  delay: 220,
  delayOnTouchOnly: true,
  touchStartThreshold: 8,
  sort: false,
  animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
  scrollSensitivity: 90,
  scrollSpeed: 18,
  bubbleScroll: true,
};

/** @type {Map<HTMLElement, Sortable[]>} */
const lists = new Map();
let inHand = "";
let over = null;
let quiet = false;

export const view = {
  selector: "[data-module=tables]",
  /** @param {HTMLElement} root */
  start(root, page) {
    const options = { ...HOW, onStart: ({ item }) => lift(root, item), onEnd: (event) => drop(root, page, event) };
    lists.set(root, [...root.querySelectorAll("[data-seats]")].map((list) => Sortable.create(list, options)));
  },
  stop(root) {
    for (const list of lists.get(root) ?? []) if (list.el) list.destroy();
    lists.delete(root);
  },
};

async function lift(root, item) {
  const id = item.dataset.person;
  inHand = id;
  quiet = true;
  document.body.classList.add("is-dragging");
  document.addEventListener("pointermove", follow);
  document.addEventListener("touchmove", follow, { passive: true });
  let got = null;
  try {
    got = await ask(root.dataset.breaks.replace("PERSON", id), { Accept: "application/json" });
  } catch {
    return;
  }
  if (inHand === id && got.answer.ok) showBreaks(root, JSON.parse(got.text));
}

/** @param {Object<string, {broken: string[], lost: string[]}>} breaks sentences by table */
function showBreaks(root, breaks) {
  for (const [tableId, { broken, lost }] of Object.entries(breaks)) {
    const table = root.querySelector(`[data-table="${tableId}"]`);
    if (!table) continue;
    const note = table.querySelector("[data-slot=breaks]");
    table.dataset.after = broken.length ? "broken" : "fine";
    const first = broken.length ? `! ${broken.join(" ")}` : `✓ ${root.dataset.fine}.`;
    note.textContent = [first, ...lost].join(" ");
    note.classList.toggle("move-breaks", broken.length > 0);
    note.hidden = false;
  }
}

/** Mark the table under the pointer. */
function follow(event) {
  const { clientX, clientY } = event.touches?.[0] ?? event;
  const table = under(clientX, clientY);
  if (table === over) return;
  over?.classList.remove("drop-here");
  table?.classList.add("drop-here");
  over = table;
}

function under(x, y) {
  return document.elementFromPoint(x, y)?.closest("[data-table]") ?? null;
}

async function drop(root, page, { item, from, originalEvent }) {
  const point = originalEvent?.changedTouches?.[0] ?? originalEvent;
  const table = point?.clientX === undefined ? over : under(point.clientX, point.clientY);
  settle(root);
  const tableId = table?.dataset.table;
  const list = tableId && root.querySelector(`[data-seats="${tableId}"]`);
  if (!list || list === from) return from.append(item);
  list.append(item);
  const fields = { person_id: item.dataset.person, table_id: tableId, back: "tables" };
  const answer = await page.send({ url: root.dataset.seat, fields });
  if (answer.ok) return;
  page.toast(answer.error);
  page.turn();
}

function settle(root) {
  inHand = "";
  over?.classList.remove("drop-here");
  over = null;
  document.body.classList.remove("is-dragging");
  document.removeEventListener("pointermove", follow);
  document.removeEventListener("touchmove", follow);
  for (const note of root.querySelectorAll("[data-slot=breaks]")) note.hidden = true;
  for (const table of root.querySelectorAll("[data-after]")) delete table.dataset.after;
  // The click that ends a drag opens nothing.
  setTimeout(() => (quiet = false), 50);
}

document.addEventListener(
  "click",
  (event) => {
    if (!quiet || !event.target.closest("[data-module=tables]")) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
