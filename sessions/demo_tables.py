"""Plays round 2 of an example dialogue: mixed tables, what they write, what everybody thinks of it and promises."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

import yaml

from dialog import queries, table_queries
from dialog.acting import Actor, board_scope
from dialog.commands.appraise_proposal import AppraiseProposal, appraise_proposal
from dialog.commands.choose_topics import ChooseTopics, choose_topics
from dialog.commands.close_appraisal import CloseAppraisal, close_appraisal
from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups
from dialog.commands.give_feedback import GiveFeedback, give_feedback
from dialog.commands.make_commitment import MakeCommitment, make_commitment
from dialog.commands.open_appraisal import OpenAppraisal, open_appraisal
from dialog.commands.reveal_appraisal import RevealAppraisal, reveal_appraisal
from dialog.commands.show_tables import ShowTables, show_tables
from dialog.commands.wish_topics import WishTopics, wish_topics
from dialog.commands.write_benefit import WriteBenefit, write_benefit
from dialog.commands.write_proposal import WriteProposal, write_proposal
from dialog.commands.write_vision import WriteVision, write_vision
from dialog.events import PersonState, ProposalContent, Scores, TableState
from dialog.models import Dialogue
from dialog.words import Appraising, Role, Step
from sessions.demo_room import DATA, Reference, Room

WHO = ("Jobcenter, Team Integration", "AWO Bildung, Leitung", "Regionales Forum, Geschäftsstelle")
"""Organisations and functions, as commitments name them."""


@cache
def _themes() -> Sequence[Mapping[str, Any]]:
    themes: Sequence[Mapping[str, Any]] = yaml.safe_load((DATA / "round_2.yaml").read_text(encoding="utf-8"))
    return themes


class Tables:
    """The second half of one afternoon in a room whose first half has been played up to the mirror."""

    def __init__(self, room: Room, reference: Reference) -> None:
        self.room, self.reference = room, reference

    @property
    def tables(self) -> list[TableState]:
        return table_queries.tables(self.room.db, self.room.dialogue_id)

    def topics_are_chosen(self, count: int) -> None:
        """The first topics of the result go into round 2."""
        result = queries.result(self.room.db, self._dialogue())
        self.room.does(choose_topics, ChooseTopics, topic_ids=[topic.topic for topic in result.topics[:count]])

    def people_wish(self) -> None:
        """Two of three name one or two topics."""
        chosen = self._dialogue().chosen_topics
        for person in self.room.people:
            if chosen and self.room.random.random() < 0.66:
                wishes = self.room.random.sample(chosen, min(len(chosen), self.room.random.randint(1, 2)))
                self.room.does(wish_topics, WishTopics, **self._by(person), topic_ids=wishes)

    def tables_are_drawn(self, count: int) -> None:
        self.room.does(draw_mixed_groups, DrawMixedGroups, tables=count, seed=self.room.random.randrange(10**6))

    def tables_are_shown(self) -> None:
        self.room.does(show_tables, ShowTables)

    def write_visions(self) -> None:
        for table, theme in self._at_work():
            for vision in theme["visions"]:
                self._writes(table, write_vision, WriteVision, text=vision["text"], plain=vision["plain"])

    def write_benefits(self) -> None:
        for table, theme in self._at_work():
            for stakeholder, texts in theme["benefits"].items():
                for text in texts:
                    self._writes(table, write_benefit, WriteBenefit, stakeholder=stakeholder, text=text)

    def write_proposals(self) -> None:
        """Each theme's proposals of the reference data set, at the tables in turn."""
        themes, tables, levels = _themes(), self.tables, bool(queries.plan(self._dialogue()).levels)
        for at, theme in enumerate(themes):
            table = tables[at % len(tables)]
            benefits = [e.id for e in table_queries.entries(self.room.db, self.room.dialogue_id, table.id, "benefit")]
            cards = [card.id for card in table_queries.topic_cards(self.room.db, self.room.dialogue_id, table.topic_id)]
            own = [solution for solution in self.reference.solutions if solution["theme"] == theme["theme"]]
            for number, solution in enumerate(own):
                content = ProposalContent(
                    kind="proposal",
                    title=solution["title"],
                    what=theme["what"] if number == 0 else "",
                    first_step=theme["first_step"] if number == 0 else "",
                    level=solution["level"] if levels else None,
                    process_step=str(solution["process_step"]) if levels and solution["process_step"] else None,
                    needs=tuple(theme["benefits"])[: 1 + number % 3],
                    card_ids=tuple(cards[number : number + 2]),
                    benefit_ids=tuple(benefits[:2]),
                )
                self._writes(table, write_proposal, WriteProposal, content=content)

    def appraisal_opens(self) -> None:
        self.room.does(open_appraisal, OpenAppraisal)

    def people_appraise(self, turnout: float) -> None:
        """Everybody looks at most proposals; the groups do not see all of them alike."""
        proposals = table_queries.entries(self.room.db, self.room.dialogue_id, kind="proposal")
        dialogue = self._dialogue()
        resistance = queries.plan(dialogue).appraising is Appraising.RESISTANCE
        options = [*(proposal.id for proposal in proposals), *([None] if resistance else [])]
        for person in self.room.people:
            if self.room.random.random() > turnout:
                continue
            for at, proposal_id in enumerate(options):
                if self.room.random.random() < 0.9:
                    scores = self._scores(resistance, at, person.stakeholder)
                    by = self._by(person)
                    self.room.does(appraise_proposal, AppraiseProposal, **by, proposal_id=proposal_id, scores=scores)

    def appraisal_is_revealed(self) -> None:
        self.room.does(close_appraisal, CloseAppraisal)
        self.room.does(reveal_appraisal, RevealAppraisal)

    def promises_are_made(self) -> None:
        proposals = table_queries.entries(self.room.db, self.room.dialogue_id, kind="proposal")
        held_on = self._dialogue().held_on
        for at, proposal in enumerate(proposals[:4]):
            assert proposal.content.kind == "proposal"
            until = held_on + timedelta(days=90 + 30 * at)
            self.room.does(
                make_commitment,
                MakeCommitment,
                proposal_id=proposal.id,
                who=WHO[at % len(WHO)],
                what=f"Erster Schritt: {proposal.content.first_step or proposal.content.title}",
                until=until,
                review_on=until + timedelta(days=60) if at % 2 == 0 else None,
            )

    def people_give_feedback(self, turnout: float) -> None:
        plan = queries.plan(self._dialogue())
        for person in self.room.people:
            if self.room.random.random() < turnout:
                answers = {question.key: self.room.random.choice((3, 4, 4, 5, 5)) for question in plan.feedback}
                sentence = "Bitte wieder, und mit mehr Zeit." if self.room.random.random() < 0.2 else ""
                by = self._by(person)
                self.room.does(give_feedback, GiveFeedback, **by, answers=answers, sentence=sentence)

    def up_to(self, step: Step, topics: int = 3, tables: int = 4) -> None:
        """From the mirror to the work of this step, which is done; the dialogue is not closed."""
        steps = [planned.step for planned in queries.plan(self._dialogue()).steps]
        if Step.MIRROR in steps:
            self.topics_are_chosen(topics)
        for reached in steps[steps.index(Step.MIX) : steps.index(step) + 1]:
            self.room.goes_to(reached)
            self._work(reached, tables)

    def _work(self, step: Step, tables: int) -> None:
        match step:
            case Step.MIX:
                self.people_wish()
                self.tables_are_drawn(tables)
                self.tables_are_shown()
            case Step.ENVISION:
                self.write_visions()
            case Step.TRANSLATE:
                self.write_benefits()
            case Step.SOLVE:
                self.write_proposals()
            case Step.APPRAISE:
                self.appraisal_opens()
                self.people_appraise(0.9)
                self.appraisal_is_revealed()
            case Step.COMMIT:
                self.promises_are_made()
            case Step.CLOSE:
                self.people_give_feedback(0.8)

    def _dialogue(self) -> Dialogue:
        return queries.dialogue(self.room.db, self.room.dialogue_id)

    def _at_work(self) -> list[tuple[TableState, Mapping[str, Any]]]:
        return [(table, _themes()[at % len(_themes())]) for at, table in enumerate(self.tables)]

    def _writes(self, table: TableState, act: Any, command: Any, **what: Any) -> None:
        """Somebody at the table with a phone writes, or the table's tablet."""
        people = table_queries.at_table(self.room.db, self.room.dialogue_id, table.id)
        writers = [person for person in people if person.has_phone]
        by: dict[str, Any] = {"scope": board_scope(table.id), "table_id": table.id}
        if writers:
            by = {"by": Actor(Role.PARTICIPANT, self.room.random.choice(writers).id), "scope": ""}
        self.room.does(act, command, **by, **what)

    def _by(self, person: PersonState) -> dict[str, Any]:
        if person.has_phone:
            return {"by": Actor(Role.PARTICIPANT, person.id), "scope": ""}
        return {"person_id": person.id}

    def _scores(self, resistance: bool, at: int, stakeholder: str) -> Scores:
        """Most proposals are seen alike by all; of every fifth the stakeholders think differently."""
        apart = 2 * (len(stakeholder) % 2) if at % 5 == 0 else 0
        effect, feasibility = 2 + at % 4, 2 + (3 * at + at // 4) % 4
        chance = self.room.random
        if resistance:
            wished = 10 - effect - feasibility + apart
            return Scores(effect=None, feasibility=None, resistance=_within(wished + chance.randint(-2, 2), 0, 10))
        return Scores(
            effect=_within(effect - apart + chance.choice((-1, 0, 0, 1)), 1, 5),
            feasibility=_within(feasibility + chance.choice((-1, 0, 0, 1)), 1, 5),
            resistance=None,
        )


def _within(mark: int, least: int, most: int) -> int:
    return max(least, min(most, mark))
