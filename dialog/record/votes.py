"""Votes in the rows."""

from sqlalchemy import bindparam, select

from dialog import direct
from dialog import events as e
from dialog.models import BallotPaper, Dialogue, Participant, Vote
from dialog.record.writers import row, still, writes
from dialog.store import Db
from dialog.words import Voting

_PAPER = (
    select(BallotPaper.id, Vote.topic_id, Vote.count)
    .outerjoin(Vote, Vote.ballot_id == BallotPaper.id)
    .where(
        BallotPaper.dialogue_id == bindparam("dialogue_id"),
        BallotPaper.participant_id == bindparam("person_id"),
    )
)
"""Put together once: that costs more than running it."""


@writes(e.VotingSet)
def _voting(db: Db, dialogue: Dialogue, happening: e.VotingSet) -> None:
    still((dialogue.voting, happening.was_voting), (dialogue.voting_closed_at, happening.was_closed_at))
    dialogue.voting, dialogue.voting_closed_at = happening.voting, happening.closed_at
    if happening.voting is not Voting.REVEALED and dialogue.picture == "result":
        dialogue.picture = "step"


@writes(e.BallotCast)
def _ballot(db: Db, dialogue: Dialogue, happening: e.BallotCast) -> None:
    person = row(db, Participant, happening.person_id)
    was = direct.ask(db, _PAPER, {"dialogue_id": dialogue.id, "person_id": person.id}).all()
    still(
        ({topic_id: count for _, topic_id, count in was if topic_id is not None}, happening.was_votes),
        (dialogue.voting in (Voting.OPEN, Voting.CLOSED), True),
    )
    ballot_id = was[0].id if was else happening.ballot_id
    if was:
        direct.drop(db, Vote, ballot_id=ballot_id)
    else:
        of_whom = {"participant_id": person.id, "stakeholder": person.stakeholder}
        direct.put(db, BallotPaper, [{"id": ballot_id, "dialogue_id": dialogue.id, **of_whom}])
    given = happening.votes.items()
    if given:
        direct.put(db, Vote, [{"ballot_id": ballot_id, "topic_id": key, "count": count} for key, count in given])


@writes(e.TopicsChosen)
def _chosen(db: Db, dialogue: Dialogue, happening: e.TopicsChosen) -> None:
    still((tuple(dialogue.chosen_topics), happening.was_topic_ids))
    dialogue.chosen_topics = list(happening.topic_ids)
