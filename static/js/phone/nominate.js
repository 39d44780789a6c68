/**
 * The group's most important topics, touched in their order. What one of the group saves, all see at once; what somebody has just
 * chosen here is not taken away. The fields of the form are the selects that work without script.
 */
import { slot } from "../cards.js";
import { chosen, same, showOrder, showRows, touched } from "./in-order.js";
import { endListening, listening } from "./listening.js";

/** What was chosen here and is not saved, in order; null when the page shows what is saved. @type {string[]|null} */
let unsaved = null;
/** What this phone has sent last: hearing of it is no news. @type {string[]|null} */
let own = null;

export const view = {
  selector: "[data-module='nominate']",
  draws: ["NominationsSet"],
  start(form, page) {
    const options = listening(form);
    form.addEventListener("change", (event) => changed(event.target, form), options);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    showRows(form);
    showOrder(form, unsaved ?? page.board.groups[form.dataset.group].nominated);
  },
  draw(form, page, tiding, before) {
    const { group_id: groupId, topic_ids: now } = tiding;
    if (groupId !== form.dataset.group || same(before.groups[groupId].nominated, now)) return;
    if (unsaved && !same(unsaved, now)) return tell(form, changedWords(page, now));
    unsaved = null;
    showOrder(form, now);
    if (own && same(own, now)) return;
    own = null;
    tell(form, page.word("Your group has just changed the order."));
  },
  stop: endListening,
};

function changed(box, form) {
  if (!box.matches("[type=checkbox]")) return;
  const { ids, complaint } = touched(form, box);
  unsaved = ids;
  showOrder(form, ids);
  tell(form, complaint);
}

async function submit(event, form, page) {
  event.preventDefault();
  const sent = (own = chosen(form));
  const answer = await page.send(form);
  if (answer.ok && unsaved && same(unsaved, sent)) unsaved = null;
  const now = document.querySelector(view.selector);
  if (now) tell(now, answer.ok ? page.word("The order is saved.") : answer.error);
  else if (!answer.ok) page.toast(answer.error);
}

/** The other order in words, beside one's own choice that is not saved yet. */
function changedWords(page, ids) {
  const titles = ids.map((id, at) => `${at + 1}. ${page.board.topics[id]?.title ?? ""}`);
  return `${page.word("Your group has just changed the order.")} ${titles.join("  ")}`;
}

function tell(form, sentence) {
  const place = slot(form, "told");
  place.textContent = sentence;
  place.hidden = !sentence;
}
