/** Draws cards and topics by id, so that the board looks as if it had just been loaded. Touches nothing that is right already. */
import { drawCard as newCard, slot } from "../cards.js";

/** Cards from which they are drawn smaller; `DENSE_FROM` in sessions/moderator/board_page.py is the same number. */
const DENSE_FROM = 120;
const CARDS_PER_COLUMN = 4;

/** The card as it lies on the screen: as the server says, or already where somebody has put it. */
export function lies(pin, id) {
  const card = pin.page.board.cards[id];
  return card && pin.ahead.has(id) ? { ...card, ...pin.ahead.get(id) } : card;
}

/** @param {string} drop "works", "fails", "paper" or a topic's id @returns {HTMLElement|null} */
export const listOf = (pin, drop) => pin.root.querySelector(`ul[data-drop="${drop}"]`);

export const topicNode = (id) => document.getElementById(`topic-${id}`);
export const cardNode = (id) => document.getElementById(`card-${id}`);

/** The topics of the board in their order. */
export const topicsInOrder = (pin) => Object.values(pin.page.board.topics).sort(byPlace);

export const nameOf = (pin, topicId) => pin.page.board.topics[topicId]?.title || pin.root.dataset.unnamed;

const byPlace = (a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1);

/** @param {string} id */
export function drawCard(pin, id) {
  if (pin.held === id) return void pin.late.add(id);
  const card = lies(pin, id);
  if (!card) return takeCard(pin, id);
  const home = homeOf(pin, card);
  const left = cardNode(id)?.closest("[data-drop]");
  let node = cardNode(id);
  if (!node) node = fresh(pin, card);
  else if (!node.classList.contains(`card-${card.valence}`)) node = replaced(node, fresh(pin, card));
  else rewrite(node, card);
  // What is being dragged stands anywhere and is no neighbour to go by.
  putInOrder(node, home, (other) => (other.dataset.card === pin.held ? undefined : lies(pin, other.dataset.card)), card);
  if (left && left !== home) countCards(pin, left);
  countCards(pin, home);
  keepTabStop(pin);
}

/** @param {string} id */
export function takeCard(pin, id) {
  if (pin.held === id) return void pin.late.add(id);
  pin.ahead.delete(id);
  const node = cardNode(id);
  const left = node?.closest("[data-drop]");
  if (node?.contains(document.activeElement)) focusNeighbour(node);
  node?.remove();
  if (left) countCards(pin, left);
  keepTabStop(pin);
  pin.root.dispatchEvent(new Event("chosen"));
}

/** @param {string} id */
export function drawTopic(pin, id) {
  const topic = pin.page.board.topics[id];
  if (!topic) return takeTopic(pin, id);
  const node = topicNode(id) ?? newTopic(id);
  const title = slot(node, "title");
  if (title) write(title, topic.title || pin.root.dataset.unnamed);
  slot(node, "head").classList.toggle("strip-unnamed", !topic.title);
  drawCategory(slot(node, "category"), topic.category);
  const beingNamed = node.querySelector("form.naming");
  const others = pin.root.querySelector("[data-topics]");
  // Moving a field somebody writes in would take it out of their hands.
  if (!beingNamed || !node.isConnected) {
    putInOrder(node, others, (other) => pin.page.board.topics[other.dataset.topic], topic);
  }
  drawPlaceOf(pin, node, id);
  drawDestinations(pin);
  for (const nominee of document.querySelectorAll(`[data-nominee="${id}"]`)) write(slot(nominee, "title"), topic.title);
}

/** @param {string} id */
export function takeTopic(pin, id) {
  const node = topicNode(id);
  const focused = node?.contains(document.activeElement);
  node?.remove();
  drawDestinations(pin);
  if (focused) document.getElementById("page").focus({ preventScroll: true });
}

/** The place for which a topic is nominated, on its strip. */
export function drawPlaceOf(pin, node, id) {
  const place = pin.page.board.groups[pin.own].nominated.indexOf(id) + 1;
  write(slot(node, "rank"), place ? String(place) : "");
  slot(node, "nominate")?.toggleAttribute("hidden", place > 0);
}

/** How many cards lie in a list: in words, and for a topic as its width. */
export function countCards(pin, list) {
  const number = list.querySelectorAll(":scope > .card:not(.card-fallback)").length;
  const { cardOne, cardMany } = pin.root.dataset;
  const words = number === 1 ? cardOne : cardMany.replace("{count}", String(number));
  const drop = list.dataset.drop;
  if (drop === "works" || drop === "fails") {
    write(pin.root.querySelector(`[data-count="tray-${drop}"]`), words);
  } else if (topicNode(drop)) {
    write(slot(topicNode(drop), "count"), words);
    topicNode(drop).dataset.columns = String(Math.max(1, Math.min(4, Math.ceil(number / CARDS_PER_COLUMN))));
  }
  pin.root.classList.toggle("board-dense", pin.mode === "board" && Object.keys(pin.page.board.cards).length >= DENSE_FROM);
}

