/**
 * The board of one audience as plain values, and how tidings change it. Knows no connection and no page.
 * Does exactly what `apply` in dialog/board.py does; a test runs both on the same acts.
 *
 * @typedef {{seq: number, stage: object, door_open: boolean, voting: string, present: Object<string, number>, voted: number,
 *   groups: Object<string, object>, people: Object<string, object>, cards: Object<string, object>,
 *   topics: Object<string, object>, tables: Object<string, object>, entries: Object<string, object>,
 *   appraising: string, wished: number, appraised: number, answered: number}} Board
 * @typedef {{type: string}} Tiding
 */

/** Thrown when a tiding means more than a change: the page must fetch its new picture. */
export class PageTurn extends Error {}

/**
 * The board after one act; the given board stays as it is.
 * @param {Board} board
 * @param {number} seq the act's number, which must be the next one
 * @param {Tiding[]} tidings
 * @returns {Board}
 * @throws {PageTurn} when a tiding needs a fresh snapshot
 * @throws {RangeError} on a gap
 */
export function apply(board, seq, tidings) {
  if (seq !== board.seq + 1) throw new RangeError(`act ${seq} does not follow ${board.seq}`);
  const after = {
    ...board,
    seq,
    groups: { ...board.groups },
    people: { ...board.people },
    cards: { ...board.cards },
    topics: { ...board.topics },
    tables: { ...board.tables },
    entries: { ...board.entries },
  };
  for (const tiding of tidings) applyOne(after, tiding);
  return after;
}

/** @param {Board} board @param {any} tiding */
function applyOne(board, tiding) {
  const { groups, people, cards, topics, tables, entries } = board;
  switch (tiding.type) {
    case "DoorToldOf":
      board.door_open = tiding.open;
      break;
    case "TimerToldOf":
      board.stage = { ...board.stage, timer_ends_at: tiding.ends_at };
      break;
    case "PeopleCounted":
      count(board, tiding.present);
      break;
    case "PersonSeated":
      people[tiding.person.id] = tiding.person;
      count(board, tiding.present);
      break;
    case "PersonGone":
      delete people[tiding.person_id];
      count(board, tiding.present);
      break;
    case "CardCounted":
      change(groups, tiding.group_id, { written: tiding.written });
      break;
    case "CardPinned":
      cards[tiding.card.id] = tiding.card;
      change(groups, tiding.card.group_id, { written: tiding.written });
      break;
    case "CardTaken":
      delete cards[tiding.card_id];
      change(groups, tiding.group_id, { written: tiding.written });
      break;
    case "CardMoved":
      change(cards, tiding.card_id, { topic_id: tiding.topic_id, rank: tiding.rank });
      break;
    case "TopicPinned":
      topics[tiding.topic.id] = tiding.topic;
      break;
    case "TopicTaken":
      delete topics[tiding.topic_id];
      break;
    case "TopicTitled":
      change(topics, tiding.topic_id, { title: tiding.title });
      break;
    case "TopicCoded":
      change(topics, tiding.topic_id, { category: tiding.category });
      break;
    case "TopicMoved":
      change(topics, tiding.topic_id, { rank: tiding.rank });
      break;
    case "NominationsSet":
      change(groups, tiding.group_id, { nominated: tiding.topic_ids, nominated_count: tiding.topic_ids.length });
      break;
    case "NominationsCounted":
      change(groups, tiding.group_id, { nominated_count: tiding.count });
      break;
    case "BallotsCounted":
      board.voted = tiding.voted;
      break;
    case "EntryPinned":
      entries[tiding.entry.id] = tiding.entry;
      change(tables, tiding.entry.table_id, { progress: tiding.progress });
      break;
    case "EntryTaken":
      delete entries[tiding.entry_id];
      change(tables, tiding.table_id, { progress: tiding.progress });
      break;
    case "EntriesCounted":
      change(tables, tiding.table_id, { progress: tiding.progress });
      break;
    case "WishesCounted":
      board.wished = tiding.wished;
      break;
    case "AppraisalsCounted":
      board.appraised = tiding.appraised;
      break;
    case "FeedbackCounted":
      board.answered = tiding.answered;
      break;
    case "PageTurned":
    default:
      throw new PageTurn(tiding.type);
  }
}

/** @param {Object<string, object>} things @param {string} id @param {object} fields */
function change(things, id, fields) {
  if (things[id]) things[id] = { ...things[id], ...fields };
}

/** @param {Board} board @param {{by_stakeholder: object, by_group: Object<string, number>, by_table: object, voted: number,
 *   wished: number, appraised: number, answered: number}} present */
function count(board, present) {
  board.present = present.by_stakeholder;
  board.voted = present.voted;
  board.wished = present.wished;
  board.appraised = present.appraised;
  board.answered = present.answered;
  for (const id of Object.keys(board.groups)) change(board.groups, id, { people: present.by_group[id] || 0 });
  for (const id of Object.keys(board.tables)) change(board.tables, id, { people: present.by_table[id] || {} });
}
