"""From the rows of a closed dialogue to its archive. Who wrote, chose or said what is not read at all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import TypeVar

from sqlalchemy import select

from dialog import draw, following_up, models, promise_queries, queries, table_queries
from dialog.archive import schema as s
from dialog.archive.refusals import NotClosedYet
from dialog.events import BenefitContent, ProposalContent, VisionContent
from dialog.held import PASSING, to_the_minute
from dialog.mixing import MixRule
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step, Valence, Voting

Paper = TypeVar("Paper", s.Ballot, s.AppraisalPaper, s.FeedbackPaper)


def pack(db: Db, dialogue_id: str) -> s.Archive:
    """The archive of a dialogue. Raises NoSuchDialogue, or NotClosedYet."""
    dialogue = queries.dialogue(db, dialogue_id)
    if not dialogue.closed:
        raise NotClosedYet()
    topics = queries.topics(db, dialogue_id)
    topic_ids = {topic.id for topic in topics}
    proposals = _proposals(db, dialogue_id)
    return s.Archive(
        dialogue_id=dialogue.id,
        rehearsal=dialogue.rehearsal,
        plan=queries.plan(dialogue),
        step=Step(dialogue.step),
        step_began_at=_minute(dialogue.step_began_at),
        held=_held(db, dialogue_id),
        groups=_groups(db, dialogue_id),
        people=_people(db, dialogue),
        topics=tuple(s.Topic(joined_to=topic.joined_to, **queries.topic_state(topic).model_dump()) for topic in topics),
        cards=_cards(db, dialogue_id),
        voting=Voting(dialogue.voting),
        ballots=_ballots(db, dialogue_id),
        chosen_topics=tuple(topic_id for topic_id in dialogue.chosen_topics if topic_id in topic_ids),
        tables=_tables(db, dialogue),
        tables_shown=dialogue.tables_shown,
        mixing_seed=dialogue.mixing_seed,
        visions=_visions(db, dialogue_id),
        benefits=_benefits(db, dialogue_id),
        proposals=proposals,
        appraising=Voting(dialogue.appraising),
        appraisals=_appraisals(db, dialogue_id, {proposal.id for proposal in proposals}),
        commitments=_commitments(db, dialogue_id),
        feedback=_feedback(db, dialogue_id),
    )


def _minute(moment: datetime) -> datetime:
    return to_the_minute(moment.astimezone(UTC))


def _held(db: Db, dialogue_id: str) -> tuple[s.Stay, ...]:
    """The stays to the minute. One that was only passed through stays one: it ends in the minute in which it began."""
    rows = select(models.HeldStep).where(models.HeldStep.dialogue_id == dialogue_id).order_by(models.HeldStep.number)
    stays = []
    for row in db.scalars(rows):
        passing = row.began_at is not None and row.ended_at - row.began_at < PASSING
        stays.append(
            s.Stay(
                step=Step(row.step),
                began_at=_minute(row.began_at) if row.began_at else None,
                ended_at=_minute(row.began_at if passing and row.began_at else row.ended_at),
            )
        )
    return tuple(stays)


def _groups(db: Db, dialogue_id: str) -> tuple[s.Group, ...]:
    nominated = queries.nominations(db, dialogue_id)
    return tuple(
        s.Group(
            id=row.id,
            stakeholder=row.stakeholder,
            name=row.name,
            position=row.position,
            revealed=row.revealed,
            nominations=nominated.get(row.id, ()),
        )
        for row in queries.groups(db, dialogue_id)
    )


def _people(db: Db, dialogue: Dialogue) -> tuple[s.People, ...]:
    """Who is here, counted by group and table, in the order of both."""
    seats = table_queries.seats(db, dialogue.id)
    counts = Counter((person.group_id, seats.get(person.id)) for person in queries.people(db, dialogue.id))
    groups = [group.id for group in queries.groups(db, dialogue.id)]
    tables = [None, *(table.id for table in table_queries.tables(db, dialogue.id))]
    return tuple(
        s.People(group_id=group_id, table_id=table_id, count=counts[group_id, table_id])
        for group_id in groups
        for table_id in tables
        if counts[group_id, table_id]
    )


def _tables(db: Db, dialogue: Dialogue) -> tuple[s.Table, ...]:
    mix = draw.mix(db, dialogue)
    colleagues: dict[str, Counter[str]] = defaultdict(Counter)
    for person in mix.people:
        if person.organisation:
            colleagues[mix.seated.get(person.id, "")][person.organisation] += 1
    alone = Counter(breach.tables[0] for breach in mix.report()[MixRule.INTERPRETER].breaches)
    return tuple(
        s.Table(
            id=table.id,
            name=table.name,
            position=table.position,
            topic_id=table.topic_id,
            locked=table.locked,
            colleagues=tuple(sorted(count for count in colleagues[table.id].values() if count > 1)),
            unaided=alone[table.id],
        )
        for table in table_queries.tables(db, dialogue.id)
    )


def _cards(db: Db, dialogue_id: str) -> tuple[s.Card, ...]:
    return tuple(
        s.Card(
            id=row.id,
            group_id=row.group_id,
            topic_id=row.topic_id,
            valence=Valence(row.valence),
            text=row.text,
            addressees=row.addressees,
            rank=row.rank,
            hidden=row.hidden,
            paper=row.paper,
        )
        for row in queries.cards(db, dialogue_id)
    )


def _ballots(db: Db, dialogue_id: str) -> tuple[s.Ballot, ...]:
    rows = db.scalars(select(models.BallotPaper).where(models.BallotPaper.dialogue_id == dialogue_id))
    return _in_no_order(
        s.Ballot(
            stakeholder=row.stakeholder,
            votes={vote.topic_id: vote.count for vote in sorted(row.votes, key=lambda vote: vote.topic_id)},
        )
        for row in rows
        if row.votes
    )


def _visions(db: Db, dialogue_id: str) -> tuple[s.Vision, ...]:
    return tuple(
        s.Vision(text=content.text, plain=content.plain, **entry.model_dump(exclude={"content"}))
        for entry in table_queries.entries(db, dialogue_id, kind="vision")
        if isinstance(content := entry.content, VisionContent)
    )


def _benefits(db: Db, dialogue_id: str) -> tuple[s.Benefit, ...]:
    return tuple(
        s.Benefit(stakeholder=content.stakeholder, text=content.text, **entry.model_dump(exclude={"content"}))
        for entry in table_queries.entries(db, dialogue_id, kind="benefit")
        if isinstance(content := entry.content, BenefitContent)
    )


def _proposals(db: Db, dialogue_id: str) -> tuple[s.Proposal, ...]:
    """Without the cards and benefits they stand on that were taken back since."""
    cards = {card.id for card in queries.cards(db, dialogue_id)}
    benefits = {entry.id for entry in table_queries.entries(db, dialogue_id, kind="benefit")}
    return tuple(
        s.Proposal(
            **entry.model_dump(exclude={"content"}),
            **content.model_dump(exclude={"kind", "card_ids", "benefit_ids"}),
            card_ids=tuple(card_id for card_id in content.card_ids if card_id in cards),
            benefit_ids=tuple(benefit_id for benefit_id in content.benefit_ids if benefit_id in benefits),
        )
        for entry in table_queries.entries(db, dialogue_id, kind="proposal")
        if isinstance(content := entry.content, ProposalContent)
    )


def _appraisals(db: Db, dialogue_id: str, proposals: set[str]) -> tuple[s.AppraisalPaper, ...]:
    rows = select(models.Appraisal).where(models.Appraisal.dialogue_id == dialogue_id)
    papers = []
    for _paper, given in groupby(db.scalars(rows.order_by(models.Appraisal.paper_id)), lambda row: row.paper_id):
        own = [row for row in given if row.proposal_id is None or row.proposal_id in proposals]
        if own:
            papers.append(s.AppraisalPaper(stakeholder=own[0].stakeholder, given=_given(own)))
    return _in_no_order(papers)


def _given(rows: Sequence[models.Appraisal]) -> tuple[s.Appraisal, ...]:
    return tuple(
        s.Appraisal(proposal_id=row.proposal_id, **promise_queries.scores(row).model_dump())
        for row in sorted(rows, key=lambda row: row.proposal_id or "")
    )


def _commitments(db: Db, dialogue_id: str) -> tuple[s.Commitment, ...]:
    return tuple(
        s.Commitment(
            follow_ups=tuple(
                s.FollowUp(state=note.state, noted_on=note.noted_on, sentence=note.sentence) for note in one.notes
            ),
            **one.commitment.model_dump(),
        )
        for one in following_up.followed(db, dialogue_id)
    )


def _feedback(db: Db, dialogue_id: str) -> tuple[s.FeedbackPaper, ...]:
    return _in_no_order(
        s.FeedbackPaper(stakeholder=row.stakeholder, answers=dict(sorted(row.answers.items())), sentence=row.sentence)
        for row in promise_queries.feedback(db, dialogue_id)
        if row.answers or row.sentence
    )


def _in_no_order(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Papers by what is on them: that tells nothing of whose they are, and is the same every time."""
    return tuple(sorted(papers, key=lambda paper: paper.model_dump_json()))
