"""From an archive to the rows of a closed dialogue. People come back as numbers only: nobody is behind them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import insert, select

from dialog import models
from dialog.archive import schema as s
from dialog.store import Db

AT_ONCE = 500
"""Ids looked for with one question."""

Rows = list[dict[str, Any]]


def are_here(db: Db, archive: s.Archive) -> bool:
    """Whether any id of the archive is in use already, whoever uses it."""
    named: list[tuple[Any, Iterable[str]]] = [
        (models.Group, (one.id for one in (*archive.groups, *archive.tables))),
        (models.Topic, (one.id for one in archive.topics)),
        (models.Card, (one.id for one in archive.cards)),
        (models.Vision, (one.id for one in archive.visions)),
        (models.Benefit, (one.id for one in archive.benefits)),
        (models.Proposal, (one.id for one in archive.proposals)),
        (models.Commitment, (one.id for one in archive.commitments)),
    ]
    return any(
        db.scalar(select(model.id).where(model.id.in_(some)).limit(1)) is not None
        for model, ids in named
        for some in _in_parts(list(ids))
    )


def _in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def unpack(db: Db, archive: s.Archive, forum_id: str, code: str, today: date, dice: Random) -> models.Dialogue:
    """Write the rows. `dice` make the ids of what has none in the archive: people and papers."""
    dialogue = _dialogue(archive, forum_id, code, today)
    db.add(dialogue)
    db.flush()
    here = {"dialogue_id": dialogue.id}
    _write(db, models.HeldStep, ({**here, "number": at, **_fields(one)} for at, one in _from_1(archive.held)))
    _write_groups(db, archive)
    _write_topics(db, archive)
    _write(db, models.Table, ({"group_id": t.id, "topic_id": t.topic_id, "locked": t.locked} for t in archive.tables))
    _write_people(db, archive, dice)
    _write_cards(db, archive)
    _write(db, models.Vision, ({**here, "withdrawn": False, **_fields(one)} for one in archive.visions))
    _write(db, models.Benefit, ({**here, "withdrawn": False, **_fields(one)} for one in archive.benefits))
    _write(db, models.Proposal, ({**here, "withdrawn": False, **_fields(one)} for one in archive.proposals))
    _write_papers(db, archive, dice)
    _write_commitments(db, archive)
    return dialogue


def _dialogue(archive: s.Archive, forum_id: str, code: str, today: date) -> models.Dialogue:
    plan = archive.plan
    return models.Dialogue(
        id=archive.dialogue_id,
        forum_id=forum_id,
        code=code,
        title=plan.title,
        place=plan.place,
        held_on=plan.held_on,
        deletes_on=plan.deletes_on,
        plan=plan.model_dump(mode="json"),
        seq=0,
        rehearsal=archive.rehearsal,
        imported_on=today,
        door_open=False,
        step=archive.step,
        step_began_at=archive.step_began_at,
        picture="step",
        voting=archive.voting,
        chosen_topics=list(archive.chosen_topics),
        tables_shown=archive.tables_shown,
        mixing_seed=archive.mixing_seed,
        appraising=archive.appraising,
        closed=True,
    )


def _write(db: Db, model: type[models.Base], rows: Iterable[Mapping[str, Any]]) -> None:
    found = list(rows)
    if found:
        db.execute(insert(model), found)


def _fields(part: s.Part) -> dict[str, Any]:
    """The fields of a part that is one row, with lists as columns know them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in part}


