"""Plays a dialogue of the example forum, act by act, as the people in the room and their moderator would.

Everything goes through the commands of the method, so an example is exactly what a held dialogue is. What people choose
comes from a fixed seed; codes and numbers, which open something, come from the system.
"""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from dialog import queries
from dialog.acting import COCKPIT_SCOPE, Actor, Command, board_scope
from dialog.commands.cast_ballot import CastBallot, cast_ballot
from dialog.commands.categorise_topic import CategoriseTopic, categorise_topic
from dialog.commands.go_to_step import GoToStep, go_to_step
from dialog.commands.join_dialogue import JoinDialogue, join_dialogue
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.commands.welcome_by_hand import WelcomeByHand, welcome_by_hand
from dialog.events import CardPosted, PersonArrived, PersonState
from dialog.format import Plan, all_formats
from dialog.journal import carry_out
from dialog.store import Db
from dialog.words import Role, Step, Valence
from sessions.identity import new_device

DATA = Path(__file__).parent / "demo_data"
FORMAT = "regionaler-arbeitsmarktdialog"
KEPT_FOR = timedelta(days=365)
PACE = timedelta(seconds=4)
"""How far apart the acts of an example lie."""

VALENCE = {"works": Valence.WORKS, "does_not_work": Valence.FAILS}
"""The data set's words for the two kinds of cards."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference data set, and how the groups of the example sort it."""

    dialogues: Sequence[Mapping[str, Any]]
    cards: Sequence[Mapping[str, Any]]
    topics: Mapping[str, Sequence[Mapping[str, Any]]]
    """By stakeholder, the most important first."""
    solutions: Sequence[Mapping[str, Any]]
    """What the tables of round 2 propose: theme, title, level, process_step."""


def read_reference() -> Reference:
    data = json.loads((DATA / "arbeitsmarktdialoge.json").read_text(encoding="utf-8"))
    topics = yaml.safe_load((DATA / "topics.yaml").read_text(encoding="utf-8"))
    return Reference(data["dialogues"], data["cards"], topics, data["solutions"])


