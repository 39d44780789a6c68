/** Entries of this device that the board does not show yet: on their way, not accepted, or acknowledged a moment ago. */
import * as outbox from "../outbox.js";

/** @type {Map<string, import("./draw.js").Entry>} */
const acknowledged = new Map();
/** What this device has written itself: its coming is no news here. @type {Set<string>} */
const own = new Set();

/** The server has it. @param {string} id @param {string} kind @param {[string, string][]} fields as they were sent */
export function acknowledge(id, kind, fields) {
  own.add(id);
  acknowledged.set(id, { id, content: asContent(kind, fields) });
}

export const isOwn = (id) => own.has(id);

/** Those that this board does not have; the others are forgotten. */
export function notYetOn(board, kind, stakeholder) {
  for (const id of acknowledged.keys()) if (board.entries[id]) acknowledged.delete(id);
  return [...acknowledged.values()].filter((entry) => fits(entry.content, kind, stakeholder));
}

/** What waits in the outbox or was refused. */
export function unsent(kind, stakeholder) {
  return outbox
    .kept("entry")
    .map((item) => ({ id: item.key, content: asContent(item.url.split("/").at(-1), item.fields), refused: item.refused, item }))
    .filter((entry) => fits(entry.content, kind, stakeholder));
}

function fits(content, kind, stakeholder) {
  return content.kind === kind && (!stakeholder || content.stakeholder === stakeholder);
}

function asContent(kind, fields) {
  const one = (name) => (fields.find(([field]) => field === name)?.[1] ?? "").trim();
  if (kind === "vision") return { kind, text: one("text"), plain: one("plain") };
  if (kind === "benefit") return { kind, stakeholder: one("stakeholder"), text: one("text") };
  const nothing = { what: "", first_step: "", level: null, process_step: null, needs: [], card_ids: [], benefit_ids: [] };
  return { kind: "proposal", title: one("title"), ...nothing };
}