def _from_1(parts: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    return enumerate(parts, start=1)


# --- Round 1 ----------------------------------------------------------------------------------------------------------


def _write_groups(db: Db, archive: s.Archive) -> None:
    written = {group.id: 0 for group in archive.groups}
    for card in archive.cards:
        written[card.group_id] += 1
    first: Rows = [
        {
            "id": group.id,
            "round": 1,
            "stakeholder": group.stakeholder,
            "name": group.name,
            "position": group.position,
            "revealed": group.revealed,
            "written": written[group.id],
        }
        for group in archive.groups
    ]
    second: Rows = [
        {
            "id": table.id,
            "round": 2,
            "stakeholder": "",
            "name": table.name,
            "position": table.position,
            "revealed": False,
            "written": 0,
        }
        for table in archive.tables
    ]
    _write(db, models.Group, ({"dialogue_id": archive.dialogue_id, **row} for row in (*first, *second)))


def _write_topics(db: Db, archive: s.Archive) -> None:
    """First those that others are joined to: a row names only what is there."""
    heads = {topic.joined_to for topic in archive.topics}
    rows = [{"dialogue_id": archive.dialogue_id, **_fields(topic)} for topic in archive.topics]
    _write(db, models.Topic, ({**row, "joined_to": None} for row in rows if row["id"] in heads))
    _write(db, models.Topic, (row for row in rows if row["id"] not in heads))
    for row in rows:
        if row["id"] in heads and row["joined_to"] is not None:
            db.get_one(models.Topic, row["id"]).joined_to = row["joined_to"]
    db.flush()
    _write(
        db,
        models.Nomination,
        (
            {"group_id": group.id, "place": place, "topic_id": topic_id}
            for group in archive.groups
            for place, topic_id in _from_1(group.nominations)
        ),
    )


def _write_cards(db: Db, archive: s.Archive) -> None:
    of_all = {"dialogue_id": archive.dialogue_id, "author_id": None, "withdrawn": False}
    rows = ({**of_all, **{k: v for k, v in _fields(card).items() if k != "addressees"}} for card in archive.cards)
    _write(db, models.Card, rows)
    _write(
        db,
        models.CardAddressee,
        (
            {"card_id": card.id, "addressee": addressee, "position": at}
            for card in archive.cards
            for at, addressee in enumerate(card.addressees)
        ),
    )


# --- People -----------------------------------------------------------------------------------------------------------


def _write_people(db: Db, archive: s.Archive, dice: Random) -> None:
    """As many as were counted. Colleagues and who had no interpreter are anybody of the table: only numbers matter."""
    stakeholder = {group.id: group.stakeholder for group in archive.groups}
    people: Rows = []
    sits: dict[str, list[dict[str, Any]]] = {table.id: [] for table in archive.tables}
    for some in archive.people:
        for _ in range(some.count):
            person = _person(archive.dialogue_id, len(people) + 1, dice)
            person.update(stakeholder=stakeholder[some.group_id], group_id=some.group_id)
            people.append(person)
            if some.table_id is not None:
                sits[some.table_id].append(person)
    organisation = 0
    for table in archive.tables:
        free = iter(sits[table.id])
        for count in table.colleagues:
            organisation += 1
            for _ in range(count):
                next(free)["organisation"] = f"Organisation {organisation}"
        for person in sits[table.id][: table.unaided]:
            person["needs_interpreter"] = True
    _write(db, models.Participant, people)
    seats = ((person, table_id) for table_id, sitting in sits.items() for person in sitting)
    of_all = {"dialogue_id": archive.dialogue_id, "fixed_at": None}
    _write(db, models.Seat, ({**of_all, "participant_id": p["id"], "table_id": at, "wishes": []} for p, at in seats))


def _person(dialogue_id: str, arrival: int, dice: Random) -> dict[str, Any]:
    return {
        "id": _new_id(dice),
        "dialogue_id": dialogue_id,
        "number": f"{arrival:04}",
        "arrival": arrival,
        "organisation": "",
        "languages": [],
        "needs_interpreter": False,
        "has_phone": True,
        "device_hash": "",
        "left": False,
    }


def _new_id(dice: Random) -> str:
    return f"{dice.getrandbits(64):016x}"


# --- Papers and promises ----------------------------------------------------------------------------------------------


def _write_papers(db: Db, archive: s.Archive, dice: Random) -> None:
    nobody = {"dialogue_id": archive.dialogue_id, "participant_id": None}
    ballots = [(_new_id(dice), ballot) for ballot in archive.ballots]
    _write(db, models.BallotPaper, ({**nobody, "id": new, "stakeholder": one.stakeholder} for new, one in ballots))
    votes = ((new, topic_id, count) for new, one in ballots for topic_id, count in one.votes.items())
    _write(db, models.Vote, ({"ballot_id": new, "topic_id": of, "count": count} for new, of, count in votes))
    papers = [(_new_id(dice), paper) for paper in archive.appraisals]
    _write(
        db,
        models.Appraisal,
        (
            {**nobody, "id": _new_id(dice), "paper_id": new, "stakeholder": paper.stakeholder, **_fields(one)}
            for new, paper in papers
            for one in paper.given
        ),
    )
    _write(db, models.FeedbackPaper, ({**nobody, "id": _new_id(dice), **_fields(one)} for one in archive.feedback))


def _write_commitments(db: Db, archive: s.Archive) -> None:
    of_all = {"dialogue_id": archive.dialogue_id, "withdrawn": False}
    rows = [{**of_all, **{k: v for k, v in _fields(c).items() if k != "follow_ups"}} for c in archive.commitments]
    _write(db, models.Commitment, rows)
    _write(
        db,
        models.FollowUp,
        (
            {"commitment_id": one.id, "number": number, "dialogue_id": archive.dialogue_id, **_fields(note)}
            for one in archive.commitments
            for number, note in _from_1(one.follow_ups)
        ),
    )
