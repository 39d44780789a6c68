/** What one takes on: the draft stays until it is sent, and what was refused is said beside its field. */
import { slot } from "../cards.js";
import { fieldsOf, fill, keep, kept } from "../drafts.js";
import { endListening, listening } from "./listening.js";

const NAME = "promise";

export const view = {
  selector: "[data-module='promise']",
  start(form, page) {
    const options = listening(form);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    form.addEventListener("input", () => keep(page, NAME, fieldsOf(form)), options);
    const draft = kept(page, NAME);
    if (!draft) return;
    fill(form, draft);
    form.closest("details").open = true;
  },
  stop: endListening,
};

async function submit(event, form, page) {
  event.preventDefault();
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const answer = await page.send(form);
  button.disabled = false;
  showErrors(form, answer);
  if (!answer.ok) return;
  keep(page, NAME, null);
  form.reset();
  form.closest("details").open = false;
  page.toast(form.dataset.kept);
}

function showErrors(form, { fields, error }) {
  for (const old of form.querySelectorAll(".field-wrong")) {
    old.classList.remove("field-wrong");
    old.querySelector(".input").removeAttribute("aria-invalid");
    old.querySelector(".error")?.remove();
  }
  const wrong = Object.entries(fields).filter(([name]) => form.elements[name]);
  for (const [name, sentence] of wrong) mark(form.elements[name], sentence);
  slot(form, "error").textContent = wrong.length ? "" : error;
  slot(form, "error").hidden = Boolean(wrong.length) || !error;
  if (wrong.length) form.elements[wrong[0][0]].focus();
}

function mark(input, sentence) {
  const told = document.createElement("span");
  told.className = "error";
  told.id = `${input.id}-error`;
  told.textContent = sentence;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", `${input.id}-hint ${told.id}`);
  input.closest(".field").classList.add("field-wrong");
  input.closest(".field").append(told);
}
