/** What the table has written, of one kind: kept as the board has it, with what this device has not yet brought there. */
import { arrange } from "../cards.js";
import { sayNotSent } from "../not-sent.js";
import * as outbox from "../outbox.js";
import { endListening, listening } from "../phone/listening.js";
import { drawEntry } from "./draw.js";
import { entriesOf } from "./order.js";
import { takeBack } from "./taking.js";
import { isOwn, notYetOn, unsent } from "./waiting.js";
import { backIntoField } from "./writing.js";

const watching = new WeakMap();

export const view = {
  selector: "[data-module='entries']",
  draws: ["EntryPinned", "EntryTaken", "EntriesCounted"],
  start(list, page) {
    list.addEventListener("submit", (event) => onSubmit(event, list, page), listening(list));
    watching.set(list, outbox.watch(() => show(list, page)));
  },
  draw(list, page, tiding, before) {
    show(list, page);
    if (tiding.type !== "EntryPinned" || isOwn(tiding.entry.id)) return;
    const drawn = [...list.children].find((node) => node.dataset.entry === tiding.entry.id);
    if (!drawn) return;
    drawn.classList.toggle("entry-new", !before.entries[tiding.entry.id]);
    page.say(page.word("Your table has written something new."));
  },
  stop(list) {
    endListening(list);
    watching.get(list)?.();
  },
};

function show(list, page) {
  const { table, kind, stakeholder = "", plain } = list.dataset;
  const looks = plain !== undefined;
  const here = entriesOf(page.board, table, kind, stakeholder);
  const mine = looks ? [] : [...notYetOn(page.board, kind, stakeholder), ...unsent(kind, stakeholder)];
  const late = mine.filter((entry) => !entry.item || entry.refused || !here.some((other) => isSame(entry, other)));
  arrange(
    list,
    [...here, ...late],
    (entry) => (entry.item ? drawUnsent(entry, page) : drawEntry(entry, { actions: !looks })),
    "entry",
  );
}

/** The board may show an entry before its acknowledgement arrives. */
function isSame({ content }, other) {
  return ["text", "title"].every((name) => content[name] === other.content[name]);
}

function drawUnsent(entry, page) {
  const node = drawEntry({ ...entry, id: entry.item.key }, { actions: false });
  node.classList.add("entry-pending");
  sayNotSent(node, entry.item, page, () => backIntoField(entry.item));
  return node;
}

function onSubmit(event, list, page) {
  if (!event.target.matches("[data-take-back]")) return;
  event.preventDefault();
  const entry = event.target.closest("[data-entry]");
  const beside = entry.nextElementSibling ?? entry.previousElementSibling;
  (beside?.querySelector("a, button") ?? document.getElementById("task") ?? document.getElementById("page"))?.focus();
  takeBack(page, list.dataset.base, entry.dataset.entry);
}
