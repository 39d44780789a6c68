"""The result of the vote as every screen shows it. Nothing is counted here: the numbers are those of `dialog.tally`.

The phone's table, the projector and the cockpit draw the same `VoteShown` with the macros of
`templates/parts/result.html`, so they cannot disagree.

    {% from "parts/result.html" import vote_table, turnout %}
    {{ vote_table(vote) }}{{ turnout(vote) }}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialog import queries
from dialog.models import Dialogue
from dialog.shares import ENOUGH_FOR_PERCENT, Share, percent, share_of
from dialog.store import Db
from dialog.tally import Result, TopicResult
from dialog.words import Voting
from sessions.language import _
from sessions.stakeholders import Who, taking_part


class NotRevealed(Exception):
    """A result was asked for before the moderator revealed it: a mistake in the code that asked, never of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure: the words to read, and how long its bar is (0 to 100)."""

    text: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One topic of the result. `all` is the balanced result; it is None where fewer than 10 people have voted."""

    topic_id: str
    title: str
    rank: int
    tied: bool
    """Another topic that got votes has the same rank."""
    shared: bool
    split: bool
    cells: Mapping[str, Cell]
    """By stakeholder, for each of `VoteShown.voters`."""
    all: Cell | None
    raw: int
    """Votes given to this topic, whoever gave them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """How many of one stakeholder in the room have voted."""

    who: Who
    voted: int
    present: int
    abstained: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteShown:
    """The revealed result, ready to draw."""

    rows: Sequence[Row]
    voters: Sequence[Who]
    """The stakeholders in the room, in the order of the format: the columns."""
    turnout: Sequence[Turnout]
    voted: int
    present: int
    abstained: int
    silent: Sequence[Who]
    """Stakeholders in the room of whom nobody has voted: the result does not speak for them."""
    balanced: bool
    """Whether the rows have a balanced result in percent; below 10 voters nothing is told in percent."""


def share_in_words(share: Share) -> str:
    """A share as it is told everywhere: "45 %" from 10 people on, "4 von 6" below, "–" of nobody."""
    if share.kind == "none":
        return "–"
    if share.kind == "count":
        return str(_("%(done)s of %(all)s", done=share.votes, all=share.n))
    assert share.percent is not None
    return percent_in_words(share.percent)


def percent_in_words(percent: int) -> str:
    """Whole percent as the reader's language writes it. Ask for it only where 10 people or more stand behind."""
    return str(_("%(percent)s%%", percent=percent))


def is_revealed(dialogue: Dialogue) -> bool:
    """Whether the result of the vote may be shown to anybody at all."""
    return dialogue.voting == Voting.REVEALED


def vote(db: Db, dialogue: Dialogue) -> VoteShown:
    """The result of the vote. Raises NotRevealed before the reveal, for everybody, the moderator included."""
    if not is_revealed(dialogue):
        raise NotRevealed()
    result = queries.result(db, dialogue)
    titles = {topic.id: topic.title for topic in queries.ballot_topics(db, dialogue.id)}
    in_the_room = [one for one in taking_part(queries.plan(dialogue)) if result.present[one.key]]
    return present_vote(result, titles, in_the_room)


def vote_or_none(db: Db, dialogue: Dialogue) -> VoteShown | None:
    """The result of the vote, or None as long as it has not been revealed: for pages that show it once it is there."""
    return vote(db, dialogue) if is_revealed(dialogue) else None


def present_vote(result: Result, titles: Mapping[str, str], voters: Sequence[Who]) -> VoteShown:
    """Turn a counted vote into words and bars. `voters` are the stakeholders in the room."""
    balanced = result.voted_in_all >= ENOUGH_FOR_PERCENT
    ranks = [topic.rank for topic in result.topics]
    return VoteShown(
        rows=[_row(topic, result, titles[topic.topic], voters, ranks, balanced) for topic in result.topics],
        voters=voters,
        turnout=[
            Turnout(
                who=one,
                voted=result.voted[one.key],
                present=result.present[one.key],
                abstained=result.abstained[one.key],
            )
            for one in voters
        ],
        voted=result.voted_in_all,
        present=result.present_in_all,
        abstained=result.abstained_in_all,
        silent=[one for one in voters if one.key in result.silent],
        balanced=balanced,
    )


def _row(
    topic: TopicResult, result: Result, title: str, voters: Sequence[Who], ranks: Sequence[int], balanced: bool
) -> Row:
    whole = percent(topic.balanced)
    return Row(
        topic_id=topic.topic,
        title=title,
        rank=topic.rank,
        tied=topic.raw > 0 and ranks.count(topic.rank) > 1,
        shared=topic.shared,
        split=topic.divided,
        cells={one.key: share_cell(topic.voters[one.key], result.voted[one.key]) for one in voters},
        all=Cell(text=percent_in_words(whole), share=whole) if balanced else None,
        raw=topic.raw,
    )


def share_cell(votes: int, n: int) -> Cell:
    """A share of people or of cards as a figure with its bar."""
    return Cell(text=share_in_words(share_of(votes, n)), share=round(100 * votes / n, 1) if n else 0)
