/** A presenter's remote, or the arrow keys, turn the pictures of the projector from the cockpit as well. */
const ON = new Set(["PageDown", "ArrowRight"]);
const BACK = new Set(["PageUp", "ArrowLeft"]);

/** @type {HTMLElement|null} */
let pictures = null;

addEventListener("keydown", (event) => {
  if (!pictures?.isConnected || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target instanceof Element && event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]")) return;
  const way = ON.has(event.key) ? "on" : BACK.has(event.key) ? "back" : "";
  const button = way && pictures.querySelector(`[data-turn=${way}] button`);
  if (!button) return;
  event.preventDefault();
  if (!button.disabled) button.form.requestSubmit(button);
});

export const view = {
  selector: "[data-module=pictures]",
  start(element) {
    pictures = element;
  },
  stop() {
    pictures = null;
  },
};
