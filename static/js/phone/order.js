/** Cards and topics of one phone's board in the order in which they are drawn: as sessions/participant/own_cards.py does. */

const byPlace = (a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1);

/** The person's own cards, in an order that never changes. @param {import("../board.js").Board} board */
export function mine(board) {
  return Object.values(board.cards)
    .filter((card) => card.mine)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The group that this phone's topics and open cards belong to. */
export const groupCards = (board, groupId) =>
  Object.values(board.cards)
    .filter((card) => card.group_id === groupId && !card.hidden)
    .sort(byPlace);

export const topics = (board, groupId) =>
  Object.values(board.topics)
    .filter((topic) => topic.group_id === groupId)
    .sort(byPlace);
