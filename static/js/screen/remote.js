/**
 * The presenter remote at the projector: back and forth among the pictures of the step, and the black screen. What it chose
 * stands in the address, so that F5 shows the same again. Pictures of several pages go round until the remote is used.
 */
const STAYS_MS = 20000;
const FORTH = new Set(["PageDown", "ArrowRight", "ArrowDown", " ", "Enter"]);
const BACK = new Set(["PageUp", "ArrowLeft", "ArrowUp", "Backspace"]);
const BLANK = new Set([".", "b", "B"]);

/** @type {HTMLElement|null} where the wall stands, with the addresses around it */
let wall = null;
let turning = null;
let turn = () => {};

/** @param {string|undefined} query */
function go(query) {
  if (!query) return;
  history.replaceState(null, "", location.pathname + query);
  turn();
}

addEventListener("resize", () => wall && requestAnimationFrame(fit));
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !wall) return;
  const forth = FORTH.has(event.key);
  const back = BACK.has(event.key);
  if (!forth && !back && !BLANK.has(event.key)) return;
  event.preventDefault();
  const dark = document.documentElement.toggleAttribute("data-dark", BLANK.has(event.key) && !isDark());
  if (dark || BLANK.has(event.key)) return;
  go(forth ? wall.dataset.after : wall.dataset.before);
});

/** What does not fit on this wall is shown on more pages with less on each. */
function fit() {
  const picture = document.querySelector(".picture");
  if (picture.scrollHeight > picture.clientHeight + 1) go(wall.dataset.emptier);
}

function isDark() {
  return document.documentElement.hasAttribute("data-dark");
}

export const view = {
  selector: "[data-wall]",

  /** @param {HTMLElement} element @param {{turn: () => void}} page */
  start(element, page) {
    wall = element;
    turn = page.turn;
    // An address that no longer counts is not kept: the moderator has shown something else.
    const here = element.dataset.here === "?" ? location.pathname : location.pathname + element.dataset.here;
    if (here !== location.pathname + location.search) history.replaceState(null, "", here);
    clearTimeout(turning);
    document.fonts.ready.then(() => requestAnimationFrame(fit));
    if (element.dataset.turnsTo) turning = setTimeout(() => go(element.dataset.turnsTo), STAYS_MS);
  },

  stop() {
    clearTimeout(turning);
  },
};
