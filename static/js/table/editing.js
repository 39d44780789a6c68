/**
 * One entry, open to be changed, while others may change it too. What is typed here is never touched; `was` says what it
 * began from, and goes with it. Where both changed the same words, the other version is shown, and the next save counts.
 */
import { slot } from "../cards.js";
import { draftOf, fill, forgetDraft, keepDraft } from "../drafts.js";
import { endListening, listening } from "../phone/listening.js";
import { drawEntry } from "./draw.js";
import { count, isComplete, showErrors } from "./fields.js";
import { same } from "./order.js";
import { putBack } from "./taking.js";

/** What was met on saving, as long as the page stands. @type {WeakMap<HTMLFormElement, object>} */
const met = new WeakMap();
const touched = new WeakSet();
const begun = new WeakSet();

export const view = {
  selector: "[data-module='editing']",
  draws: ["EntryPinned", "EntryTaken", "EntriesCounted"],
  start(form, page) {
    const options = listening(form);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    form.addEventListener("input", () => changed(form, page), options);
    document.querySelector("[data-leave]")?.addEventListener("click", () => forgetDraft(form, page), options);
    document.querySelector("[data-put-back]")?.addEventListener("submit", (event) => onPutBack(event, form, page), options);
    if (!begun.has(form) && isTyped(form)) keepTyped(form, page);
    else restore(form, page);
    begun.add(form);
    count(form, page);
    showProcess(form);
    if (met.has(form)) showTheirs(form, met.get(form));
    compare(form, page);
  },
  draw: compare,
  stop: endListening,
};

function changed(form, page) {
  keepTyped(form, page);
  count(form, page);
  showProcess(form);
}

function keepTyped(form, page) {
  touched.add(form);
  keepDraft(form, page);
}

/** Whether somebody on a slow phone has typed or chosen before this script could listen. */
function isTyped(form) {
  return [...form.querySelectorAll("textarea, input:not([type=hidden])")].some(
    (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
  );
}

/** What was typed before the page was left, together with what it began from. */
function restore(form, page) {
  const draft = touched.has(form) ? null : draftOf(form, page);
  if (!draft) return;
  fill(form, draft);
  touched.add(form);
}

/** Is what stands on the table still what this form began from? */
function compare(form, page) {
  const now = page.board.entries[form.dataset.entryId];
  document.querySelector("[data-gone]").hidden = Boolean(now);
  const newer = document.querySelector("[data-newer]");
  const began = JSON.parse(form.elements.was.value);
  if (!now || same(began, now.content)) return void (newer.hidden = true);
  if (!touched.has(form) && !form.contains(document.activeElement)) {
    fill(form, asFields(now.content));
    count(form, page);
    return showProcess(form);
  }
  slot(newer, "newer").replaceChildren(drawEntry({ ...now, id: "newer" }, { prefix: "newer", actions: false }));
  newer.hidden = false;
}

/** A content as the fields of its form. */
function asFields(content) {
  const fields = Object.entries(content).filter(([name]) => name !== "kind");
  return [["was", JSON.stringify(content)], ...fields.flatMap(([name, value]) => [value].flat().map((one) => [name, one ?? ""]))];
}

async function submit(event, form, page) {
  event.preventDefault();
  if (!isComplete(form, page)) return;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  keepDraft(form, page);
  const answer = await page.send(form);
  button.disabled = false;
  if (answer.ok) {
    forgetDraft(form, page);
    return location.assign(`${form.dataset.then}#entry-${form.dataset.entryId}`);
  }
  if (answer.body?.theirs) return meet(form, page, answer.body.theirs);
  if (Object.keys(answer.fields).length) return showErrors(form, answer.fields);
  page.toast(answer.error);
  if (answer.status === 404) document.querySelector("[data-gone]").hidden = false;
}

/** Both changed the same words: theirs stands above, one's own stays, and saving again begins from theirs. */
function meet(form, page, theirs) {
  form.elements.was.value = JSON.stringify(theirs);
  met.set(form, theirs);
  keepDraft(form, page);
  document.querySelector("[data-newer]").hidden = true;
  showTheirs(form, theirs).focus();
}

function showTheirs(form, theirs) {
  const place = document.querySelector("[data-meeting]");
  const drawn = drawEntry({ id: form.dataset.entryId, content: theirs }, { prefix: "theirs", actions: false });
  slot(place, "theirs").replaceChildren(drawn);
  place.hidden = false;
  return place;
}

async function onPutBack(event, form, page) {
  event.preventDefault();
  if (await putBack(page, form.dataset.then, form.dataset.entryId)) document.querySelector("[data-gone]").hidden = true;
}

/** The step of the process is asked for only on a level that has one. */
function showProcess(form) {
  const asked = form.querySelector("[data-process]");
  if (asked) asked.hidden = !form.querySelector("[name=level][data-in-process]:checked");
}
