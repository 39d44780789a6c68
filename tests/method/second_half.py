"""An afternoon that stands before the mixing: topics are chosen, people of all stakeholders are in the room."""

from typing import Any

from dialog import promise_queries, queries, table_queries, wall
from dialog.commands.cast_ballot import cast_ballot
from dialog.commands.choose_topics import choose_topics
from dialog.commands.close_voting import close_voting
from dialog.commands.nominate_topics import nominate_topics
from dialog.commands.open_voting import open_voting
from dialog.commands.reveal_result import reveal_result
from dialog.events import CommitmentState, EntryState, PairState
from dialog.format import Plan
from dialog.models import Appraisal, FeedbackPaper
from dialog.store import Store
from dialog.words import Step
from tests.people import BERECHTIGTE, JOBCENTER, TRAEGER, Afternoon, Person


class SecondHalf(Afternoon):
    """Anna (Jobcenter), Ben (Träger) and Lea (Leistungsberechtigte) with phones, one of each without; two topics."""

    def __init__(self, store: Store, plan: Plan | None = None) -> None:
        super().__init__(store, plan)
        self.anna, self.ben, self.lea = (self.join(who) for who in (JOBCENTER, TRAEGER, BERECHTIGTE))
        self.paper, *_ = [self.welcome(who) for who in (JOBCENTER, TRAEGER, BERECHTIGTE)]
        self.go(Step.COLLECT)
        cards = {person: self.write(person.actor, f"Karte {person.number}") for person in (self.anna, self.ben)}
        self.go(Step.SORT)
        self.topics = [self.topic(person.group_id, f"Thema {card}", (card,)) for person, card in cards.items()]
        self.go(Step.NOMINATE)
        for person, topic_id in zip(cards, self.topics, strict=True):
            self.on_board(person.group_id, nominate_topics, group_id=person.group_id, topic_ids=[topic_id])
        self.go(Step.WEIGH)
        for act in (open_voting, close_voting, reveal_result):
            self.cockpit(act)
            if act is open_voting:
                self.act(cast_ballot, self.anna.actor, votes={self.topics[0]: 1})
        self.go(Step.MIRROR)
        self.cockpit(choose_topics, topic_ids=self.topics)
        self.go(Step.MIX)

    def table_of(self, person: Person, tables: dict[str, str]) -> str:
        """The id of the table at which a person sits, which is one of these."""
        table_id = self.seats()[person.id]
        assert table_id in tables.values()
        return table_id

    def plan(self) -> Plan:
        with self.reading() as db:
            return queries.plan(queries.dialogue(db, self.id))

    def pairs(self) -> list[PairState]:
        with self.reading() as db:
            return table_queries.pairs(db, self.id)

    def written(self) -> list[EntryState]:
        with self.reading() as db:
            return table_queries.entries(db, self.id)

    def commitments(self) -> list[CommitmentState]:
        with self.reading() as db:
            return promise_queries.commitments(db, self.id)

    def pictures(self) -> tuple[str, ...]:
        with self.reading() as db:
            return wall.pictures(db, queries.dialogue(db, self.id))

    def appraisals(self) -> list[tuple[Any, ...]]:
        """(stakeholder, person id, proposal id, scores) of all that was given."""
        with self.reading() as db:
            rows = db.query(Appraisal).filter(Appraisal.dialogue_id == self.id).order_by(Appraisal.id)
            return [(r.stakeholder, r.participant_id, r.proposal_id, promise_queries.scores(r)) for r in rows]

    def standing(self) -> dict[str, Any]:
        """Everything of round 2 that stands: what undo must bring back exactly."""
        with self.reading() as db:
            dialogue = queries.dialogue(db, self.id)
            papers = db.query(FeedbackPaper).filter(FeedbackPaper.dialogue_id == self.id)
            return {
                "people": [queries.person_state(person) for person in queries.people(db, self.id)],
                "tables": table_queries.tables(db, self.id),
                "seats": table_queries.seats(db, self.id),
                "wishes": table_queries.wishes(db, self.id),
                "fixed": table_queries.fixed(db, self.id),
                "pairs": [(pair.kind, pair.first_id, pair.second_id) for pair in table_queries.pairs(db, self.id)],
                "drawn": (dialogue.mixing_seed, dialogue.tables_shown),
                "appraising": (dialogue.appraising, dialogue.appraising_closed_at, dialogue.picture),
                "entries": table_queries.entries(db, self.id),
                "appraisals": self.appraisals(),
                "commitments": promise_queries.commitments(db, self.id),
                "feedback": sorted((str(p.answers), p.sentence) for p in papers if p.answers or p.sentence),
            }
