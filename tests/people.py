"""The people of our tests: Mara moderates, Anna and Ben are in the room, Carl is not."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dialog import audience as a
from dialog import board, queries, table_queries
from dialog.acting import COCKPIT_SCOPE, Actor, board_scope
from dialog.commands.appraise_proposal import appraise_proposal
from dialog.commands.draw_mixed_groups import draw_mixed_groups
from dialog.commands.go_to_step import go_to_step
from dialog.commands.join_dialogue import join_dialogue
from dialog.commands.make_commitment import make_commitment
from dialog.commands.make_topic import make_topic
from dialog.commands.name_topic import name_topic
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.commands.post_card import post_card
from dialog.commands.show_tables import show_tables
from dialog.commands.welcome_by_hand import welcome_by_hand
from dialog.commands.write_benefit import write_benefit
from dialog.commands.write_proposal import write_proposal
from dialog.commands.write_vision import write_vision
from dialog.events import CardPosted, CommitmentMade, EntryWritten, PersonArrived, ProposalContent, Scores, TopicMade
from dialog.format import Plan, all_formats
from dialog.journal import Outcome, carry_out
from dialog.models import Forum, Participant
from dialog.store import Db, Store
from dialog.words import Role, Step, Valence

MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
SPRING = date(2027, 3, 1)
MARA = Actor(Role.MODERATOR, "mara")
JOBCENTER, TRAEGER, BERECHTIGTE = "jobcenter", "traeger", "leistungsberechtigte"


def small_plan(expected: dict[str, int] | None = None, **limits: int) -> Plan:
    """The regional dialogue with few people expected, and some limits of the test's own."""
    regional = all_formats()["regionaler-arbeitsmarktdialog"]
    plan = Plan(
        **regional.model_dump(),
        title="Arbeitsmarktdialog",
        place="Gemeindesaal",
        held_on=date(2026, 11, 23),
        deletes_on=date(2027, 11, 23),
        expected={JOBCENTER: 2, TRAEGER: 2, BERECHTIGTE: 2} if expected is None else expected,
    )
    return plan.model_copy(update={"limits": plan.limits.model_copy(update=limits)})


@dataclass(frozen=True)
class Person:
    """Somebody in the room."""

    id: str
    number: str
    group_id: str

    @property
    def actor(self) -> Actor:
        return Actor(Role.PARTICIPANT, self.id)

    @property
    def phone(self) -> a.Audience:
        """The phone in round 1; `Afternoon.phone` knows the table of round 2."""
        return a.phone(self.group_id, self.id)


def proposal(title: str, **what: Any) -> ProposalContent:
    """A proposal of which only the title is given, as everything else may be missing."""
    empty = {"what": "", "first_step": "", "level": None, "process_step": None}
    none: dict[str, Any] = {"needs": (), "card_ids": (), "benefit_ids": ()}
    return ProposalContent(**{"kind": "proposal", "title": title, **empty, **none, **what})


def scores(effect: int | None, feasibility: int | None = 3) -> Scores:
    """An appraisal by effect and feasibility; without an effect it is taken back."""
    return Scores(effect=effect, feasibility=feasibility if effect else None, resistance=None)


def resistance(value: int | None) -> Scores:
    """An appraisal by resistance."""
    return Scores(effect=None, feasibility=None, resistance=value)


