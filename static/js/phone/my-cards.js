/** The own cards: those on the board, and before them those that are still on their way or were not accepted. */
import { arrange, drawCard, slot } from "../cards.js";
import { sayNotSent } from "../not-sent.js";
import * as outbox from "../outbox.js";
import { asCard, notYetOn } from "./acknowledged.js";
import { takeBack } from "./compose.js";
import { endListening, listening } from "./listening.js";
import { mine } from "./order.js";
import { withdraw } from "./withdraw.js";

const watching = new WeakMap();

export const view = {
  selector: "[data-module='my-cards']",
  draws: ["CardPinned", "CardTaken", "CardCounted"],
  start(element, page) {
    element.addEventListener("submit", (event) => take(event, element, page), listening(element));
    watching.set(element, outbox.watch(() => show(element, page)));
  },
  draw: show,
  stop(element) {
    endListening(element);
    watching.get(element)?.();
  },
};

function show(element, page) {
  const here = [...notYetOn(page.board), ...mine(page.board)];
  const unsent = outbox.kept("card").map((item) => ({ ...asCard(item.key, item.fields), refused: item.refused, item }));
  // The board may show a card before its acknowledgement arrives.
  const cards = [...unsent.filter((card) => !here.some((other) => isSame(card, other))), ...here];
  element.hidden = !cards.length;
  slot(element, "count").textContent = String(cards.length);
  arrange(slot(element, "cards"), cards, (card) =>
    card.item ? drawUnsent(card, page) : drawCard(card, { prefix: "my-card", actions: true }),
  );
}

function isSame(card, other) {
  return !card.refused && card.text === other.text && card.valence === other.valence;
}

function drawUnsent(card, page) {
  const node = drawCard(card, { prefix: "my-card" });
  node.classList.add("card-pending");
  sayNotSent(node, card.item, page, () => takeBack(card.item));
  return node;
}

function take(event, element, page) {
  if (!event.target.matches("[data-withdraw]")) return;
  event.preventDefault();
  const card = event.target.closest("[data-card]");
  slot(card, "state").textContent = page.word("is being withdrawn");
  (card.nextElementSibling ?? card.previousElementSibling ?? element).querySelector("a, summary")?.focus();
  withdraw(page, element.dataset.cards, card.dataset.card);
}
