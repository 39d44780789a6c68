"""From votes to the result of the vote: each person counts the same, and so does each stakeholder group.

Pure arithmetic on values, in integers and fractions, so that the projector, the phone, Excel and Word never
disagree.

For stakeholder s let n(s) be the people of s who gave at least one vote. For topic t let v(s, t) be those of
them who chose t.

    share(s, t)  = v(s, t) / n(s)                     where n(s) > 0; otherwise there is no share
    balanced(t)  = mean of share(s, t) over all s with n(s) > 0
    raw(t)       = all votes given to t, whoever gave them

Who is in the room and gives no vote is an abstention: it is told beside the result and never hidden in a
denominator.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

ENOUGH_TO_DIVIDE = 5
"""People of each stakeholder who must have voted before the result says that views go apart."""

DIVIDED_FROM = Fraction(2, 5)
"""The span of shares, 40 points, from which views go apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What one person gave: the number of votes by topic. Topics with no vote may be left out."""

    stakeholder: str
    votes: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResult:
    """One topic's place in the result. The mappings hold every stakeholder, in the order of the format."""

    topic: str
    raw: int
    """Votes given to this topic."""
    voters: Mapping[str, int]
    """People who chose this topic, by stakeholder."""
    shares: Mapping[str, Fraction | None]
    """The part of a stakeholder's voters who chose this topic, 0 to 1; None where nobody of it voted."""
    balanced: Fraction
    """Mean of the shares, 0 to 1; 0 where nobody voted at all."""
    rank: int
    """Place by balanced result, from 1; equal results share a place and the next is skipped (1, 1, 3)."""
    rank_raw: int
    """Place by raw votes, counted in the same way."""
    shared: bool
    """Gemeinsam wichtig: at least a third of every stakeholder that voted chose it, and two or more voted."""
    divided: bool
    """Sichten gehen auseinander: the shares span 40 points or more, and 5 or more of each group voted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result of the vote. People are given by stakeholder, in the order of the format."""

    topics: Sequence[TopicResult]
    """By balanced result, then raw votes, then the order given. Ties show in `rank`, not in this order."""
    present: Mapping[str, int]
    """People in the room."""
    voted: Mapping[str, int]
    """People who gave at least one vote: the n of every share."""
    abstained: Mapping[str, int]
    """People in the room who gave no vote."""
    silent: Sequence[str]
    """Stakeholders who are in the room and of whom nobody voted: the result does not speak for them."""

    @property
    def present_in_all(self) -> int:
        return sum(self.present.values())

    @property
    def voted_in_all(self) -> int:
        return sum(self.voted.values())

    @property
    def abstained_in_all(self) -> int:
        return sum(self.abstained.values())


def tally(topics: Sequence[str], ballots: Sequence[Ballot], present: Mapping[str, int]) -> Result:
    """Count the vote.

    `topics` are those on the ballot; `ballots` hold at most one per person; `present` holds the people in the
    room for each participating stakeholder, in the order of the format.

    The badge *gemeinsam wichtig* (3 · voters >= n for each stakeholder with n > 0) is given over the
    stakeholders that voted; those in the room who did not are named in `Result.silent`. The badge *Sichten
    gehen auseinander* is stricter: a stakeholder in the room of whom fewer than 5 voted, or nobody, leaves it
    open.

    Raises ValueError for a topic or stakeholder given twice or not known, negative numbers, and more ballots
    of a stakeholder than people of it in the room. Source: DESIGN section 5, result of the vote.
    """
    _check(topics, ballots, present)
    given = [ballot for ballot in ballots if any(ballot.votes.values())]
    voted = {s: sum(ballot.stakeholder == s for ballot in given) for s in present}
    raw = dict.fromkeys(topics, 0)
    voters = {topic: dict.fromkeys(present, 0) for topic in topics}
    for ballot in given:
        for topic, votes in ballot.votes.items():
            raw[topic] += votes
            voters[topic][ballot.stakeholder] += votes > 0

    shares = {t: {s: _share(voters[t][s], n) for s, n in voted.items()} for t in topics}
    balanced = {topic: _mean(_known(shares[topic])) for topic in topics}
    enough = all(voted[s] >= ENOUGH_TO_DIVIDE for s, people in present.items() if people)
    results = [
        TopicResult(
            topic=topic,
            raw=raw[topic],
            voters=voters[topic],
            shares=shares[topic],
            balanced=balanced[topic],
            rank=1 + sum(other > balanced[topic] for other in balanced.values()),
            rank_raw=1 + sum(other > raw[topic] for other in raw.values()),
            shared=_is_shared(voters[topic], voted),
            divided=enough and _is_divided(_known(shares[topic])),
        )
        for topic in topics
    ]
    return Result(
        topics=tuple(sorted(results, key=lambda result: (-result.balanced, -result.raw))),
        present=dict(present),
        voted=voted,
        abstained={s: people - voted[s] for s, people in present.items()},
        silent=tuple(s for s, people in present.items() if people and not voted[s]),
    )


def _share(voters: int, n: int) -> Fraction | None:
    return Fraction(voters, n) if n else None


def _known(shares: Mapping[str, Fraction | None]) -> list[Fraction]:
    return [share for share in shares.values() if share is not None]


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares) if shares else Fraction(0)


def _is_shared(voters: Mapping[str, int], voted: Mapping[str, int]) -> bool:
    heard = [s for s, n in voted.items() if n]
    return len(heard) >= 2 and all(3 * voters[s] >= voted[s] for s in heard)


def _is_divided(shares: Sequence[Fraction]) -> bool:
    return len(shares) >= 2 and max(shares) - min(shares) >= DIVIDED_FROM


def _check(topics: Sequence[str], ballots: Sequence[Ballot], present: Mapping[str, int]) -> None:
    if len(set(topics)) < len(topics):
        raise ValueError("a topic stands twice on the ballot")
    if any(people < 0 for people in present.values()):
        raise ValueError("a negative number of people in the room")
    known = set(topics)
    people_left = dict(present)
    for ballot in ballots:
        if ballot.stakeholder not in present:
            raise ValueError(f"unknown stakeholder: {ballot.stakeholder}")
        people_left[ballot.stakeholder] -= 1
        if people_left[ballot.stakeholder] < 0:
            raise ValueError(f"more ballots than people in the room: {ballot.stakeholder}")
        for topic, votes in ballot.votes.items():
            if topic not in known:
                raise ValueError(f"unknown topic: {topic}")
            if votes < 0:
                raise ValueError(f"negative votes for {topic}")
