"""Round 2 of a dialogue held for the reports: three mixed tables, what they write, appraise, promise and feel."""

from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import text

from dialog import table_queries
from dialog.acting import board_scope
from dialog.commands.appraise_proposal import appraise_proposal
from dialog.commands.choose_topics import choose_topics
from dialog.commands.close_appraisal import close_appraisal
from dialog.commands.describe_person import describe_person
from dialog.commands.draw_mixed_groups import draw_mixed_groups
from dialog.commands.fix_person import fix_person
from dialog.commands.give_feedback import give_feedback
from dialog.commands.make_commitment import make_commitment
from dialog.commands.open_appraisal import open_appraisal
from dialog.commands.pair_people import pair_people
from dialog.commands.reveal_appraisal import reveal_appraisal
from dialog.commands.show_tables import show_tables
from dialog.commands.wish_topics import wish_topics
from dialog.commands.withdraw_commitment import withdraw_commitment
from dialog.commands.withdraw_entry import withdraw_entry
from dialog.commands.write_benefit import write_benefit
from dialog.commands.write_proposal import write_proposal
from dialog.commands.write_vision import write_vision
from dialog.events import ProposalContent, Scores
from dialog.format import Plan, all_formats
from dialog.words import Pairing, Step
from exports.sheets import book
from exports.workbook import write_workbook
from tests.exports.held import PEOPLE, Held
from tests.people import BERECHTIGTE, JOBCENTER

AWKWARD = ("=1+1", "@SUM(A1)", "#N/A", "eins\x0bzwei", "👩‍👩‍👧 ja 🎉", "عربي ‏مختلط ABC", "ä" * 600)
"""Texts that people may write, and what a spreadsheet might make of them."""
LEVELS = (("A", None), ("B", "1"), ("B", "3"), ("B", None), ("C", None), (None, None))


def consensing() -> Plan:
    """The format in which resistance is given, and in which round 1 has no cards and no vote."""
    format_ = all_formats()["konsensieren"]
    day = date(2026, 11, 23)
    return Plan(
        **format_.model_dump(),
        title="Arbeitsmarktdialog",
        place="Gemeindesaal",
        held_on=day,
        deletes_on=date(2027, 11, 23),
        expected=PEOPLE,
    )


