/** The open cards of the own group, shuffled; before the reveal only their number, which counts.js writes. */
import { arrange, drawCard, slot } from "../cards.js";
import { groupCards } from "./order.js";

export const view = {
  selector: "[data-module='group-cards']",
  draws: ["CardPinned", "CardTaken", "CardMoved"],
  draw(element, page) {
    const list = slot(element, "cards");
    if (list) arrange(list, groupCards(page.board, element.dataset.group), (card) => drawCard(card));
  },
};
