/** The bars on the wall that grow while people vote and groups nominate. */
import { countsOf } from "../counts.js";

export const view = {
  selector: ".track [data-bar]",
  draws: ["BallotsCounted", "NominationsCounted", "PeopleCounted"],

  /** @param {SVGRectElement} bar @param {{board: import("../board.js").Board}} page */
  draw(bar, page) {
    const numbers = countsOf(page.board);
    const done = numbers[bar.dataset.bar];
    const all = bar.dataset.bar === "voted" ? numbers.voters : Number(bar.closest("[data-limit]")?.dataset.limit);
    if (done !== undefined && all) bar.setAttribute("width", `${((100 * done) / all).toFixed(1)}%`);
  },
};
