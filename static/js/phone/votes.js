/** The own ballot: how many votes are left, and whether what is chosen is saved. */
import { slot } from "../cards.js";
import { endListening, listening } from "./listening.js";

/** What was chosen here and is not saved, by topic; null when the page shows what is saved. */
let unsaved = null;

export const view = {
  selector: "[data-module='votes']",
  start(form, page) {
    const options = listening(form);
    form.addEventListener("input", (event) => changed(event.target, form, page), options);
    form.addEventListener("click", (event) => step(event, form, page), options);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    for (const button of form.querySelectorAll("[data-step]")) button.hidden = false;
    if (unsaved) give(form, unsaved);
    show(form);
  },
  stop: endListening,
};

const fields = (form) => [...form.querySelectorAll("[name=topic], [name^='votes-']")];
const topicOf = (field) => (field.name === "topic" ? field.value : field.name.slice("votes-".length));
const countOf = (field) => (field.type === "checkbox" ? Number(field.checked) : Math.max(0, Number(field.value) || 0));
const votesOf = (form) => Object.fromEntries(fields(form).map((field) => [topicOf(field), countOf(field)]).filter(([, n]) => n));
const total = (form) => Object.values(votesOf(form)).reduce((sum, n) => sum + n, 0);
const most = (form) => Number(form.querySelector("[data-purse]").dataset.purse);

function give(form, votes) {
  for (const field of fields(form)) {
    const count = votes[topicOf(field)] ?? 0;
    if (field.type === "checkbox") field.checked = count > 0;
    else field.value = count;
  }
}

function changed(field, form, page) {
  complain(form, "");
  const over = total(form) - most(form);
  if (over > 0) {
    if (field.type === "checkbox") field.checked = false;
    else field.value = Math.max(0, countOf(field) - over);
    complain(form, page.word("All votes are given. Please take one away first."));
  }
  unsaved = votesOf(form);
  show(form);
}

function step(event, form, page) {
  const button = event.target.closest("[data-step]");
  if (!button) return;
  const field = button.parentElement.querySelector("input");
  field.value = Math.min(Number(field.max), Math.max(0, countOf(field) + Number(button.dataset.step)));
  changed(field, form, page);
}

async function submit(event, form, page) {
  event.preventDefault();
  const votes = votesOf(form);
  const answer = await page.send(form);
  const now = document.querySelector(view.selector);
  if (!now) return answer.ok || page.toast(answer.error);
  complain(now, answer.error);
  if (!answer.ok) return;
  now.dataset.saved = JSON.stringify(votes);
  if (same(unsaved ?? votes, votes)) unsaved = null;
  now.dataset.voted = "yes";
  show(now);
}

function complain(form, sentence) {
  const place = slot(form, "error");
  place.textContent = sentence;
  place.hidden = !sentence;
}

function show(form) {
  const purse = form.querySelector("[data-purse]");
  const left = most(form) - total(form);
  const words = left <= 0 ? purse.dataset.none : left === 1 ? purse.dataset.one : purse.dataset.many.replace("{count}", left);
  if (slot(purse, "left").textContent !== words) slot(purse, "left").textContent = words;
  const told = slot(form, "told");
  const isSaved = same(votesOf(form), JSON.parse(form.dataset.saved));
  told.hidden = form.dataset.voted !== "yes" || !slot(form, "error").hidden;
  form.querySelector("[type=submit]").classList.toggle("button-quiet", isSaved && !told.hidden);
  const sentence = isSaved ? told.dataset.kept : told.dataset.changed;
  if (!told.hidden && told.textContent !== sentence) told.textContent = sentence;
}

function same(some, others) {
  const sorted = (votes) => JSON.stringify(Object.entries(votes).sort());
  return sorted(some) === sorted(others);
}
