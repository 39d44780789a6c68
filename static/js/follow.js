/**
 * What a page shows but the board does not hold (results, matrices, titles) is fetched anew when one of the named tidings
 * comes: `<div data-follow="PeopleCounted CardCounted">`. These are the tidings that every page draws by itself and would
 * not fetch anything for.
 */
export const view = {
  selector: "[data-follow]",
  draws: ["PeopleCounted", "BallotsCounted", "NominationsCounted", "CardCounted"],

  /** @param {HTMLElement} element @param {{turn: () => void}} page @param {{type: string}} tiding */
  draw(element, page, tiding) {
    if (element.dataset.follow.split(" ").includes(tiding.type)) page.turn();
  },
};
