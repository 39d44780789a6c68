"""The snapshot of a dialogue for one audience, and how tidings change it.

A board is plain JSON values, the same in Python and in the browser (`static/js/board.js` does what `apply` does here):
`apply(snapshot before an act, tidings of the act) == snapshot after it`, for every act and every audience, except
where the tiding is PageTurned and the page fetches the new snapshot.
"""

import copy
from typing import Any

from dialog import audience as a
from dialog import events as e
from dialog import queries, table_queries
from dialog.store import Db

Board = dict[str, Any]
"""{seq, stage, door_open, voting, appraising, present, voted, wished, appraised, answered, and by id: groups, people,
cards, topics, tables, entries}

`tables` are empty until the tables have been shown, except in the cockpit.

What the projector shows, `stage.picture`, is in the boards of the cockpit and the projector only.
"""


def snapshot(db: Db, dialogue_id: str, audience: a.Audience) -> Board:
    """What this audience may see now. Raises NoSuchDialogue."""
    dialogue = queries.dialogue(db, dialogue_id)
    present = queries.present(db, dialogue_id)
    nominations = queries.nominations(db, dialogue_id)
    groups = queries.groups(db, dialogue_id)
    revealed = {group.id: group.revealed for group in groups}
    board: Board = {
        "seq": dialogue.seq,
        "stage": queries.stage(dialogue).model_dump(mode="json"),
        "door_open": dialogue.door_open,
        "voting": dialogue.voting,
        "present": present.by_stakeholder,
        "voted": present.voted,
        "groups": {},
        "people": {},
        "cards": {},
        "topics": {},
        "appraising": dialogue.appraising,
        "wished": present.wished,
        "appraised": present.appraised,
        "answered": present.answered,
        "tables": {},
        "entries": {},
    }
    if audience.kind in (a.Kind.PHONE, a.Kind.BOARD):
        del board["stage"]["picture"]
    for group in groups:
        nominated = nominations.get(group.id, ())
        board["groups"][group.id] = {
            **queries.group_state(group).model_dump(mode="json"),
            "revealed": group.revealed,
            "written": group.written,
            "people": present.by_group.get(group.id, 0),
            "nominated": list(nominated) if a.sees_group(group.id, audience) else [],
            "nominated_count": len(nominated),
        }
    for person in queries.people_for(db, dialogue_id, audience):
        state = queries.person_state(person)
        if a.sees_person(state, audience):
            board["people"][state.id] = state.model_dump(mode="json")
    for card in queries.cards_for(db, dialogue_id, audience):
        state_of_card = queries.card_state(card)
        if a.may_see(state_of_card, card.author_id, revealed[card.group_id], audience):
            seen = a.seen_by(state_of_card, card.author_id, audience)
            board["cards"][card.id] = seen.model_dump(mode="json")
    everywhere, at_group = audience.kind is a.Kind.COCKPIT, audience.group_id in revealed
    own = None if everywhere else audience.group_id
    if everywhere or at_group:
        for topic in queries.topics(db, dialogue_id, own):
            board["topics"][topic.id] = queries.topic_state(topic).model_dump(mode="json")
    if dialogue.tables_shown or audience.kind is a.Kind.COCKPIT:
        progress = table_queries.progress(db, dialogue_id)
        for table in table_queries.tables(db, dialogue_id):
            board["tables"][table.id] = {
                **table.model_dump(mode="json"),
                "people": present.by_table.get(table.id, {}),
                "progress": progress.get(table.id, {}),
            }
    if everywhere or (own and not at_group):  # Groups have no entries, and nobody else hears of a table's.
        for entry in table_queries.entries(db, dialogue_id, own):
            if a.sees_group(entry.table_id, audience):
                board["entries"][entry.id] = entry.model_dump(mode="json")
    return board


def own_cards(db: Db, audience: a.Audience) -> list[e.CardState]:
    """A person's own standing cards as the own phone shows them."""
    return [
        a.seen_by(queries.card_state(card), card.author_id, audience)
        for card in queries.cards_of_author(db, audience.person_id)
    ]


