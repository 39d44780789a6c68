"""An afternoon up to the vote: cards, topics, nominations and ballots of a room full of people, all through acts."""

import random
import re
from collections.abc import Callable, Mapping
from typing import Any

from dialog import queries
from dialog.commands.cast_ballot import CastBallot, cast_ballot
from dialog.commands.close_voting import CloseVoting, close_voting
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.open_voting import OpenVoting, open_voting
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.commands.reveal_result import RevealResult, reveal_result
from dialog.format import Plan
from dialog.models import Link
from dialog.words import LinkKind, Step, Valence, Voting
from sessions.identity import sign_link
from tests.web.house import Browser, Guest, House

NORD = {"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}


class Afternoon:
    """The vote is open and everybody has voted but Ben, who watches, and the stakeholder who is `silent`."""

    def __init__(self, house: House, people: Mapping[str, int] = NORD, silent: str = "", seed: int = 1) -> None:
        self.house = house
        self.guests = [(who, house.joins(who)) for who, count in people.items() for _ in range(count)]
        self.ben = house.joins(silent or "traeger")
        self.silent = silent
        chance = random.Random(seed)
        house.goes_to(Step.COLLECT)
        for number, (_who, guest) in enumerate(self.guests):
            self._writes(guest, number, chance)
        house.does(reveal_cards, RevealCards)
        house.goes_to(Step.NOMINATE)
        for group in house.looks(queries.groups, house.dialogue_id):
            self._nominates(group.id, group.name)
        house.goes_to(Step.WEIGH)
        house.does(open_voting, OpenVoting)
        self.everybody_votes(chance)
        house.does(make_link, MakeLink, kind=LinkKind.SCREEN)

    def _writes(self, guest: Guest, number: int, chance: random.Random) -> None:
        addressees = [stakeholder.key for stakeholder in self.plan.stakeholders]
        for valence in Valence:
            self.house.does(
                post_card,
                PostCard,
                **self.house.acting(guest),
                valence=valence,
                text=f"Gedanke {number} dazu, was {valence} ist",
                addressees=tuple(chance.sample(addressees, chance.randint(1, 3))),
            )

    def _nominates(self, group_id: str, name: str) -> None:
        for number in range(2):
            title = f"Thema {number + 1} von {name}"
            self.house.does(make_topic, MakeTopic, group_id=group_id, title=title)
        topics = self.house.looks(queries.topics, self.house.dialogue_id, group_id)
        topic_ids = tuple(topic.id for topic in topics)
        self.house.does(nominate_topics, NominateTopics, group_id=group_id, topic_ids=topic_ids)

    def everybody_votes(self, chance: random.Random) -> None:
        topics = [topic.id for topic in self.house.looks(queries.ballot_topics, self.house.dialogue_id)]
        for who, guest in self.guests:
            if who != self.silent:
                votes = dict.fromkeys(chance.sample(topics, chance.randint(1, 3)), 1)
                self.house.does(cast_ballot, CastBallot, **self.house.acting(guest), votes=votes)

    def counts(self) -> None:
        """Close the vote and reveal its result."""
        self.house.does(close_voting, CloseVoting)
        self.house.does(reveal_result, RevealResult)
        assert self.house.looks(queries.dialogue, self.house.dialogue_id).voting == Voting.REVEALED

    @property
    def plan(self) -> Plan:
        return queries.plan(self.house.looks(queries.dialogue, self.house.dialogue_id))

    def presented(self, present: Callable[..., Any], *more: Any) -> Any:
        """What a presenter makes of the dialogue as it is now, in German."""
        with self.house.app.test_request_context("/"):
            return self.house.looks(
                lambda db: present(db, queries.dialogue(db, self.house.dialogue_id), *more),
            )

    @property
    def wall_address(self) -> str:
        def sign(db: Any) -> str:
            return sign_link(db.query(Link).filter_by(dialogue_id=self.house.dialogue_id, kind=LinkKind.SCREEN).one())

        return f"/s/{self.house.dialogue_id}/{self.house.looks(sign)}/"

    def wall(self, query: str = "") -> str:
        return self.house.carl().get(self.wall_address + query).text

    def pages(self) -> dict[str, str]:
        """The pages that everybody looks at, once a result is there: projector, cockpit, a phone."""
        mara, dialogue_id = self.house.mara(), self.house.dialogue_id
        return {
            "projector": self.wall(),
            "cockpit": read(mara, f"/m/{dialogue_id}/"),
            "phone": read(self.ben.browser, f"/d/{dialogue_id}/"),
        }

    def payloads(self) -> dict[str, str]:
        """Everything that can be asked for by people who have not voted themselves, without what is new each time."""
        mara, dialogue_id, group_id = self.house.mara(), self.house.dialogue_id, self.ben.group_id
        asked = {
            "projector's board": (self.house.carl(), f"{self.wall_address}board.json"),
            "cockpit's board": (mara, f"/m/{dialogue_id}/board.json"),
            "phone's board": (self.ben.browser, f"/d/{dialogue_id}/board.json"),
            "group's page": (mara, f"/b/{dialogue_id}/{group_id}/"),
            "group's board": (mara, f"/b/{dialogue_id}/{group_id}/board.json"),
        }
        told = {name: read(browser, path) for name, (browser, path) in asked.items()}
        return {name: lasting(payload) for name, payload in (told | self.pages()).items()}


def read(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.text


def lasting(payload: str) -> str:
    """The payload without random keys, the number of the last act and what only tells the time."""
    payload = re.sub(r'<input[^>]*name="(csrf_token|client_key)"[^>]*>', "", payload)
    payload = re.sub(r'(data-slot="clock">)[^<]*', r"\1", payload)
    return re.sub(r'"(seq|now)": ?\d+', "", payload)
