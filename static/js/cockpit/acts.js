/**
 * The acts of the cockpit, sent without leaving the page. A second press right after the first does nothing: when the page has
 * turned, another button stands under the pointer.
 */
const PAUSE_MS = 700;
let lastPress = -PAUSE_MS;

/** @type {WeakMap<HTMLFormElement, AbortController>} */
const listening = new WeakMap();

async function press(event, form, page) {
  event.preventDefault();
  if (event.timeStamp - lastPress < PAUSE_MS || form.getAttribute("aria-busy") === "true") return;
  lastPress = event.timeStamp;
  form.setAttribute("aria-busy", "true");
  const answer = await page.send(form, { submitter: event.submitter });
  form.removeAttribute("aria-busy");
  if (!answer.ok) {
    page.toast(answer.error);
    page.turn();
  }
}

export const view = {
  selector: "form[data-act]",

  /** @param {HTMLFormElement} form */
  start(form, page) {
    const control = new AbortController();
    listening.set(form, control);
    form.addEventListener("submit", (event) => press(event, form, page), { signal: control.signal });
    if (!form.hasAttribute("data-at-once")) return;
    // A choice is kept as soon as it is made; the button is for browsers without script.
    for (const button of form.querySelectorAll("button")) button.hidden = true;
    form.addEventListener("change", () => page.send(form), { signal: control.signal });
  },

  stop(form) {
    listening.get(form)?.abort();
    listening.delete(form);
  },
};
