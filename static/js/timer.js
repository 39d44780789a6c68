/** The advisory timer: ticks on the server's clock, and never locks anything. */
import { serverNow } from "./clock.js";

/** Seconds; a timer forgotten for longer just says zero. */
const LONG_OVER = -3600;

/** Show the time left in every timer of the page. */
export function tick(root = document) {
  for (const timer of root.querySelectorAll("[data-timer]")) {
    const clock = timer.querySelector("[data-slot=clock]");
    const end = Number(timer.dataset.timer) * 1000;
    if (!clock || !end) continue;
    const seconds = Math.round((end - serverNow()) / 1000);
    const left = seconds < LONG_OVER ? 0 : seconds;
    const shown = `${left < 0 ? "−" : ""}${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
    if (clock.textContent !== shown) clock.textContent = shown;
    timer.toggleAttribute("data-over", left <= 0);
  }
}

/** @param {string|null} endsAt a moment in UTC, or null when the timer is off */
export function setTimers(endsAt, root = document) {
  for (const timer of root.querySelectorAll("[data-timer]")) {
    timer.dataset.timer = endsAt ? String(Math.round(Date.parse(endsAt) / 1000)) : "";
    const clock = timer.querySelector("[data-slot=clock]");
    if (clock && !endsAt) clock.textContent = "–:––";
    timer.removeAttribute("data-over");
  }
  tick(root);
}
