"""How an ask of round 2 chooses: tables and seats, what tables write, appraisals, commitments and feedback."""

from datetime import date, timedelta
from typing import Any

from dialog.acting import Actor
from dialog.events import BenefitContent, Content, EntryState, ProposalContent, VisionContent
from dialog.models import Commitment
from dialog.words import Appraising, Pairing, Role
from tests.method.choices import STAKEHOLDERS, Choices, Chosen, pick
from tests.people import MARA, SPRING, resistance, scores


class Round2(Choices):
    """An act's name after an underscore: three numbers choose what it is asked for."""

    def _show_tables(self, *_numbers: int) -> Chosen:
        return self._cockpit()

    _open_appraisal = _close_appraisal = _reveal_appraisal = _close_dialogue = _show_tables

    # --- Tables

    def _wish_topics(self, one: int, two: int, three: int) -> Chosen:
        chosen = list(self.dialogue.chosen_topics)
        wishes = list(dict.fromkeys((chosen[two % 2 :] + chosen)[: three % 3]))
        return self._by_own_hand(self._somebody(one), topic_ids=wishes)

    def _pair_people(self, one: int, two: int, three: int) -> Chosen:
        first, second = self._somebody(one), self._somebody(two)
        return self._cockpit(kind=pick(list(Pairing), three), first=first.number, second=second.number)

    def _part_people(self, one: int, _two: int, _three: int) -> Chosen:
        return self._cockpit(pair_id=self._one(self.pairs, one).id)

    def _fix_person(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(number=self._somebody(one).number, at=pick((1, 2, None), two))

    def _draw_mixed_groups(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(tables=1 + one % 4, seed=two)

    def _table(self, number: int) -> str:
        table_id: str = self._one(self.tables_now, number)
        return table_id

    def _give_table_topic(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(table_id=self._table(one), topic_id=pick([*self.dialogue.chosen_topics, None], two))

    def _lock_table(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(table_id=self._table(one), locked=two % 3 == 0)

    def _seat_person(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(person_id=self._somebody(one).id, table_id=self._table(two))

    def _describe_person(self, one: int, two: int, _three: int) -> Chosen:
        what = {"organisation": pick(("AWO", "", "Caritas"), two), "languages": ("uk", "ar")[: two % 3]}
        return self._cockpit(person_id=self._somebody(one).id, needs_interpreter=two % 4 == 3, **what)

    # --- What tables write

    def _at_table(self, table_id: str, number: int, /, **what: Any) -> Chosen:
        """Somebody who sits there writes; every fourth time, and where nobody sits, it is the table's own board."""
        sitting = [p.id for p in self.people if p.has_phone and self.homes.get(p.id) == table_id]
        if number % 4 == 3 or not sitting:
            return self._board(table_id, **what)
        return Actor(Role.PARTICIPANT, pick(sitting, number)), "", what

    def _writes(self, one: int, two: int, /, **what: Any) -> Chosen:
        table_id = self._table(one)
        by, scope, asked = self._at_table(table_id, two, **what)
        return by, scope, {**asked, "table_id": table_id if by == MARA else None}

    def _write_vision(self, one: int, two: int, three: int) -> Chosen:
        return self._writes(one, two, text=f"Ideal {self.acts}", plain=f"Leicht gesagt {self.acts}" * (three % 2))

    def _write_benefit(self, one: int, two: int, three: int) -> Chosen:
        return self._writes(one, two, stakeholder=pick(STAKEHOLDERS, three), text=f"Nutzen {self.acts}")

    def _write_proposal(self, one: int, two: int, three: int) -> Chosen:
        return self._writes(one, two, content=self._proposal(self._table(one), f"Vorschlag {self.acts}", two, three))

    def _proposal(self, table_id: str, title: str, two: int, three: int) -> ProposalContent:
        levels = [None, *[level.key for level in self.plan.levels]]
        steps = [None, *[step.key for step in self.plan.process_steps]]
        benefits = [w.id for w in self.written if w.table_id == table_id and w.content.kind == "benefit"]
        return ProposalContent(
            kind="proposal",
            title=title,
            what=f"Genaues {self.acts}" * (two % 2),
            first_step=f"Zuerst {self.acts}" * (three % 2),
            level=pick(levels, three),
            process_step=pick(steps, two),
            needs=tuple(stakeholder.key for stakeholder in self.plan.stakeholders)[two % 3 : two % 3 + three % 3],
            card_ids=tuple(card.id for card in self.all_cards[two % 3 :][: three % 4]),
            benefit_ids=tuple(benefits[: two % 3]),
        )

    def _edit_entry(self, one: int, two: int, three: int) -> Chosen:
        entry: EntryState = self._one(self.written, one)
        was = self.before_the_eyes(entry, three)
        content = self._other_words(was, entry.table_id, two, three)
        return self._at_table(entry.table_id, two, entry_id=entry.id, was=was, content=content)

    def before_the_eyes(self, entry: EntryState, number: int) -> Content:
        """What the writer began from: now and then an older version, as when two write at the same time."""
        older = self.versions.setdefault(entry.id, [])
        if entry.content not in older:
            older.append(entry.content)
        return older[-1] if number % 3 else pick(older, number)

    def _other_words(self, was: Content, table_id: str, two: int, three: int) -> Content:
        if isinstance(was, VisionContent):
            return was.model_copy(update={"text": f"{was.text} und {self.acts}", "plain": f"Einfach {self.acts}"})
        if isinstance(was, BenefitContent):
            return was.model_copy(update={"text": f"{self.acts} und {was.text}"})
        return self._proposal(table_id, f"{was.title} {self.acts}" if two % 2 else was.title, two, three)

    def _withdraw_entry(self, one: int, two: int, _three: int) -> Chosen:
        entry: EntryState = self._one(self.written, one)
        return self._at_table(entry.table_id, two, entry_id=entry.id)

    def _restore_entry(self, one: int, two: int, _three: int) -> Chosen:
        entry: EntryState = self._one(self.taken_back, one)
        return self._at_table(entry.table_id, two, entry_id=entry.id)

    # --- Appraisals, commitments, feedback

    def _proposals(self) -> list[str]:
        return [entry.id for entry in self.written if entry.content.kind == "proposal"]

    def _appraise_proposal(self, one: int, two: int, three: int) -> Chosen:
        person = self._somebody(one)
        if self.plan.appraising is Appraising.RESISTANCE:
            proposal_id = pick([*self._proposals(), None], two)
            given = resistance(None if three % 5 == 4 else three % 11)
        else:
            proposal_id = self._one(self._proposals(), two)
            given = scores(None if three % 5 == 4 else 1 + three % 5, 1 + two % 5)
        return self._by_own_hand(person, proposal_id=proposal_id, scores=given)

    def _promised(self, one: int, two: int, three: int) -> dict[str, Any]:
        days: tuple[date | None, ...] = (None, SPRING + timedelta(days=three))
        return {
            "proposal_id": pick([*self._proposals(), None], one),
            "who": pick(("Jobcenter Nord", "AWO", "Runder Tisch"), two),
            "what": f"Zusage {self.acts}",
            "until": SPRING + timedelta(days=two),
            "review_on": pick(days, three),
        }

    def _make_commitment(self, one: int, two: int, three: int) -> Chosen:
        what = self._promised(one, two, three)
        phones = [person for person in self.people if person.has_phone]
        if two % 2 and phones:
            return Actor(Role.PARTICIPANT, pick(phones, one).id), "", what
        return self._cockpit(**what)

    def _commitment(self, number: int, withdrawn: bool) -> str:
        found: Commitment = self._one([made for made in self.commitments if made.withdrawn is withdrawn], number)
        return found.id

    def _edit_commitment(self, one: int, two: int, three: int) -> Chosen:
        return self._cockpit(commitment_id=self._commitment(one, False), **self._promised(one, two, three))

    def _withdraw_commitment(self, one: int, _two: int, _three: int) -> Chosen:
        return self._cockpit(commitment_id=self._commitment(one, False))

    def _restore_commitment(self, one: int, _two: int, _three: int) -> Chosen:
        return self._cockpit(commitment_id=self._commitment(one, True))

    def _give_feedback(self, one: int, two: int, three: int) -> Chosen:
        answers = {question.key: 1 + (two + at) % 5 for at, question in enumerate(self.plan.feedback)}
        kept = dict(list(answers.items())[: three % 4])
        return self._by_own_hand(self._somebody(one), answers=kept, sentence=f"Rückmeldung {self.acts}" * (two % 2))
