/** The bars behind the numbers while people arrive and write. A bar is full at its row's limit, or at the largest of its table. */
import { countsOf } from "../counts.js";

export const view = {
  selector: "[data-tracks]",
  draws: ["PersonSeated", "PersonGone", "CardCounted", "CardPinned", "CardTaken"],

  /** @param {HTMLElement} table @param {{board: import("../board.js").Board}} page */
  draw(table, page) {
    const numbers = countsOf(page.board);
    const bars = [...table.querySelectorAll("[data-bar]")];
    const largest = Math.max(...bars.map((bar) => numbers[bar.dataset.bar] ?? 0));
    for (const bar of bars) {
      const all = Number(bar.closest("[data-limit]")?.dataset.limit) || largest;
      const part = all ? Math.min(1, (numbers[bar.dataset.bar] ?? 0) / all) : 0;
      bar.setAttribute("width", `${Math.round(1000 * part) / 10}%`);
    }
  },
};
