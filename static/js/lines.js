/**
 * Marks everything on the same line of argument as what was chosen: by pointer, by keyboard, or by following a link.
 * Choosing the same thing again, or Escape, shows all lines as they were.
 */

const root = document.querySelector('[data-module="lines"]');
const things = [...root.querySelectorAll("[data-lines]")];
let chosen = null;

/** @param {Element} thing @returns {Set<string>} the numbers of its lines */
const linesOf = (thing) => new Set(thing.dataset.lines.split(" ").filter(Boolean));

/** @param {Element | null} thing */
function choose(thing) {
  chosen = thing;
  const lines = thing ? linesOf(thing) : new Set();
  for (const other of things) {
    const shared = other === thing || [...linesOf(other)].some((line) => lines.has(line));
    other.classList.toggle("on-line", Boolean(thing) && shared);
  }
  root.classList.toggle("following", Boolean(thing));
}

/** What the address points at, itself or the thing around it. */
function pointedAt() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  return target && target.closest("[data-lines]");
}

root.addEventListener("click", (event) => {
  if (event.target.closest("a")) return;
  const thing = event.target.closest("[data-lines]");
  choose(thing && thing !== chosen ? thing : null);
});
root.addEventListener("focusin", (event) => choose(event.target.closest("[data-lines]")));
addEventListener("keydown", (event) => {
  if (event.key === "Escape") choose(null);
});
addEventListener("hashchange", () => {
  const thing = pointedAt();
  if (thing) choose(thing);
});
if (pointedAt()) choose(pointedAt());
