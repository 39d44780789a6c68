/**
 * Draws an entry exactly as the macros in templates/parts/entries.html do, from the templates that stand on the page.
 *
 * @typedef {{id: string, content: {kind: string}}} Entry
 */
import { slot } from "../cards.js";

/**
 * @param {Entry} entry
 * @param {{prefix?: string, actions?: boolean, state?: string}} how
 * @returns {HTMLElement}
 */
export function drawEntry(entry, { prefix = "entry", actions = true, state = "" } = {}) {
  const { content } = entry;
  const which = content.kind === "benefit" ? `benefit-${content.stakeholder}` : content.kind;
  const node = document.getElementById(`entry-template-${which}`).content.firstElementChild.cloneNode(true);
  node.id = `${prefix}-${entry.id}`;
  FILL[content.kind](node, content);
  if (!actions) {
    slot(node, "actions")?.remove();
    slot(node, "missing")?.remove();
  }
  name(node, entry.id);
  slot(node, "state").textContent = state;
  return node;
}

const FILL = {
  vision(node, { text, plain }) {
    slot(node, "text").textContent = text;
    write(node, "plain", plain);
  },
  benefit(node, { text }) {
    slot(node, "text").textContent = text;
  },
  proposal(node, content) {
    slot(node, "title").textContent = content.title;
    slot(node, "what").textContent = content.what;
    slot(node, "what").hidden = !content.what;
    write(node, "first_step", content.first_step);
    const level = clone(`level-${content.level}`);
    slot(node, "where").hidden = !level;
    if (level) slot(node, "where").append(level, clone(`process-${content.process_step}`) ?? "");
    for (const template of document.querySelectorAll("template[id^='need-']")) {
      if (content.needs.includes(template.id.slice(5))) slot(node, "needs").append(template.content.cloneNode(true));
    }
    slot(node, "needs-row").hidden = !content.needs.length;
    count(node, "cards", content.card_ids);
    count(node, "benefits", content.benefit_ids);
    slot(node, "lines").hidden = !content.card_ids.length && !content.benefit_ids.length;
    tellMissing(node, content);
  },
};

/** A text with its label: the row is there only with the text. */
function write(node, place, text) {
  slot(node, place).textContent = text;
  slot(node, `${place}-row`).hidden = !text;
}

function count(node, place, ids) {
  slot(node, place).textContent = String(ids.length);
  slot(node, `${place}-row`).hidden = !ids.length;
}

/** What can still be added, in the order of the form; the macro does the same. */
function tellMissing(node, content) {
  const place = slot(node, "missing");
  if (!place) return;
  const level = document.getElementById(`level-${content.level}`);
  const open = {
    what: !content.what,
    first_step: !content.first_step,
    level: !level && document.querySelector("template[id^='level-']") !== null,
    process_step: Boolean(level?.dataset.inProcess) && !content.process_step && document.querySelector("template[id^='process-']") !== null,
    needs: !content.needs.length,
  };
  for (const word of place.querySelectorAll("[data-open]")) word.hidden = !open[word.dataset.open];
  place.hidden = !Object.values(open).some(Boolean);
}

function clone(id) {
  return document.getElementById(id)?.content.cloneNode(true) ?? null;
}

/** Write the id wherever the template says `__entry__`. */
function name(node, id) {
  for (const element of [node, ...node.querySelectorAll("*")]) {
    for (const { name: attribute, value } of [...element.attributes]) {
      if (value.includes("__entry__")) element.setAttribute(attribute, value.replaceAll("__entry__", id));
    }
  }
}