class Room:
    """One dialogue while it is played. `now` is when it begins; every act moves it on a little."""

    def __init__(self, db: Db, forum_id: str, moderator: Actor, place: str, expected: Mapping[str, int], now: datetime):
        self.db, self.moderator, self.now = db, moderator, now
        self.random = Random(place)
        self.people: list[PersonState] = []
        self.card_of: dict[str, str] = {}
        self.topic_of: dict[tuple[str, str], str] = {}
        """By group id and title: several groups of a stakeholder may have a topic of the same name."""
        plan = _plan(place, expected, now.date())
        seed = secrets.randbits(64)
        command = PlanDialogue(dialogue_id=secrets.token_hex(8), forum_id=forum_id, plan=plan, now=now, seed=seed)
        self.dialogue_id = plan_dialogue(db, command).id

    def does(self, act: Callable[..., Any], command: type[Command], **fields: Any) -> Sequence[Any]:
        """Carry out one act, by the moderator in the cockpit unless `by` and `scope` say otherwise."""
        self.now += PACE
        asked = {"by": self.moderator, "scope": COCKPIT_SCOPE, "client_key": secrets.token_urlsafe(18), **fields}
        made = command(dialogue_id=self.dialogue_id, now=self.now, **asked)
        return carry_out(self.db, act, made).happenings

    def goes_to(self, step: Step) -> None:
        self.does(go_to_step, GoToStep, step=step)

    def topic(self, title: str) -> str:
        """The topic with this title, of the first group that has one."""
        return next(topic_id for (_group, own), topic_id in self.topic_of.items() if own == title)

    def everybody_arrives(self, counts: Mapping[str, int], without_phone: int) -> None:
        """People come in mixed order; the last of those who receive benefits have no phone."""
        coming = [key for key, count in counts.items() for _ in range(count)]
        self.random.shuffle(coming)
        by_hand = {at for at, key in enumerate(coming) if key == "leistungsberechtigte"}
        by_hand = set(sorted(by_hand)[-without_phone:]) if without_phone else set()
        for at, key in enumerate(coming):
            seed = secrets.randbits(64)
            if at in by_hand:
                happenings = self.does(welcome_by_hand, WelcomeByHand, stakeholder=key, seed=seed)
            else:
                guest = secrets.token_urlsafe(18)
                happenings = self.does(
                    join_dialogue,
                    JoinDialogue,
                    by=Actor(Role.GUEST, guest),
                    scope="",
                    stakeholder=key,
                    device_hash=new_device(guest)[1],
                    seed=seed,
                )
            self.people += [told.person for told in happenings if isinstance(told, PersonArrived)]

    def everybody_writes(self, cards: Sequence[Mapping[str, Any]]) -> None:
        """Each card goes to somebody of its stakeholder; who has no phone writes on paper."""
        turn = dict.fromkeys({person.stakeholder for person in self.people}, 0)
        for card in self.random.sample(list(cards), len(cards)):
            own = [person for person in self.people if person.stakeholder == card["author"]]
            author = own[turn[card["author"]] % len(own)]
            turn[card["author"]] += 1
            by = {"group_id": author.group_id, "scope": board_scope(author.group_id)}
            if author.has_phone:
                by = {"by": Actor(Role.PARTICIPANT, author.id), "scope": ""}
            happenings = self.does(
                post_card,
                PostCard,
                **by,
                valence=VALENCE[card["valence"]],
                text=card["text"],
                addressees=card["addressees"],
            )
            self.card_of.update((told.card.text, told.card.id) for told in happenings if isinstance(told, CardPosted))

    def reveals(self) -> None:
        self.does(reveal_cards, RevealCards)

    def groups_sort(self, topics: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Each group makes its topics of the cards it has, names them and gives them a category."""
        for group in queries.groups(self.db, self.dialogue_id):
            scope = board_scope(group.id)
            here = {card.id for card in queries.cards(self.db, self.dialogue_id, group.id)}
            for topic in topics.get(group.stakeholder, ()):
                cards = [card for text in topic["cards"] if (card := self.card_of.get(text)) in here]
                if not cards:
                    continue
                made = self.does(
                    make_topic, MakeTopic, scope=scope, group_id=group.id, title=topic["title"], card_ids=cards
                )
                topic_id = self.topic_of[group.id, topic["title"]] = made[0].topic.id
                self.does(categorise_topic, CategoriseTopic, scope=scope, topic_id=topic_id, category=topic["category"])

    def groups_nominate(self, topics: Mapping[str, Sequence[Mapping[str, Any]]], count: int = 3) -> None:
        """Each group nominates its first topics, in an order of its own; somebody with a phone sends it."""
        for group in queries.groups(self.db, self.dialogue_id):
            known = [self.topic_of.get((group.id, topic["title"])) for topic in topics[group.stakeholder]]
            own = [topic_id for topic_id in known if topic_id is not None]
            chosen = self.random.sample(own[:count], len(own[:count]))
            sender = next(person for person in self.people if person.group_id == group.id and person.has_phone)
            by = Actor(Role.PARTICIPANT, sender.id)
            self.does(nominate_topics, NominateTopics, by=by, scope="", group_id=group.id, topic_ids=chosen)

    def people_vote(self, topics: Mapping[str, Sequence[Mapping[str, Any]]], turnout: float) -> None:
        """People give up to 3 votes: the own group's topics weigh more, and some give none."""
        by_title = {topic["title"]: topic["weight"] for own in topics.values() for topic in own}
        weight = {topic_id: by_title[title] for (_group, title), topic_id in self.topic_of.items()}
        ballot = queries.ballot_topics(self.db, self.dialogue_id)
        for person in self.people:
            if self.random.random() > turnout:
                continue
            left = {t.id: weight[t.id] * (1.5 if t.group_id == person.group_id else 1) for t in ballot}
            chosen: dict[str, int] = {}
            for _ in range(min(3, len(left))):
                topic_id = self.random.choices(list(left), list(left.values()))[0]
                chosen[topic_id] = 1
                del left[topic_id]
            by: dict[str, Any] = {"by": Actor(Role.PARTICIPANT, person.id), "scope": ""}
            if not person.has_phone:
                by = {"person_id": person.id}
            self.does(cast_ballot, CastBallot, **by, votes=chosen)


def _plan(place: str, expected: Mapping[str, int], held_on: date) -> Plan:
    format_ = all_formats()[FORMAT]
    return Plan(
        **format_.model_dump(),
        title=f"Arbeitsmarktdialog {place}",
        place=place,
        held_on=held_on,
        deletes_on=held_on + KEPT_FOR,
        expected=dict(expected),
    )
