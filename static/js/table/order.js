/** What a table has written, in the order of writing: as sessions/table/shown.py does. */

/**
 * @param {import("../board.js").Board} board
 * @param {string} tableId
 * @param {string} kind "vision", "benefit" or "proposal"
 * @param {string} stakeholder of benefits: only those for this one; "" for all
 */
export function entriesOf(board, tableId, kind, stakeholder = "") {
  return Object.values(board.entries)
    .filter(({ table_id, content }) => table_id === tableId && content.kind === kind)
    .filter(({ content }) => !stakeholder || content.stakeholder === stakeholder)
    .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
}

/** Whether two contents say the same. */
export function same(one, other) {
  return Object.keys(one).every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}
