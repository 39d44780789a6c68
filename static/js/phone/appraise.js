/**
 * One proposal after the other. A mark is saved at once, as soon as each scale has one; what is not saved stays on this device.
 * Without script all proposals stand below each other, each with its own button.
 */
import { slot } from "../cards.js";
import { keep, kept } from "../drafts.js";
import { endListening, listening } from "./listening.js";

const NAME = "appraise";

/** The proposal that is shown; null before the first, "end" after the last. @type {string|null} */
let at = null;
/** Marks that the server does not have yet, by proposal. @type {Object<string, Object<string, number>>|null} */
let unsaved = null;

export const view = {
  selector: "[data-module='appraise']",
  start(element, page) {
    const options = listening(element);
    unsaved ??= kept(page, NAME) ?? {};
    element.addEventListener("change", (event) => marked(event.target, element, page), options);
    element.addEventListener("submit", (event) => takeBack(event, element, page), options);
    element.addEventListener("click", (event) => walk(event, element), options);
    for (const form of forms(element)) {
      const marks = unsaved[idOf(form)];
      if (marks) give(form, marks);
      slot(form, "save").hidden = true;
    }
    slot(element, "walk").hidden = false;
    at ??= location.hash.startsWith("#proposal-") ? location.hash.slice("#proposal-".length) : firstOpen(element);
    show(element);
    if (navigator.onLine) for (const form of forms(element)) if (unsaved[idOf(form)]) save(form, element, page);
  },
  stop: endListening,
};

const items = (element) => [...slot(element, "list").children];
const forms = (element) => [...element.querySelectorAll("form")];
const idOf = (form) => form.closest("[data-proposal]").dataset.proposal;
const saved = (form) => JSON.parse(form.dataset.saved);
const scales = (form) => [...new Set([...form.querySelectorAll("input[type=radio]")].map((radio) => radio.name))];
const marksOf = (form) =>
  Object.fromEntries([...form.querySelectorAll("input:checked")].map((radio) => [radio.name, Number(radio.value)]));
const isWhole = (form) => Object.keys(marksOf(form)).length === scales(form).length;
const same = (some, others) => JSON.stringify(Object.entries(some).sort()) === JSON.stringify(Object.entries(others).sort());

const END = "end";
const firstOpen = (element) => items(element).find((item) => !isDone(item))?.dataset.proposal ?? END;
const isDone = (item) => Object.keys(saved(item.querySelector("form"))).length > 0;

function give(form, marks) {
  for (const radio of form.querySelectorAll("input[type=radio]")) radio.checked = marks[radio.name] === Number(radio.value);
}

function marked(radio, element, page) {
  const form = radio.closest("form");
  if (!form || radio.type !== "radio") return;
  unsaved[idOf(form)] = marksOf(form);
  keep(page, NAME, unsaved);
  save(form, element, page);
}

async function save(form, element, page) {
  if (!isWhole(form)) return show(element);
  const id = idOf(form);
  const marks = marksOf(form);
  tell(form, slot(element, "words").dataset.sending);
  const answer = await page.send(form);
  settle(id, answer, marks, "saved", page);
}

/** The button below a saved appraisal; the other one is only for phones without script. */
async function takeBack(event, element, page) {
  event.preventDefault();
  const form = event.target;
  if (event.submitter?.name !== "clear") return save(form, element, page);
  const id = idOf(form);
  const answer = await page.send(form, { submitter: event.submitter });
  if (answer.ok) give(document.getElementById(`proposal-${id}`).querySelector("form"), {});
  settle(id, answer, {}, "back", page);
}

/** The page may have turned meanwhile: what is shown now is told. */
function settle(id, answer, marks, word, page) {
  const element = document.querySelector(view.selector);
  const form = document.getElementById(`proposal-${id}`)?.querySelector("form");
  if (!element || !form) return answer.ok || page.toast(answer.error);
  if (answer.ok) form.dataset.saved = JSON.stringify(marks);
  if (!unsaved[id] || same(unsaved[id], marks) || word === "back") delete unsaved[id];
  keep(page, NAME, Object.keys(unsaved).length ? unsaved : null);
  tell(form, answer.ok ? slot(element, "words").dataset[word] : "");
  slot(form, "error").textContent = answer.error;
  slot(form, "error").hidden = !answer.error;
  show(element);
}

function tell(form, sentence) {
  const told = slot(form, "told");
  if (told.textContent !== sentence) told.textContent = sentence;
  told.hidden = !sentence;
}

function walk(event, element) {
  const to = event.target.closest("[data-to]");
  const step = event.target.closest("[data-go]");
  if (!to && !step) return;
  event.preventDefault();
  const order = [...items(element).map((item) => item.dataset.proposal), END];
  const next = to ? to.dataset.to : order[order.indexOf(at) + Number(step.dataset.go)];
  if (next === undefined) return;
  at = next;
  const fold = to?.closest("details");
  if (fold) fold.open = false;
  show(element);
  const now = at === END ? slot(element, "end") : document.getElementById(`proposal-${at}`);
  now.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function show(element) {
  const all = items(element);
  const here = all.find((item) => item.dataset.proposal === at);
  if (!here) at = END;
  for (const item of all) item.hidden = item !== here;
  slot(element, "end").hidden = Boolean(here);
  for (const form of forms(element)) slot(form, "clear").hidden = !isDone(form.closest("[data-proposal]"));
  const progress = slot(element, "progress");
  const done = all.filter(isDone).length;
  progress.textContent = progress.dataset.words.replace("{done}", done).replace("{all}", all.length);
  for (const link of slot(element, "glance").querySelectorAll("[data-to]")) {
    const item = all.find((one) => one.dataset.proposal === link.dataset.to);
    slot(link, "state").textContent = isDone(item) ? element.dataset.done : element.dataset.open;
  }
  const [back, on] = slot(element, "walk").querySelectorAll("[data-go]");
  back.hidden = here === all[0];
  on.hidden = !here;
  if (!here) return;
  const { next, skip, last } = on.dataset;
  on.textContent = !isDone(here) ? skip : here === all.at(-1) ? last : next;
  on.classList.toggle("button-quiet", !isDone(here));
}
