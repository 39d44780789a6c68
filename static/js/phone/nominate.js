/** The group's most important topics: what one of the group saves, all see at once; what one has just chosen is not taken away. */
import { slot } from "../cards.js";
import { endListening, listening } from "./listening.js";

/** What was chosen here and is not saved: by the name of the place. */
const unsaved = new Map();

export const view = {
  selector: "[data-module='nominate']",
  draws: ["NominationsSet"],
  start(form, page) {
    const options = listening(form);
    form.addEventListener("change", (event) => unsaved.set(event.target.name, event.target.value), options);
    form.addEventListener("submit", (event) => submit(event, form, page), options);
    for (const [name, value] of unsaved) choose(form.elements[name], value);
  },
  draw(form, page, tiding, before) {
    if (tiding.group_id !== form.dataset.group) return;
    const was = before.groups[tiding.group_id].nominated.join();
    if (was === tiding.topic_ids.join()) return;
    if (unsaved.size && chosen(form).join() !== tiding.topic_ids.join()) return tell(form, page, changedWords(page, tiding));
    showOrder(form, tiding.topic_ids);
    if (!sending) tell(form, page, page.word("Your group has just changed the order."));
  },
  stop: endListening,
};

let sending = false;

async function submit(event, form, page) {
  event.preventDefault();
  sending = true;
  const answer = await page.send(form);
  sending = false;
  if (answer.ok) unsaved.clear();
  tell(form, page, answer.ok ? page.word("The order is saved.") : answer.error);
}

/** The other order in words, beside one's own choice that is not saved yet. */
function changedWords(page, { topic_ids: ids }) {
  const titles = ids.map((id, at) => `${at + 1}. ${page.board.topics[id]?.title ?? ""}`);
  return `${page.word("Your group has just changed the order.")} ${titles.join("  ")}`;
}

function tell(form, page, sentence) {
  const place = slot(form, "told");
  place.textContent = sentence;
  place.hidden = !sentence;
}

const places = (form) => [...form.querySelectorAll("select")];
const chosen = (form) => places(form).map((select) => select.value).filter(Boolean);

function showOrder(form, ids) {
  unsaved.clear();
  places(form).forEach((select, at) => choose(select, ids[at] ?? ""));
}

function choose(select, value) {
  if (select && [...select.options].some((option) => option.value === value)) select.value = value;
}
