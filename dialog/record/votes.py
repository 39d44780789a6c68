"""Votes in the rows, and the end of authorship."""

from sqlalchemy import delete, select, update

from dialog import events as e
from dialog.models import BallotPaper, Card, Dialogue, JournalEntry, Participant, Vote
from dialog.record.writers import row, still, writes
from dialog.store import Db
from dialog.words import Voting


@writes(e.VotingSet)
def _voting(db: Db, dialogue: Dialogue, happening: e.VotingSet) -> None:
    still((dialogue.voting, happening.was_voting), (dialogue.voting_closed_at, happening.was_closed_at))
    dialogue.voting, dialogue.voting_closed_at = happening.voting, happening.closed_at
    if happening.voting is not Voting.REVEALED and dialogue.picture == "result":
        dialogue.picture = "step"


@writes(e.BallotCast)
def _ballot(db: Db, dialogue: Dialogue, happening: e.BallotCast) -> None:
    person = row(db, Participant, happening.person_id)
    paper = db.scalar(
        select(BallotPaper).where(
            BallotPaper.dialogue_id == dialogue.id, BallotPaper.participant_id == happening.person_id
        )
    )
    if paper is None:
        paper = BallotPaper(id=happening.ballot_id, dialogue_id=dialogue.id, participant_id=happening.person_id)
        db.add(paper)
    still(
        ({vote.topic_id: vote.count for vote in paper.votes}, happening.was_votes),
        (dialogue.voting in (Voting.OPEN, Voting.CLOSED), True),
    )
    paper.stakeholder = person.stakeholder
    paper.votes.clear()
    db.flush()
    paper.votes.extend(Vote(topic_id=topic_id, count=count) for topic_id, count in happening.votes.items())


@writes(e.TopicsChosen)
def _chosen(db: Db, dialogue: Dialogue, happening: e.TopicsChosen) -> None:
    still((tuple(dialogue.chosen_topics), happening.was_topic_ids))
    dialogue.chosen_topics = list(happening.topic_ids)


@writes(e.AuthorshipCut)
def _cut(db: Db, dialogue: Dialogue, happening: e.AuthorshipCut) -> None:
    """Cards lose their authors, ballots their people, people their phones; the journal goes as a whole."""
    db.execute(update(Card).where(Card.dialogue_id == dialogue.id).values(author_id=None))
    gone = select(Participant.id).where(Participant.dialogue_id == dialogue.id, Participant.left.is_(True))
    papers = select(BallotPaper.id).where(BallotPaper.participant_id.in_(gone))
    db.execute(delete(Vote).where(Vote.ballot_id.in_(papers)))
    db.execute(delete(BallotPaper).where(BallotPaper.participant_id.in_(gone)))
    db.execute(update(BallotPaper).where(BallotPaper.dialogue_id == dialogue.id).values(participant_id=None))
    db.execute(update(Participant).where(Participant.dialogue_id == dialogue.id).values(device_hash=""))
    db.execute(delete(JournalEntry).where(JournalEntry.dialogue_id == dialogue.id))
    dialogue.closed, dialogue.door_open = True, False
