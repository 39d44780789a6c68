/** Own cards that the server has and the board does not show yet: the acknowledgement may be faster than the socket. */

/** @type {Map<string, import("../cards.js").Card>} */
const cards = new Map();

/** @param {string} id @param {[string, string][]} fields as they were sent */
export function acknowledged(id, fields) {
  cards.set(id, asCard(id, fields));
}

/** Those that this board does not have; the others are forgotten. @param {import("../board.js").Board} board */
export function notYetOn(board) {
  for (const id of cards.keys()) if (board.cards[id]) cards.delete(id);
  return [...cards.values()];
}

/** A card as a form says it. @param {string} id @param {[string, string][]} fields */
export function asCard(id, fields) {
  const all = (name) => fields.filter(([field]) => field === name).map(([, value]) => value);
  return { id, valence: all("valence")[0], text: all("text")[0].trim(), addressees: all("addressees"), hidden: false };
}
