"""The page on which the argument is followed: from what somebody said to what was promised, and back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template

from dialog import queries, table_queries
from dialog.following_up import followed
from dialog.lines import Line
from dialog.lines import lines as lines_of
from dialog.models import Dialogue, Topic
from dialog.store import Db
from dialog.words import Valence
from sessions import identity, results
from sessions.entries import SaidShown, entry_settings
from sessions.forum.states import standing
from sessions.perform import reading
from sessions.promises import PromiseShown, promises
from sessions.proposals import ProposalShown, proposals

blueprint = Blueprint("lines", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLine:
    """Something on the page, and the numbers of the lines that lead through it. `ways` are what it leads to or from."""

    thing: Any
    lines: Sequence[int]
    forward: Sequence[Any] = ()
    back: Sequence[Any] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A topic as it was voted on, what was said on it, and what came of it. `topic` is None for what has no topic."""

    key: str
    topic: Topic | None
    vote: results.Row | None
    cards: Sequence[OnLine]
    proposals: Sequence[OnLine]


@blueprint.get("/m/<dialogue_id>/lines")
def page(dialogue_id: str) -> str:
    """For moderators at any time, and for analysts once the dialogue is closed."""
    with reading() as db:
        dialogue = identity.must_read(db, dialogue_id)
        plan = queries.plan(dialogue)
        return render_template(
            "moderator/lines.html", dialogue=dialogue, settings=entry_settings(plan), **_followed(db, dialogue)
        )


def _followed(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    lines = lines_of(db, dialogue)
    cards = _cards(db, dialogue)
    written = {proposal.id: proposal for proposal in proposals(db, dialogue)}
    promised = {promise.id: promise for promise in promises(db, dialogue)}
    vote = results.vote_or_none(db, dialogue)
    rows = {row.topic_id: row for row in vote.rows} if vote is not None else {}
    topics = {topic.id: topic for topic in queries.topics(db, dialogue.id)}
    heads = list(dict.fromkeys([*rows, *(line.voted_on for line in lines if line.voted_on in topics)]))
    on = {entry.id: entry.topic_id for entry in table_queries.entries(db, dialogue.id, kind="proposal")}
    of_topic = {at: [one for one in written if on[one] == at] for at in (*heads, None)}
    sections = [
        _section(topics.get(head or ""), rows.get(head or ""), lines, cards, written, promised, of_topic[head])
        for head in (*heads, None)
    ]
    return {
        "sections": [section for section in sections if section.cards or section.proposals],
        "promised": [_promise(promise, lines, written) for promise in promised.values()],
        "standing": {one.commitment.id: standing(one) for one in followed(db, dialogue.id)} if dialogue.closed else {},
        "vote": vote,
    }


def _section(
    topic: Topic | None,
    row: results.Row | None,
    lines: Sequence[Line],
    cards: Mapping[str, SaidShown],
    written: Mapping[str, ProposalShown],
    promised: Mapping[str, PromiseShown],
    own: Sequence[str],
) -> Section:
    head = topic.id if topic is not None else None
    return Section(
        key=head or "none",
        topic=topic,
        vote=row,
        cards=[
            OnLine(
                thing=cards[card],
                lines=_through(lines, "card", card),
                forward=_things(written, (line.proposal for line in lines if line.card == card)),
            )
            for card in dict.fromkeys(line.card for line in lines if line.voted_on == head and line.card is not None)
        ],
        proposals=[
            OnLine(
                thing=written[proposal],
                lines=_through(lines, "proposal", proposal),
                back=_things(cards, (line.card for line in lines if line.proposal == proposal)),
                forward=_things(promised, (line.commitment for line in lines if line.proposal == proposal)),
            )
            for proposal in own
        ],
    )


def _promise(promise: PromiseShown, lines: Sequence[Line], written: Mapping[str, ProposalShown]) -> OnLine:
    return OnLine(
        thing=promise,
        lines=_through(lines, "commitment", promise.id),
        back=_things(written, (line.proposal for line in lines if line.commitment == promise.id)),
    )


def _through(lines: Sequence[Line], place: str, of: str) -> list[int]:
    return [at for at, line in enumerate(lines) if getattr(line, place) == of]


def _things(known: Mapping[str, Any], ids: Iterable[str | None]) -> list[Any]:
    return [known[one] for one in dict.fromkeys(ids) if one is not None and one in known]


def _cards(db: Db, dialogue: Dialogue) -> dict[str, SaidShown]:
    said = {one.card_id: one for one in queries.said(db, dialogue.id)}
    return {
        card.id: SaidShown(
            id=card.id,
            valence=Valence(card.valence).value,
            text=card.text,
            addressees=card.addressees,
            author=said[card.id].stakeholder,
        )
        for card in queries.cards(db, dialogue.id)
        if card.id in said
    }
