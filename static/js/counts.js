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
 * "ID.people", "ID.written", "ID.nominated".
 * @param {import("./board.js").Board} board
 * @returns {Object<string, number>}
 */
export function countsOf(board) {
  const people = Object.values(board.present).reduce((sum, n) => sum + n, 0);
  const numbers = { ...board.present, people, voters: people, voted: board.voted, cards: 0 };
  for (const group of Object.values(board.groups)) {
    numbers.cards += group.written;
    numbers[`${group.id}.people`] = group.people;
    numbers[`${group.id}.written`] = group.written;
    numbers[`${group.id}.nominated`] = group.nominated_count;
  }
  return numbers;
}
