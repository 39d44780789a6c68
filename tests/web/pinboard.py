"""A group's board to test: Anna and Ben sit at it, Mara runs it, Carl has found its address."""

from typing import Any

from werkzeug.test import TestResponse

from dialog import queries
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.revoke_link import RevokeLink, revoke_link
from dialog.models import Card, Link, Topic
from dialog.words import LinkKind, Step, Valence
from sessions.identity import sign_link
from tests.web.house import Guest, House


class Board:
    """The board of Anna's group, and who tries to run it."""

    def __init__(self, house: House, step: Step = Step.COLLECT) -> None:
        self.house = house
        self.anna = house.joins("jobcenter")
        self.ben = house.joins("jobcenter")
        self.other = house.joins("traeger")
        self.group_id = self.anna.group_id
        self.url = self.address(self.group_id)
        self.mara = house.mara()
        house.goes_to(step)

    def address(self, group_id: str) -> str:
        return f"/b/{self.house.dialogue_id}/{group_id}/"

    def post(self, path: str, **fields: Any) -> TestResponse:
        return self.mara.post(self.url + path, **fields)

    def writes(self, guest: Guest, text: str, valence: Valence = Valence.FAILS) -> str:
        """Somebody pins a card with the own phone; its id."""
        outcome = self.house.does(
            post_card, PostCard, **self.house.acting(guest), valence=valence, text=text, addressees=["traeger"]
        )
        return str(outcome.happenings[0].card.id)

    def topic(self, title: str = "", *card_ids: str, group_id: str = "") -> str:
        outcome = self.house.does(
            make_topic, MakeTopic, group_id=group_id or self.group_id, title=title, card_ids=card_ids
        )
        return str(outcome.happenings[0].topic.id)

    def opened(self, step: Step = Step.SORT) -> "Board":
        """The cards are revealed and the dialogue has gone on."""
        assert self.post("reveal").status_code == 200
        self.house.goes_to(step)
        return self

    def link(self, kind: LinkKind, group_id: str | None = None) -> tuple[str, str]:
        """A link handed out: its id and its address."""
        link_id = self.house.does(make_link, MakeLink, kind=kind, group_id=group_id).happenings[0].link_id
        with self.house.app.app_context():
            return link_id, f"/k/{sign_link(self.house.looks(lambda db: db.get(Link, link_id)))}"

    def revoke(self, link_id: str) -> None:
        self.house.does(revoke_link, RevokeLink, link_id=link_id)

    def card(self, card_id: str) -> Card:
        found = self.house.looks(lambda db: db.get(Card, card_id))
        assert found is not None
        return found

    def topics(self) -> list[Topic]:
        return list(self.house.looks(queries.topics, self.house.dialogue_id, self.group_id))

    def order(self, topic_id: str | None = None) -> list[str]:
        cards = self.house.looks(queries.cards, self.house.dialogue_id, self.group_id)
        return [card.id for card in cards if card.topic_id == topic_id]

    def snapshot(self) -> dict[str, Any]:
        return dict(self.mara.get(f"{self.url}board.json", json=True).json)
