/** The bars on the wall that grow while people vote, appraise and answer, and while groups nominate. */
import { countsOf } from "../counts.js";

/** What everybody in the room can do once. */
const OF_EVERYBODY = new Set(["voted", "wished", "appraised", "answered"]);

export const view = {
  selector: ".track [data-bar]",
  draws: [
    "BallotsCounted",
    "NominationsCounted",
    "PeopleCounted",
    "WishesCounted",
    "AppraisalsCounted",
    "FeedbackCounted",
  ],

  /** @param {SVGRectElement} bar @param {{board: import("../board.js").Board}} page */
  draw(bar, page) {
    const numbers = countsOf(page.board);
    const done = numbers[bar.dataset.bar];
    const all = OF_EVERYBODY.has(bar.dataset.bar) ? numbers.voters : Number(bar.closest("[data-limit]")?.dataset.limit);
    if (done !== undefined && all) bar.setAttribute("width", `${((100 * done) / all).toFixed(1)}%`);
  },
};
