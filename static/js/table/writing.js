/** A new entry: sent at once, kept until the server has it, and the field is free for the next one. */
import { draftOf, fieldsOf, fill, forgetDraft, keepDraft } from "../drafts.js";
import * as outbox from "../outbox.js";
import { endListening, listening } from "../phone/listening.js";
import { count, isComplete, showErrors } from "./fields.js";
import { takeBack } from "./taking.js";
import { acknowledge } from "./waiting.js";

/** The forms on the page, each with its page. @type {Map<HTMLFormElement, any>} */
const forms = new Map();

export const view = {
  selector: "[data-module='entry-form']",
  start(form, page) {
    forms.set(form, page);
    const options = listening(form);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    form.addEventListener("input", () => changed(form, page), options);
    form.addEventListener("keydown", sendByKeys, options);
    const draft = draftOf(form, page);
    if (textOf(form).value) keepDraft(form, page);
    else if (draft) fill(form, draft);
    count(form, page);
  },
  stop(form) {
    endListening(form);
    forms.delete(form);
  },
};

/** Bring a refused entry back into the field, to be changed and sent again. @param {import("../outbox.js").Item} item */
export function backIntoField(item) {
  for (const [form, page] of forms) {
    const own = form.elements.stakeholder?.type === "hidden" ? form.elements.stakeholder.value : "";
    const wanted = item.fields.find(([name]) => name === "stakeholder")?.[1];
    if (form.getAttribute("action") !== item.url || (own && own !== wanted)) continue;
    fill(form, item.fields);
    outbox.drop(item.key);
    changed(form, page);
    textOf(form).focus();
    return true;
  }
  return false;
}

const textOf = (form) => form.querySelector("[data-most]");

function changed(form, page) {
  count(form, page);
  keepDraft(form, page);
}

/** Ctrl+Enter sends, from within the text. */
function sendByKeys(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

async function submit(event, form, page) {
  event.preventDefault();
  if (!isComplete(form, page)) return;
  const fields = fieldsOf(form);
  const { kind } = form.dataset;
  const sent = page.send(form, { kind: "entry" });
  clear(form, page);
  textOf(form).focus();
  const answer = await sent;
  if (!answer.ok) return giveBack(form, page, answer);
  const base = form.getAttribute("action").replace(/write\/\w+$/, "");
  acknowledge(answer.body.entry, kind, fields);
  if (form.dataset.opens && form.isConnected && !textOf(form).value) {
    return location.assign(form.dataset.opens.replace("__entry__", answer.body.entry));
  }
  page.toast(page.word("Added."), () => takeBack(page, base, answer.body.entry));
}

function clear(form, page) {
  for (const field of form.querySelectorAll("[data-most]")) field.value = "";
  for (const fold of form.querySelectorAll("details")) fold.open = false;
  forgetDraft(form, page);
  count(form, page);
}

/** What was refused returns into the field if nothing new stands there; else it waits in the list. */
function giveBack(form, page, answer) {
  const item = outbox.kept("entry").find((one) => one.key === answer.key);
  if (!item || !form.isConnected || textOf(form).value.trim() || !backIntoField(item)) return page.toast(answer.error);
  if (Object.keys(answer.fields).length) showErrors(form, answer.fields);
  else page.toast(answer.error);
}
