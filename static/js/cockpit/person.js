/** The panel of one person: opened by pressing a number, closed with Escape, and what a move came to is said once. */
let told = { person: "", at: "" };
let wanted = false;

/** @type {WeakMap<HTMLElement, AbortController>} */
const listening = new WeakMap();

/** Show what this address shows, on the page that is open. */
function open(link, page) {
  history.replaceState(null, "", link.href.split("#")[0]);
  wanted = true;
  page.turn();
}

export const view = {
  selector: "[data-module=person]",
  /** @param {HTMLElement} panel */
  start(panel, page) {
    const control = new AbortController();
    listening.set(panel, control);
    const { person = "", at = "" } = panel.dataset;
    const moved = person !== "" && person === told.person && at !== told.at;
    if (moved) page.say(panel.dataset.told);
    // The buttons have changed places: a second press must not move the person again.
    if (moved && panel.contains(document.activeElement)) panel.focus();
    else if (wanted) focusOn(panel, person);
    wanted = false;
    told = { person, at };
    const { signal } = control;
    document.addEventListener("click", (event) => onClick(event, page), { signal });
    document.addEventListener("keydown", (event) => onKey(event, panel), { signal });
  },
  stop(panel) {
    listening.get(panel)?.abort();
    listening.delete(panel);
  },
};

/** Into the panel, or back to the number from which it was opened. */
function focusOn(panel, person) {
  const back = document.getElementById(`seat-${told.person}`);
  if (person) panel.focus();
  else back?.focus();
}

function onClick(event, page) {
  const link = event.target.closest?.("a[data-open]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  event.preventDefault();
  open(link, page);
}

function onKey(event, panel) {
  if (event.key !== "Escape" || document.body.classList.contains("is-dragging")) return;
  panel.querySelector("[data-close]")?.click();
}
