/** Writes the numbers of a board into the places that show them. */

/** @param {import("./board.js").Board} board */
export function showCounts(board, root = document) {
  const numbers = countsOf(board);
  for (const place of root.querySelectorAll("[data-count]")) {
    const value = numbers[place.dataset.count];
    if (value !== undefined && place.textContent !== String(value)) place.textContent = String(value);
  }
}

/**
 * Numbers by the names used in `data-count`: "people", each stakeholder's key, "voted", "voters", "cards", and for each group
 * "ID.people", "ID.written", "ID.nominated"; in round 2 "wished", "appraised", "answered", and for each table "ID.<stakeholder>" (people),
 * "ID.vision", "ID.benefit", "ID.proposal" and "ID.benefit:<stakeholder>" (entries).
 * @param {import("./board.js").Board} board
 * @returns {Object<string, number>}
 */
export function countsOf(board) {
  const people = Object.values(board.present).reduce((sum, n) => sum + n, 0);
  const numbers = { ...board.present, people, voters: people, voted: board.voted, cards: 0 };
  for (const name of ["wished", "appraised", "answered"]) numbers[name] = board[name];
  for (const table of Object.values(board.tables)) {
    for (const kind of ["vision", "benefit", "proposal"]) numbers[`${table.id}.${kind}`] = table.progress[kind] ?? 0;
    for (const who of Object.keys(board.present)) {
      numbers[`${table.id}.${who}`] = table.people[who] ?? 0;
      numbers[`${table.id}.benefit:${who}`] = table.progress[`benefit:${who}`] ?? 0;
    }
  }
  for (const group of Object.values(board.groups)) {
    numbers.cards += group.written;
    numbers[`${group.id}.people`] = group.people;
    numbers[`${group.id}.written`] = group.written;
    numbers[`${group.id}.nominated`] = group.nominated_count;
  }
  return numbers;
}
