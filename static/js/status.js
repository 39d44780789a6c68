/** What the page says about itself: the connection in words, one quiet live region, toasts. */

const QUIET_MS = 10000;
let spokenAt = 0;
let waiting = null;

/** @param {"open"|"lost"|"away"} state */
export function showConnection(state) {
  for (const place of document.querySelectorAll("[data-connection]")) {
    if (place.dataset.state === state) continue;
    place.dataset.state = state;
    place.textContent = place.dataset[state];
  }
}

/** Say one sentence in the live region; at most one in ten seconds, the newest wins. @param {string} sentence */
export function say(sentence) {
  const place = document.querySelector("[data-news]");
  if (!place || !sentence) return;
  clearTimeout(waiting);
  const wait = Math.max(0, spokenAt + QUIET_MS - Date.now());
  waiting = setTimeout(() => {
    spokenAt = Date.now();
    place.textContent = sentence;
  }, wait);
}

/**
 * Show a sentence for some seconds, with an act that takes back what was done.
 * @param {string} text
 * @param {(() => void)|null} undo
 */
export function toast(text, undo = null) {
  const template = document.getElementById("toast-template");
  if (!template) return say(text);
  for (const old of document.querySelectorAll("[data-toast]")) old.remove();
  const box = template.content.firstElementChild.cloneNode(true);
  box.setAttribute("role", "status");
  const form = box.querySelector("form");
  if (undo) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      box.remove();
      undo();
    });
  } else {
    form.remove();
  }
  document.body.append(box);
  box.querySelector("[data-slot=text]").textContent = text;
  setTimeout(() => box.remove(), Number(box.dataset.toast || 10) * 1000);
}
