"""Programs of acts: an afternoon in which anything may happen that anybody can do, in any order.

An ask is the name of an act, or a number that chooses among those of the current step, and three numbers that choose
among whatever is there then. If the act belongs to another step, Mara first goes to one where it is possible; if it
breaks a rule, it is refused and the afternoon goes on.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from hypothesis import strategies as st

import dialog.commands
from dialog import errors, queries, steps
from dialog.acting import COCKPIT_SCOPE, Actor, Command, board_scope
from dialog.journal import Outcome, carry_out
from dialog.models import Card, Link, Participant
from dialog.store import Store
from dialog.words import LinkKind, Role, Step, Valence
from tests.people import BERECHTIGTE, JOBCENTER, MARA, TRAEGER, Afternoon, small_plan

NOT_IN_A_DIALOGUE = {"plan_dialogue", "set_up_forum"}
ACTS: dict[str, Callable[..., Any]] = {
    found.name: getattr(import_module(f"dialog.commands.{found.name}"), found.name)
    for found in iter_modules(dialog.commands.__path__)
    if found.name not in NOT_IN_A_DIALOGUE
}
STAKEHOLDERS = (JOBCENTER, TRAEGER, BERECHTIGTE)
GUEST = Actor(Role.GUEST, "guest")
Ask = tuple[str | int, int, int, int]

numbers = st.integers(0, 60)
TOUR: list[Ask] = [
    *[("join_dialogue", at, 0, 0) for at in range(7)],
    *[("welcome_by_hand", 0, 0, 0), ("move_person", 0, 1, 0), ("undo", 0, 0, 0), ("redo", 0, 0, 0)],
    *[("remove_person", 6, 0, 0), ("close_door", 0, 0, 0), ("open_door", 0, 0, 0), ("set_timer", 1, 5, 0)],
    *[("change_plan", 0, 0, 0), ("change_phone", 0, 0, 0), ("make_link", 0, 1, 0), ("make_link", 1, 0, 0)],
    *[("revoke_link", 0, 0, 0), ("show_picture", 1, 0, 0)],
    *[("post_card", at, at, at) for at in range(9)],
    *[("edit_card", 0, 2, 0), ("withdraw_card", 1, 0, 0), ("restore_card", 0, 0, 0), ("reveal_cards", 0, 0, 0)],
    *[("hide_card", 0, 0, 0), ("edit_card", 0, 3, 0), ("show_card", 0, 0, 0), ("hide_card", 2, 0, 0)],
    *[("make_topic", at, 2, 0) for at in range(8)],
    *[
        ("place_card", 0, 1, 0),
        *[("place_cards", at, at, 1) for at in range(4)],
        ("name_topic", 0, 0, 0),
        ("categorise_topic", 1, 1, 0),
    ],
    *[
        ("place_topic", 0, 0, 0),
        ("place_topic", 1, 1, 0),
        *[("place_cards", at, 0, 2) for at in range(3)],
        ("split_topic", 0, 0, 0),
        ("merge_topics", 0, 0, 0),
    ],
    *[("merge_topics", 1, 0, 0), ("merge_topics", 2, 0, 0), ("remove_topic", 1, 0, 0)],
    *[("undo", 0, 1, 0), ("undo", 1, 1, 0), ("redo", 1, 1, 0)],
    *[("nominate_topics", at, 2, 0) for at in range(8)],
    *[("join_topics", 0, 1, 0), ("part_topic", 0, 0, 0), ("join_topics", 1, 0, 0), ("open_voting", 0, 0, 0)],
    *[("name_topic", at, 0, 5) for at in range(2)],
    *[("cast_ballot", at, 1, 1) for at in range(8)],
    *[("close_voting", 0, 0, 0), ("reveal_result", 0, 0, 0), ("show_picture", 0, 0, 0), ("choose_topics", 0, 1, 0)],
    *[("close_dialogue", 0, 0, 0)],
]
"""Every act at least once, with effect."""


STARTS = tuple(
    TOUR[: next(at for at, ask in enumerate(TOUR) if ask[0] == name)]
    for name in ("welcome_by_hand", "edit_card", "place_card", "nominate_topics", "cast_ballot", "choose_topics")
)
"""How far an afternoon may have come before anything may happen."""

anything = st.lists(st.tuples(numbers, numbers, numbers, numbers), min_size=15, max_size=30)


def pick(things: Sequence[Any], number: int) -> Any:
    return things[number % len(things)] if things else None


class Refused(Exception):
    """The ask found nothing to act on, or was refused by a rule."""


class Player(Afternoon):
    """An afternoon that plays asks. `applied` counts the acts that changed something."""

    def __init__(self, store: Store, dialogue_id: str) -> None:
        plan = small_plan({JOBCENTER: 2, TRAEGER: 2, BERECHTIGTE: 2}, people_per_group=3, cards_per_person=4)
        super().__init__(store, plan, dialogue_id)
        self.applied: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.look()

    def look(self) -> None:
        """What is there now, for the asks to choose from."""
        with self.reading() as db:
            self.dialogue = queries.dialogue(db, self.id)
            self.plan = queries.plan(self.dialogue)
            self.groups_now = [group.id for group in queries.groups(db, self.id)]
            self.everybody = queries.everybody(db, self.id)
            self.people = [person for person in self.everybody if not person.left]
            self.all_cards = db.query(Card).filter(Card.dialogue_id == self.id).order_by(Card.id).all()
            self.topics = queries.topics(db, self.id)
            self.ballot = [topic.id for topic in queries.ballot_topics(db, self.id)]
            self.links = db.query(Link).filter(Link.dialogue_id == self.id, ~Link.revoked).order_by(Link.id).all()

    def play(self, ask: Ask) -> Iterator[tuple[str, Outcome]]:
        """Carry the ask out; yields the acts that were carried out, and looks anew before each yield."""
        wanted, one, two, three = ask
        name = wanted if isinstance(wanted, str) else pick(self._possible(), wanted)
        self.later((1, 5, 30)[three % 3])
        if not steps.permits(Step(self.dialogue.step), name):
            there = [planned.step for planned in self.plan.steps if steps.permits(planned.step, name)]
            yield from self._try("go_to_step", lambda: (MARA, COCKPIT_SCOPE, {"step": pick(there, three)}))
        yield from self._try(name, lambda: getattr(self, f"_{name}")(one, two, three))

    def _possible(self) -> list[str]:
        """The acts of this step three times, and once those of every step; nobody closes the dialogue for good."""
        own = steps.PERMITTED[Step(self.dialogue.step)] - {"close_dialogue"}
        return [*sorted(own), "undo", "redo"] * 3 + sorted(steps.ALWAYS)

    def _try(self, name: str, choose: Callable[[], tuple[Actor, str, dict[str, Any]]]) -> Iterator[tuple[str, Outcome]]:
        try:
            by, scope, what = choose()
            command: Command = self.asked(ACTS[name], by, scope, **what)
            with self.store.writing() as db:
                outcome = carry_out(db, ACTS[name], command)
        except (Refused, errors.RuleBroken) as refusal:
            self.refused[type(refusal).__name__] += 1
            return
        if outcome.happenings:
            self.applied[name] += 1
        self.look()
        yield name, outcome

    def _somebody(self, number: int) -> Participant:
        if not self.people:
            raise Refused
        person: Participant = pick(self.people, number)
        return person

    def _card(self, number: int, **like: bool) -> Card:
        found = [c for c in self.all_cards if all(getattr(c, name) == value for name, value in like.items())]
        if not found:
            raise Refused
        card: Card = pick(found, number)
        return card

    def _topic(self, number: int) -> Any:
        if not self.topics:
            raise Refused
        return pick(self.topics, number)

    def _author(self, card: Card) -> Actor:
        return Actor(Role.PARTICIPANT, card.author_id) if card.author_id else MARA

    def _cockpit(self, **what: Any) -> tuple[Actor, str, dict[str, Any]]:
        return MARA, COCKPIT_SCOPE, what

    def _board(self, group_id: str, /, **what: Any) -> tuple[Actor, str, dict[str, Any]]:
        return MARA, board_scope(group_id), what

    # --- The room

    def _join_dialogue(self, one: int, two: int, _three: int) -> Any:
        needs = {
            "needs_interpreter": two % 5 == 4,
            "languages": ("uk", "ru")[: two % 3],
            "organisation": "AWO" * (two % 2),
        }
        return GUEST, "", {"stakeholder": pick(STAKEHOLDERS, one), "device_hash": f"h{self.acts}", "seed": two, **needs}

    def _welcome_by_hand(self, one: int, two: int, _three: int) -> Any:
        return self._cockpit(stakeholder=pick(STAKEHOLDERS, one), seed=two, needs_interpreter=two % 5 == 4)

    def _move_person(self, one: int, two: int, _three: int) -> Any:
        return self._cockpit(person_id=self._somebody(one).id, group_id=pick(self.groups_now, two))

    def _remove_person(self, one: int, _two: int, _three: int) -> Any:
        return self._cockpit(person_id=self._somebody(one).id)

    def _change_phone(self, one: int, _two: int, _three: int) -> Any:
        return GUEST, "", {"number": self._somebody(one).number, "device_hash": f"h{self.acts}"}

    def _open_door(self, *_numbers: int) -> Any:
        return self._cockpit()

    _close_door = _open_voting = _close_voting = _reveal_result = _close_dialogue = _open_door

    def _go_to_step(self, one: int, _two: int, _three: int) -> Any:
        return self._cockpit(step=pick([planned.step for planned in self.plan.steps], one))

    def _set_timer(self, one: int, two: int, _three: int) -> Any:
        return self._cockpit(way=pick(("start", "extend", "stop"), one), minutes=two)

    def _show_picture(self, one: int, _two: int, _three: int) -> Any:
        keys = tuple(stakeholder.key for stakeholder in self.plan.participating)
        can = steps.pictures(Step(self.dialogue.step), keys, self.dialogue.voting == "revealed")
        return self._cockpit(picture=pick([*can, "step"], one))

    def _make_link(self, one: int, two: int, _three: int) -> Any:
        return self._cockpit(kind=pick(list(LinkKind), one), group_id=pick(self.groups_now, two))

    def _revoke_link(self, one: int, _two: int, _three: int) -> Any:
        if not self.links:
            raise Refused
        return self._cockpit(link_id=pick(self.links, one).id)

    def _change_plan(self, one: int, two: int, _three: int) -> Any:
        """Another title, other limits, and the ninth stakeholder who now takes part, or no longer."""
        changed = [
            s.model_copy(update={"participates": not s.participates})
            if s.key in pick(("politik", TRAEGER, ""), one)
            else s
            for s in self.plan.stakeholders
        ]
        limits = self.plan.limits.model_copy(update={"votes_per_person": 2 + two % 2, "people_per_group": 2 + two % 3})
        return self._cockpit(
            plan=self.plan.model_copy(
                update={"title": f"Titel {two}", "stakeholders": tuple(changed), "limits": limits}
            )
        )

    def _undo(self, one: int, two: int, _three: int) -> Any:
        return MARA, COCKPIT_SCOPE if two % 2 == 0 else board_scope(pick(self.groups_now, one)), {}

    _redo = _undo

    # --- Cards

    def _post_card(self, one: int, two: int, three: int) -> Any:
        what = {
            "valence": pick(list(Valence), two),
            "text": f"Gedanke {self.acts} von Mund zu Ohr",
            "addressees": [stakeholder.key for stakeholder in self.plan.stakeholders][
                two % 3 : two % 3 + 1 + three % 2
            ],
        }
        if one % 4 == 3:
            group_id = pick(self.groups_now, one)
            return self._board(group_id, group_id=group_id, **what)
        return Actor(Role.PARTICIPANT, self._somebody(one).id), "", what

    def _edit_card(self, one: int, two: int, _three: int) -> Any:
        card = self._card(one, withdrawn=False)
        keys = [stakeholder.key for stakeholder in self.plan.stakeholders]
        what = {
            "valence": pick(list(Valence), two),
            "text": f"Zweiter Gedanke {self.acts}",
            "addressees": keys[two % 5 :][:2],
        }
        return self._author(card), board_scope(card.group_id) if card.paper else "", {"card_id": card.id, **what}

    def _withdraw_card(self, one: int, _two: int, _three: int) -> Any:
        card = self._card(one, withdrawn=False)
        return self._author(card), board_scope(card.group_id) if card.paper else "", {"card_id": card.id}

    def _restore_card(self, one: int, _two: int, _three: int) -> Any:
        card = self._card(one, withdrawn=True)
        return self._author(card), board_scope(card.group_id) if card.paper else "", {"card_id": card.id}

    def _reveal_cards(self, one: int, two: int, _three: int) -> Any:
        return self._cockpit(group_id=pick(self.groups_now, one) if two % 3 else None)

    def _hide_card(self, one: int, _two: int, _three: int) -> Any:
        card = self._card(one, withdrawn=False, hidden=False)
        return self._board(card.group_id, card_id=card.id)

    def _show_card(self, one: int, _two: int, _three: int) -> Any:
        card = self._card(one, withdrawn=False, hidden=True)
        return self._board(card.group_id, card_id=card.id)

    # --- Topics

    def _in_group(self, group_id: str) -> list[str]:
        return [topic.id for topic in self.topics if topic.group_id == group_id]

    def _place_card(self, one: int, two: int, three: int) -> Any:
        card = self._card(one, withdrawn=False)
        others = [other.id for other in self.all_cards if other.group_id == card.group_id]
        topic_id = pick([*self._in_group(card.group_id), None], two)
        return self._board(card.group_id, card_id=card.id, topic_id=topic_id, before=pick([None, *others], three))

    def _place_cards(self, one: int, two: int, three: int) -> Any:
        card = self._card(one, withdrawn=False)
        others = [other.id for other in self.all_cards if other.group_id == card.group_id and not other.withdrawn]
        topic_id = pick([*self._in_group(card.group_id), None], two)
        return self._board(card.group_id, card_ids=[card.id, *others[: three % 3]], topic_id=topic_id)

    def _make_topic(self, one: int, two: int, _three: int) -> Any:
        group_id = pick(self.groups_now, one)
        cards = [card.id for card in self.all_cards if card.group_id == group_id and not card.withdrawn]
        return self._board(group_id, group_id=group_id, title="Zeit" * (two % 3 > 0), card_ids=cards[: two % 4])

    def _name_topic(self, one: int, _two: int, _three: int) -> Any:
        topic = self._topic(one)
        return self._board(topic.group_id, topic_id=topic.id, title=f"Thema {self.acts}")

    def _categorise_topic(self, one: int, two: int, _three: int) -> Any:
        topic = self._topic(one)
        category = pick([*[category.key for category in self.plan.categories], None], two)
        return self._board(topic.group_id, topic_id=topic.id, category=category)

    def _place_topic(self, one: int, two: int, _three: int) -> Any:
        topic = self._topic(one)
        return self._board(topic.group_id, topic_id=topic.id, before=pick(self._in_group(topic.group_id), two))

    def _merge_topics(self, one: int, two: int, _three: int) -> Any:
        topic = self._topic(one)
        others = [other for other in self._in_group(topic.group_id) if other != topic.id]
        return self._board(topic.group_id, topic_id=topic.id, into=pick(others or [topic.id], two))

    def _split_topic(self, one: int, two: int, _three: int) -> Any:
        inside = {topic.id: [c.id for c in self.all_cards if c.topic_id == topic.id] for topic in self.topics}
        full = [topic for topic in self.topics if len(inside[topic.id]) > 1]
        topic = pick(full, one) if full else self._topic(one)
        return self._board(topic.group_id, topic_id=topic.id, card_ids=inside[topic.id][: 1 + two % 2])

    def _remove_topic(self, one: int, _two: int, _three: int) -> Any:
        topic = self._topic(one)
        return self._board(topic.group_id, topic_id=topic.id)

    def _nominate_topics(self, one: int, two: int, three: int) -> Any:
        person = self._somebody(one)
        mine = [topic.id for topic in self.topics if topic.group_id == person.group_id and topic.title]
        chosen = (mine[three % 2 :] + mine)[: 1 + two % 3]
        by = Actor(Role.PARTICIPANT, person.id) if person.has_phone else MARA
        return by, "", {"group_id": person.group_id, "topic_ids": list(dict.fromkeys(chosen))}

    # --- Votes

    def _join_topics(self, one: int, two: int, _three: int) -> Any:
        return self._cockpit(topic_id=pick(self.ballot, one) or "none", into=pick(self.ballot, two) or "none")

    def _part_topic(self, one: int, _two: int, _three: int) -> Any:
        joined = [topic for topic in self.topics if topic.joined_to]
        return self._cockpit(topic_id=(pick(joined, one) or self._topic(one)).id)

    def _cast_ballot(self, one: int, two: int, three: int) -> Any:
        person = self._somebody(one)
        votes = dict.fromkeys((self.ballot[two % 3 :] + self.ballot)[: three % 4], 1)
        if person.has_phone:
            return Actor(Role.PARTICIPANT, person.id), "", {"votes": votes}
        return self._board(person.group_id, votes=votes, person_id=person.id)

    def _choose_topics(self, one: int, two: int, _three: int) -> Any:
        return self._cockpit(topic_ids=self.ballot[one % 2 :][: 1 + two % 3])