class HeldTwice(Held):
    """Goes on from the mirror, or in a format without round 1 from the arrival, until a test has what it needs."""

    def tables_are_shown(self, count: int = 3) -> None:
        """Two people are to sit together and two apart, one is fixed, one needs an interpreter, half have a wish."""
        first, second, third, fourth, *_ = self.people
        topics = [mine[0] for mine in self.topics.values()][:2]
        if topics:
            # The second is joined to the first; the third group's own comes beside it.
            topics = [next(iter(self.topics.values()))[0], list(self.topics.values())[2][0]]
            self.afternoon.cockpit(choose_topics, topic_ids=topics)
        self.afternoon.go(Step.MIX)
        self.afternoon.cockpit(pair_people, kind=Pairing.TOGETHER, first=first.number, second=second.number)
        self.afternoon.cockpit(pair_people, kind=Pairing.APART, first=third.number, second=fourth.number)
        self.afternoon.cockpit(fix_person, number=fourth.number, at=2)
        for person, needs in ((self.people[-1], True), (self.people[0], False)):
            told = {"organisation": "Amt", "languages": ("uk",), "needs_interpreter": needs}
            self.afternoon.cockpit(describe_person, person_id=person.id, **told)
        for person in self.people[::2] if topics else ():
            self.afternoon.act(wish_topics, person.actor, topic_ids=[topics[0]])
        self.afternoon.cockpit(draw_mixed_groups, tables=count, seed=7)
        self.afternoon.cockpit(show_tables)

    def tables_write(self) -> None:
        """Visions and benefits; the last table finds nothing for the Jobcenter. Some is taken back."""
        self.afternoon.go(Step.ENVISION)
        for at, table_id in enumerate(self.tables()):
            for number in range(2):
                self.writes(table_id, write_vision, text=f"Ideal {at}.{number}", plain="" if number else "Einfach")
        self.withdraw("visions", "Ideal 1.1")
        self.afternoon.go(Step.TRANSLATE)
        for at, table_id in enumerate(self.tables()):
            for number, stakeholder in enumerate(PEOPLE):
                if (at, stakeholder) != (2, JOBCENTER):
                    for _ in range(1 + (at + number) % 2):
                        self.writes(table_id, write_benefit, stakeholder=stakeholder, text=f"Vorteil {at}.{number}")
        self.withdraw("benefits", "Vorteil 0.1")

    def tables_propose(self) -> None:
        """Six proposals, two at each table, on all levels; a seventh is taken back."""
        self.afternoon.go(Step.SOLVE)
        tables = self.tables()
        with self.afternoon.reading() as db:
            levelled = bool(self.report().plan.levels)
            cards = {t.id: table_queries.topic_cards(db, self.afternoon.id, t.topic_id) for t in self._states()}
            benefits = {id_: table_queries.entries(db, self.afternoon.id, id_, "benefit") for id_ in tables}
        for at, (level, step) in enumerate(LEVELS):
            table_id = tables[at % len(tables)]
            self.proposes(
                table_id,
                title=f"Vorschlag {at}",
                what=f"Was {at}",
                first_step=f"Schritt {at}",
                level=level if levelled else None,
                process_step=step if levelled else None,
                needs=(JOBCENTER, BERECHTIGTE)[: at % 3],
                card_ids=tuple(card.id for card in cards[table_id][at % 2 : at % 2 + 2]),
                benefit_ids=tuple(benefit.id for benefit in benefits[table_id][:at]),
            )
        self.proposes(tables[0], title="Zurückgenommen")
        self.withdraw("proposals", "Zurückgenommen", column="title")

    def people_appraise(self) -> None:
        """Every sixth person gives nothing; fewer than ten appraise the last proposal."""
        self.afternoon.go(Step.APPRAISE)
        self.afternoon.cockpit(open_appraisal)
        proposals: list[str | None] = list(self.rows("SELECT id FROM proposals WHERE NOT withdrawn ORDER BY number"))
        resisting = self.report().plan.appraising == "resistance"
        for at, person in enumerate(self.people):
            for number, proposal in enumerate([*proposals, None] if resisting else proposals):
                if at % 6 == 5 or number == len(proposals) - 1 and at % 3:
                    continue
                self.afternoon.act(
                    appraise_proposal, person.actor, proposal_id=proposal, scores=self._scores(resisting, at, number)
                )

    def _scores(self, resisting: bool, at: int, number: int) -> Scores:
        if resisting:
            return Scores(effect=None, feasibility=None, resistance=self.random.randint(0, 10))
        effect = min(5, self.random.randint(1, 5) + (at + number) % 2)
        return Scores(effect=effect, feasibility=self.random.randint(1, 5), resistance=None)

    def appraisal_is_revealed(self) -> None:
        self.afternoon.cockpit(close_appraisal)
        self.afternoon.cockpit(reveal_appraisal)

    def people_promise(self) -> None:
        """Three agreements: two for one proposal, one for none; a fourth is taken back."""
        self.afternoon.go(Step.COMMIT)
        first = next(iter(self.rows("SELECT id FROM proposals WHERE NOT withdrawn ORDER BY number")))
        for at, proposal in enumerate((first, first, None, None)):
            self.afternoon.cockpit(
                make_commitment,
                proposal_id=proposal,
                who=f"Träger, Leitung {at}",
                what=f"Zusage {at}",
                until=date(2027, 3, 1 + at),
                review_on=date(2027, 6, 1) if at == 0 else None,
            )
        (last,) = self.rows("SELECT id FROM commitments WHERE what = 'Zusage 3'")
        self.afternoon.cockpit(withdraw_commitment, commitment_id=last)

    def people_answer(self) -> None:
        """Every fourth person says nothing; some leave a question open, some add a sentence."""
        self.afternoon.go(Step.CLOSE)
        asked = [question.key for question in self.report().plan.feedback]
        for at, person in enumerate(self.people):
            if at % 4 == 3:
                continue
            answers = {key: self.random.randint(1, 5) for number, key in enumerate(asked) if (at + number) % 5}
            sentence = f"Satz {30 - at}" if at % 4 == 1 else ""
            self.afternoon.act(give_feedback, person.actor, answers=answers, sentence=sentence)

    def up_to_the_appraisal(self) -> "HeldTwice":
        self.whole_round()
        with self.afternoon.in_one_go():
            self.tables_are_shown()
            self.tables_write()
            self.tables_propose()
            self.people_appraise()
        return self

    def both_rounds(self) -> "HeldTwice":
        self.up_to_the_appraisal()
        with self.afternoon.in_one_go():
            self.appraisal_is_revealed()
            self.people_promise()
            self.people_answer()
        return self

    def writes(self, table_id: str, act: Any, **what: Any) -> None:
        self.afternoon.act(act, scope=board_scope(table_id), table_id=table_id, **what)

    def proposes(self, table_id: str, title: str, **what: Any) -> None:
        empty = {"what": "", "first_step": "", "level": None, "process_step": None}
        none: dict[str, Any] = {"needs": (), "card_ids": (), "benefit_ids": ()}
        content = ProposalContent(kind="proposal", title=title, **{**empty, **none, **what})
        self.writes(table_id, write_proposal, content=content)

    def withdraw(self, kind: str, said: str, column: str = "text") -> None:
        for entry_id in self.rows(f"SELECT id FROM {kind} WHERE {column} = '{said}'"):
            (table_id,) = self.rows(f"SELECT table_id FROM {kind} WHERE id = '{entry_id}'")
            self.afternoon.act(withdraw_entry, scope=board_scope(table_id), entry_id=entry_id)

    def rows(self, select: str) -> list[Any]:
        """The first column of raw rows."""
        with self.afternoon.reading() as db:
            db.flush()
            return [row[0] for row in db.execute(text(select))]

    def tables(self) -> list[str]:
        return [table.id for table in self._states()]

    def _states(self) -> list[Any]:
        with self.afternoon.reading() as db:
            return table_queries.tables(db, self.afternoon.id)

    def written(self, path: Path) -> Workbook:
        """The workbook of now, left at `path` to be looked into."""
        write_workbook(book(self.report()), path)
        return load_workbook(path)
