/**
 * Draws a card exactly as the macro in templates/parts/cards.html does, from the templates that stand on the page.
 *
 * @typedef {{id: string, valence: string, text: string, addressees: string[], hidden: boolean}} Card
 */
import { Idiomorph } from "../node_modules/idiomorph/dist/idiomorph.esm.js";

/** @param {Element} node @param {string} name */
export const slot = (node, name) => node.querySelector(`[data-slot="${name}"]`);

const drawnAs = new WeakMap();

/**
 * @param {Card} card
 * @param {{author?: string, prefix?: string, actions?: boolean, state?: string}} how `author`: the key whose sign stands in the
 *   corner; `actions`: with the template's buttons; `state`: what the card says of itself instead of "hidden"
 * @returns {HTMLElement}
 */
export function drawCard(card, { author = "", prefix = "card", actions = false, state = "" } = {}) {
  const node = document.getElementById(`card-template-${card.valence}`).content.firstElementChild.cloneNode(true);
  node.id = `${prefix}-${card.id}`;
  slot(node, "text").textContent = card.text;
  for (const template of document.querySelectorAll("template[id^='chip-']")) {
    if (card.addressees.includes(template.id.slice(5))) slot(node, "chips").append(template.content.cloneNode(true));
  }
  if (author) {
    node.classList.add("card-with-author");
    slot(node, "author").append(document.getElementById(`sign-${author}`).content.cloneNode(true));
  }
  if (!actions) slot(node, "actions")?.remove();
  name(node, card.id);
  node.classList.toggle("card-hidden", card.hidden);
  slot(node, "state").textContent = state || (card.hidden ? node.dataset.hidden : "");
  return node;
}

/** Write the id wherever the template says `__card__`. */
function name(node, id) {
  for (const element of [node, ...node.querySelectorAll("*")]) {
    for (const { name: attribute, value } of [...element.attributes]) {
      if (value.includes("__card__")) element.setAttribute(attribute, value.replaceAll("__card__", id));
    }
  }
}

/**
 * Make a list hold exactly these cards in this order. What is already right is not touched, and what has focus keeps it.
 * @param {Element} list
 * @param {Card[]} cards
 * @param {(card: Card) => HTMLElement} draw
 * @param {string} name the data attribute that holds the id: "card", or "entry" for what tables write
 */
export function arrange(list, cards, draw, name = "card") {
  const lying = new Map([...list.children].map((node) => [node.dataset[name], node]));
  let place = list.firstElementChild;
  for (const card of cards) {
    const node = right(lying.get(card.id), card, draw);
    lying.delete(card.id);
    if (node === place) place = place.nextElementSibling;
    else list.insertBefore(node, place);
  }
  for (const [, gone] of lying) gone.remove();
}

function right(node, card, draw) {
  const now = JSON.stringify(card);
  if (node && drawnAs.get(node) === now) return node;
  let drawn = draw(card);
  if (node?.isConnected) [drawn] = Idiomorph.morph(node, drawn, { morphStyle: "outerHTML", ignoreActiveValue: true });
  drawnAs.set(drawn, now);
  return drawn;
}