/** The topics one can bring cards to, in the bar. An open list is left alone until it is closed. */
function drawDestinations(pin) {
  pin.root.classList.toggle("board-unsorted", !topicsInOrder(pin).length);
  const select = document.querySelector("[data-movebar] select");
  if (!select) return;
  if (document.activeElement === select) {
    select.addEventListener("blur", () => drawDestinations(pin), { once: true, signal: pin.signal });
    return;
  }
  const [toNew, ...rest] = select.options;
  const back = rest.at(-1);
  const chosen = select.value;
  const options = topicsInOrder(pin).map((topic) => new Option(nameOf(pin, topic.id), topic.id));
  select.replaceChildren(toNew, ...options, back);
  select.value = chosen;
  if (select.selectedIndex < 0) select.value = "new";
}

/** One card is reached with the Tab key; the arrows lead on from it. */
function keepTabStop(pin) {
  if (pin.root.querySelector('.card-pick input[tabindex="0"]')) return;
  const first = pin.root.querySelector(".card-pick input");
  if (first) first.tabIndex = 0;
}

function homeOf(pin, card) {
  if (pin.mode === "writing") return listOf(pin, "paper");
  if (card.topic_id && !topicNode(card.topic_id) && pin.page.board.topics[card.topic_id]) drawTopic(pin, card.topic_id);
  return (card.topic_id && listOf(pin, card.topic_id)) || listOf(pin, card.valence);
}

function fresh(pin, card) {
  const node = newCard(card, { actions: pin.mode === "writing" });
  node.classList.add("card-new");
  node.addEventListener("animationend", () => node.classList.remove("card-new"), { once: true });
  const box = node.querySelector(".card-pick input");
  if (box) box.tabIndex = -1;
  return node;
}

function replaced(old, node) {
  const box = old.querySelector(".card-pick input");
  const focused = old.contains(document.activeElement);
  old.replaceWith(node);
  const fresh = node.querySelector(".card-pick input");
  if (box && fresh) {
    fresh.checked = box.checked;
    fresh.tabIndex = box.tabIndex;
  }
  if (focused) (fresh ?? node.querySelector("a, button"))?.focus({ preventScroll: true });
  return node;
}

function rewrite(node, card) {
  write(slot(node, "text"), card.text);
  const chips = slot(node, "chips");
  const templates = [...document.querySelectorAll("template[id^='chip-']")];
  const said = templates.filter((template) => card.addressees.includes(template.id.slice(5)));
  const keys = said.map((template) => template.content.textContent.trim()).join("|");
  if ([...chips.children].map((chip) => chip.textContent.trim()).join("|") !== keys) {
    chips.replaceChildren(...said.map((template) => template.content.cloneNode(true)));
  }
  node.classList.toggle("card-hidden", card.hidden);
  if (!node.classList.contains("card-pending")) write(slot(node, "state"), card.hidden ? node.dataset.hidden : "");
}

function newTopic(id) {
  const template = document.getElementById("topic-template");
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll("__topic__", id);
  return holder.content.firstElementChild;
}

/** @param {HTMLSelectElement|HTMLElement|null} place */
function drawCategory(place, category) {
  if (!place) return;
  const key = category ?? "";
  if (!(place instanceof HTMLSelectElement)) {
    write(place, document.querySelector(`#categories [value="${CSS.escape(key)}"]`)?.textContent ?? "");
    return;
  }
  for (const option of place.options) option.defaultSelected = option.value === key && key !== "";
  if (document.activeElement !== place || place.value !== key) place.value = key;
}

/**
 * Put a node where it belongs among its siblings, unless it is there; what has the focus in it keeps it.
 * @param {HTMLElement} node @param {HTMLElement} list @param {(other: HTMLElement) => {id: string, rank: number}|undefined} of
 */
function putInOrder(node, list, of, thing) {
  let behind = null;
  for (const other of list.children) {
    if (other === node) continue;
    const there = of(other);
    if (there && byPlace(thing, there) < 0) {
      behind = other;
      break;
    }
  }
  if (node.parentElement === list && node.nextElementSibling === behind) return;
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  list.insertBefore(node, behind);
  if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
}

function focusNeighbour(node) {
  const next = node.nextElementSibling ?? node.previousElementSibling;
  const box = next?.querySelector(".card-pick input");
  if (!box) return document.getElementById("page").focus({ preventScroll: true });
  box.tabIndex = 0;
  box.focus({ preventScroll: true });
}

/** @param {Element|null} place @param {string} words */
function write(place, words) {
  if (place && place.textContent !== words) place.textContent = words;
}
