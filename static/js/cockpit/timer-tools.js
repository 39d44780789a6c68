/** The buttons beside the timer change when it starts or stops; the clock itself ticks in timer.js. */
export const view = {
  selector: ".timer-tools",
  draws: ["TimerToldOf"],

  /** @param {HTMLElement} _element @param {{turn: () => void}} page */
  draw(_element, page) {
    page.turn();
  },
};