class Afternoon:
    """One planned dialogue, and a clock that only the test moves."""

    def __init__(self, store: Store, plan: Plan | None = None, dialogue_id: str = "d1") -> None:
        self.store, self.id, self.now, self.acts = store, dialogue_id, MORNING, 0
        with store.writing() as db:
            if db.get(Forum, "forum") is None:
                db.add(Forum(id="forum", name="Forum Nord"))
                db.flush()
            ask = PlanDialogue(
                dialogue_id=dialogue_id,
                forum_id="forum",
                plan=plan or small_plan(),
                now=self.now,
                seed=len(dialogue_id),
            )
            plan_dialogue(db, ask)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def asked(self, act: Callable[..., Any], by: Actor, scope: str = "", key: str = "", **what: Any) -> Any:
        """The command of an act, found by its name as a newcomer finds it."""
        kind = getattr(sys.modules[act.__module__], act.__name__.title().replace("_", ""))
        self.acts += 1
        return kind(
            dialogue_id=self.id, by=by, now=self.now, client_key=key or f"key{self.acts:016}", scope=scope, **what
        )

    def perform(self, act: Callable[..., Any], command: Any) -> Outcome:
        """Carry out one act as the web does. Raises RuleBroken."""
        with self.store.writing() as db:
            outcome = carry_out(db, act, command)
        if outcome.cuts_authorship:
            assert self.store.forget()
        if outcome.refusal is not None:
            raise outcome.refusal
        return outcome

    def act(self, act: Callable[..., Any], by: Actor = MARA, scope: str = "", key: str = "", **what: Any) -> Outcome:
        return self.perform(act, self.asked(act, by, scope, key, **what))

    def cockpit(self, act: Callable[..., Any], /, **what: Any) -> Outcome:
        """Mara does something in the cockpit; it goes on the cockpit's undo stack."""
        return self.act(act, MARA, COCKPIT_SCOPE, **what)

    def on_board(self, group_id: str, act: Callable[..., Any], /, **what: Any) -> Outcome:
        """Mara does something on a group's board; it goes on that board's undo stack."""
        return self.act(act, MARA, board_scope(group_id), **what)

    def go(self, step: Step) -> Outcome:
        return self.cockpit(go_to_step, step=step)

    def join(self, stakeholder: str, device: str = "") -> Person:
        """Somebody comes in with a phone."""
        guest = Actor(Role.GUEST, "guest")
        device = device or f"device{self.acts}"
        outcome = self.act(join_dialogue, guest, stakeholder=stakeholder, device_hash=device, seed=self.acts)
        return self._arrived(outcome)

    def welcome(self, stakeholder: str) -> Person:
        """Mara notes somebody without a phone."""
        return self._arrived(self.cockpit(welcome_by_hand, stakeholder=stakeholder, seed=self.acts))

    def _arrived(self, outcome: Outcome) -> Person:
        (made,) = [happening.person for happening in outcome.happenings if isinstance(happening, PersonArrived)]
        return Person(made.id, made.number, made.group_id)

    def write(self, by: Actor, text: str, valence: Valence = Valence.FAILS, **what: Any) -> str:
        """Somebody pins a card; its id."""
        what = {"addressees": [JOBCENTER], **what}
        (posted,) = self.act(post_card, by, valence=valence, text=text, **what).happenings
        assert isinstance(posted, CardPosted)
        return posted.card.id

    def topic(self, group_id: str, title: str = "", card_ids: tuple[str, ...] = ()) -> str:
        """Mara makes a topic on a group's board; its id."""
        happenings = self.on_board(group_id, make_topic, group_id=group_id, card_ids=card_ids).happenings
        (made,) = [happening.topic for happening in happenings if isinstance(happening, TopicMade)]
        if title:
            self.on_board(group_id, name_topic, topic_id=made.id, title=title)
        return made.id

    def draw(self, tables: int, seed: int = 7, *, show: bool = True) -> dict[str, str]:
        """Mara draws the tables and, unless told otherwise, shows them; their ids by number."""
        self.cockpit(draw_mixed_groups, tables=tables, seed=seed)
        if show:
            self.cockpit(show_tables)
        return self.tables()

    def vision(self, by: Actor, text: str, plain: str = "", table_id: str | None = None, **how: Any) -> str:
        """Somebody writes a sentence of the ideal; its id."""
        return self._entry(self.act(write_vision, by, text=text, plain=plain, table_id=table_id, **how))

    def benefit(self, by: Actor, stakeholder: str, text: str, table_id: str | None = None, **how: Any) -> str:
        """Somebody writes a benefit; its id."""
        return self._entry(self.act(write_benefit, by, stakeholder=stakeholder, text=text, table_id=table_id, **how))

    def proposal(self, by: Actor, title: str, table_id: str | None = None, scope: str = "", **what: Any) -> str:
        """Somebody writes a proposal; its id."""
        content = proposal(title, **what)
        return self._entry(self.act(write_proposal, by, scope, content=content, table_id=table_id))

    def _entry(self, outcome: Outcome) -> str:
        (written,) = outcome.happenings
        assert isinstance(written, EntryWritten)
        return written.entry.id

    def appraise(self, by: Actor, proposal_id: str | None, given: Scores, **what: Any) -> Outcome:
        return self.act(appraise_proposal, by, proposal_id=proposal_id, scores=given, **what)

    def promise(self, by: Actor = MARA, what: str = "Dreht ein Video", proposal_id: str | None = None) -> str:
        """Somebody promises something until the next spring; the id of the commitment."""
        scope = COCKPIT_SCOPE if by == MARA else ""
        said = {"who": "Jobcenter Nord", "what": what, "until": SPRING, "review_on": None}
        (made,) = self.act(make_commitment, by, scope, proposal_id=proposal_id, **said).happenings
        assert isinstance(made, CommitmentMade)
        return made.commitment.id

    @contextmanager
    def reading(self) -> Iterator[Db]:
        with self.store.reading() as db:
            yield db

    def sees(self, audience: a.Audience) -> board.Board:
        """What an audience sees now."""
        with self.reading() as db:
            return board.snapshot(db, self.id, audience)

    def cards(self, audience: a.Audience) -> set[str]:
        """The texts of the cards an audience sees now."""
        return {card["text"] for card in self.sees(audience)["cards"].values()}

    def group_of(self, person: Person) -> str:
        with self.reading() as db:
            return db.get_one(Participant, person.id).group_id

    def groups(self) -> dict[str, int]:
        """How many people sit in each group, by the group's name, in the order on screens."""
        with self.reading() as db:
            here = queries.present(db, self.id).by_group
            return {group.name: here.get(group.id, 0) for group in queries.groups(db, self.id)}

    def group(self, name: str) -> str:
        """The id of the group with this name."""
        with self.reading() as db:
            (found,) = [group.id for group in queries.groups(db, self.id) if group.name == name]
            return found

    def tables(self) -> dict[str, str]:
        """The ids of the mixed tables by number."""
        with self.reading() as db:
            return {table.name: table.id for table in table_queries.tables(db, self.id)}

    def seats(self) -> dict[str, str]:
        """The table of everybody who has one, by person id."""
        with self.reading() as db:
            return table_queries.seats(db, self.id)

    def phone(self, person: Person) -> a.Audience:
        """A person's phone as it is now: of the group of round 1, of the table in round 2."""
        with self.reading() as db:
            home = table_queries.home(db, queries.dialogue(db, self.id), db.get_one(Participant, person.id))
        return a.phone(home, person.id)

    def entries(self, audience: a.Audience) -> set[str]:
        """The texts and titles of what tables have written, as far as an audience sees it now."""
        contents = [entry["content"] for entry in self.sees(audience)["entries"].values()]
        return {content.get("text") or content["title"] for content in contents}
