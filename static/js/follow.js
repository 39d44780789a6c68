/**
 * What a page shows but the board does not hold (results, matrices, titles) is fetched anew when one of the named tidings
 * comes: `<div data-follow="PeopleCounted CardCounted">`.
 */
export const view = {
  selector: "[data-follow]",
  draws: ["PeopleCounted", "BallotsCounted", "NominationsCounted", "CardCounted", "CardPinned", "CardTaken"],

  /** @param {HTMLElement} element @param {{turn: () => void}} page @param {{type: string}} tiding */
  draw(element, page, tiding) {
    if (element.dataset.follow.split(" ").includes(tiding.type)) page.turn();
  },
};
