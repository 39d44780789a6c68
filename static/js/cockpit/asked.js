/** What is asked of the draw, sent without leaving the page. A refusal stands beside the fields, and what was typed stays. */
async function send(event, form, page) {
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const answer = await page.send(form, { submitter: event.submitter });
  form.removeAttribute("aria-busy");
  const place = form.querySelector("[data-slot=error]");
  place.textContent = answer.ok ? "" : answer.error;
  place.hidden = answer.ok;
  if (answer.ok && form.dataset.asked !== "stays") {
    form.reset();
    form.querySelector("input:not([type=hidden])").focus();
  }
}

/** @type {WeakMap<HTMLFormElement, AbortController>} */
const listening = new WeakMap();

export const view = {
  selector: "form[data-asked]",
  /** @param {HTMLFormElement} form */
  start(form, page) {
    const control = new AbortController();
    listening.set(form, control);
    form.addEventListener("submit", (event) => send(event, form, page), { signal: control.signal });
  },
  stop(form) {
    listening.get(form)?.abort();
    listening.delete(form);
  },
};
