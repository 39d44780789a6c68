"""Give one's votes, or change them. The whole ballot is sent each time; it can be changed until the vote is closed."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialog import errors, queries
from dialog.acting import Command
from dialog.by_hand import person_concerned
from dialog.events import BallotCast, Happening
from dialog.models import Dialogue
from dialog.steps import GRACE
from dialog.store import Db
from dialog.words import Voting


@dataclass(frozen=True, kw_only=True, slots=True)
class CastBallot(Command):
    """`votes` maps topic ids to numbers; `person_id` is set when a moderator votes for somebody without a phone."""

    votes: Mapping[str, int]
    person_id: str | None = None


def cast_ballot(db: Db, command: CastBallot) -> list[Happening]:
    """Raises VotingNotOpen, VotingOver, TooManyVotes, TooManyOnOneTopic, NotOnTheBallot, NotByHand or NoSuchThing."""
    dialogue = queries.dialogue(db, command.dialogue_id)
    _must_be_open(dialogue, command)
    person = person_concerned(db, command, command.person_id)
    limits = queries.plan(dialogue).limits
    votes = {topic_id: count for topic_id, count in sorted(command.votes.items()) if count > 0}
    if not votes.keys() <= queries.on_ballot(db, dialogue.id):
        raise errors.NotOnTheBallot()
    if sum(votes.values()) > limits.votes_per_person:
        raise errors.TooManyVotes(limit=limits.votes_per_person)
    if max(votes.values(), default=0) > limits.votes_per_topic:
        raise errors.TooManyOnOneTopic(limit=limits.votes_per_topic)
    was = queries.ballot_of(db, person.id)
    if votes == was:
        return []
    return [
        BallotCast(
            ballot_id=command.new_id("ballot"),
            person_id=person.id,
            stakeholder=person.stakeholder,
            votes=votes,
            was_votes=was,
            voted=0,
        )
    ]


def _must_be_open(dialogue: Dialogue, command: CastBallot) -> None:
    if dialogue.voting == Voting.PREPARING:
        raise errors.VotingNotOpen()
    in_grace = dialogue.voting_closed_at is not None and command.now - dialogue.voting_closed_at <= GRACE
    if dialogue.voting == Voting.OPEN or (dialogue.voting == Voting.CLOSED and in_grace):
        return
    raise errors.VotingOver()
