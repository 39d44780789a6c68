/** The page of one file: follows how far it is, and when it is there begins the download once by itself. */

import { ask } from "./asking.js";
import { say } from "./status.js";

const EVERY_MS = 1000;
const AGAIN_MS = 4000;

follow();

/** Ask again and again until the file is there or never will be. */
async function follow() {
  const place = document.querySelector("[data-export]");
  if (place.dataset.state === "ready") return save(place);
  if (!place.querySelector("[data-slot=bar]")) return;
  let pause = EVERY_MS;
  try {
    const { answer, text } = await ask(place.dataset.address, { Accept: "application/json" });
    const told = JSON.parse(text);
    if (told.over || (!answer.ok && answer.status < 500)) return finish();
    if (answer.ok) show(place, told);
    else pause = AGAIN_MS;
  } catch {
    pause = AGAIN_MS; // No answer, or not ours: the file is made all the same.
  }
  setTimeout(follow, pause);
}

/** @param {{state: string, done: number, of: number, words: string}} told */
function show(place, told) {
  place.querySelector("[data-slot=words]").textContent = told.words;
  const bar = place.querySelector("[data-slot=bar]");
  if (told.of) {
    bar.max = told.of;
    bar.value = told.done;
  } else {
    bar.removeAttribute("value");
  }
}

/** Draw the page as it is now, without losing where somebody was. */
async function finish() {
  let page;
  try {
    const { text } = await ask(location.href, { Accept: "text/html" });
    page = new DOMParser().parseFromString(text, "text/html");
  } catch {
    return setTimeout(follow, AGAIN_MS);
  }
  const place = document.querySelector("[data-export]");
  const drawn = page.querySelector("[data-export]");
  if (!drawn) return location.reload(); // There is a page of another kind now, which says why.
  const hadFocus = place.contains(document.activeElement);
  document.title = page.title;
  place.replaceWith(drawn);
  if (hadFocus) drawn.querySelector("a, button").focus();
  if (!drawn.querySelector("[role=alert]")) say(drawn.querySelector(".export-words").textContent);
  follow();
}

/** Once in this window; who comes back has the button. */
function save(place) {
  const kept = `saved-${place.dataset.export}`;
  try {
    if (sessionStorage.getItem(kept)) return;
    sessionStorage.setItem(kept, "1");
  } catch {
    return; // Nothing can be remembered here, so nothing begins by itself.
  }
  place.querySelector("[data-slot=file]").click();
}