def with_own(shared: Board, own: list[e.CardState]) -> Board:
    """The board of one phone: what all phones of its group see, and the person's own cards."""
    return {**shared, "cards": {**shared["cards"], **{card.id: card.model_dump(mode="json") for card in own}}}


def apply(board: Board, seq: int, tidings: list[e.Tiding]) -> Board:
    """The board after one act with number `seq`, which must be the next one. Raises ValueError on a gap."""
    if seq != board["seq"] + 1:
        raise ValueError(f"act {seq} does not follow {board['seq']}")
    after = copy.deepcopy(board)
    after["seq"] = seq
    for tiding in tidings:
        _apply_one(after, tiding)
    return after


def _apply_one(board: Board, tiding: e.Tiding) -> None:
    cards, topics, groups, people = board["cards"], board["topics"], board["groups"], board["people"]
    match tiding:
        case e.DoorToldOf():
            board["door_open"] = tiding.open
        case e.TimerToldOf():
            board["stage"]["timer_ends_at"] = tiding.model_dump(mode="json")["ends_at"]
        case e.PeopleCounted():
            _count(board, tiding.present)
        case e.PersonSeated():
            people[tiding.person.id] = tiding.person.model_dump(mode="json")
            _count(board, tiding.present)
        case e.PersonGone():
            people.pop(tiding.person_id, None)
            _count(board, tiding.present)
        case e.CardCounted():
            groups[tiding.group_id]["written"] = tiding.written
        case e.CardPinned():
            cards[tiding.card.id] = tiding.card.model_dump(mode="json")
            groups[tiding.card.group_id]["written"] = tiding.written
        case e.CardTaken():
            cards.pop(tiding.card_id, None)
            groups[tiding.group_id]["written"] = tiding.written
        case e.CardMoved():
            if tiding.card_id in cards:
                cards[tiding.card_id].update(topic_id=tiding.topic_id, rank=tiding.rank)
        case e.TopicPinned():
            topics[tiding.topic.id] = tiding.topic.model_dump(mode="json")
        case e.TopicTaken():
            topics.pop(tiding.topic_id, None)
        case e.TopicTitled():
            topics[tiding.topic_id]["title"] = tiding.title
        case e.TopicCoded():
            topics[tiding.topic_id]["category"] = tiding.category
        case e.TopicMoved():
            topics[tiding.topic_id]["rank"] = tiding.rank
        case e.NominationsSet():
            nominated = list(tiding.topic_ids)
            groups[tiding.group_id].update(nominated=nominated, nominated_count=len(nominated))
        case e.NominationsCounted():
            groups[tiding.group_id]["nominated_count"] = tiding.count
        case e.BallotsCounted():
            board["voted"] = tiding.voted
        case e.EntryPinned():
            board["entries"][tiding.entry.id] = tiding.entry.model_dump(mode="json")
            _write_progress(board, tiding.entry.table_id, tiding.progress)
        case e.EntryTaken():
            board["entries"].pop(tiding.entry_id, None)
            _write_progress(board, tiding.table_id, tiding.progress)
        case e.EntriesCounted():
            _write_progress(board, tiding.table_id, tiding.progress)
        case e.WishesCounted():
            board["wished"] = tiding.wished
        case e.AppraisalsCounted():
            board["appraised"] = tiding.appraised
        case e.FeedbackCounted():
            board["answered"] = tiding.answered
        case _:
            raise ValueError(f"{type(tiding).__name__} needs a fresh snapshot")


def _count(board: Board, present: e.Present) -> None:
    board["present"] = dict(present.by_stakeholder)
    board.update(present.model_dump(include={"voted", "wished", "appraised", "answered"}))
    for group_id, group in board["groups"].items():
        group["people"] = present.by_group.get(group_id, 0)
    for table_id, table in board["tables"].items():
        table["people"] = dict(present.by_table.get(table_id, {}))


def _write_progress(board: Board, table_id: str, progress: dict[str, int]) -> None:
    if table_id in board["tables"]:
        board["tables"][table_id]["progress"] = dict(progress)
