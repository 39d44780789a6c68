"""Two mixed tables to test: Anna and Ben sit at the first, Dora at the second. Mara moderates."""

import json
from typing import Any

from werkzeug.test import TestResponse

from dialog import queries, table_queries
from dialog.commands.choose_topics import ChooseTopics, choose_topics
from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.commands.seat_person import SeatPerson, seat_person
from dialog.commands.show_tables import ShowTables, show_tables
from dialog.commands.write_benefit import WriteBenefit, write_benefit
from dialog.commands.write_proposal import WriteProposal, write_proposal
from dialog.commands.write_vision import WriteVision, write_vision
from dialog.events import EntryState, ProposalContent
from dialog.models import Link
from dialog.words import LinkKind, Step, Valence
from sessions.identity import sign_link
from tests.web.house import Guest, House

NOTHING = {
    "what": "", "first_step": "", "level": None, "process_step": None,
    "needs": (), "card_ids": (), "benefit_ids": (),
}  # fmt: skip


class Tables:
    """Both tables are shown and work on "Erreichbarkeit"; the dialogue stands in `step`."""

    def __init__(self, house: House, step: Step = Step.ENVISION, topic: bool = True) -> None:
        self.house = house
        self.anna, self.ben = house.joins("jobcenter"), house.joins("leistungsberechtigte")
        self.dora = house.joins("traeger")
        self.card_ids = self._first_round() if topic else []
        house.goes_to(Step.MIX)
        house.does(draw_mixed_groups, DrawMixedGroups, tables=2, seed=1)
        self.first, self.second = (table.id for table in house.looks(table_queries.tables, house.dialogue_id))
        for guest, table_id in ((self.anna, self.first), (self.ben, self.first), (self.dora, self.second)):
            house.does(seat_person, SeatPerson, person_id=guest.id, table_id=table_id)
        house.does(show_tables, ShowTables)
        house.goes_to(step)
        self.mara = house.mara()

    def _first_round(self) -> list[str]:
        """One topic of Anna's group with two cards, chosen for round 2."""
        self.house.goes_to(Step.COLLECT)
        cards = [self._card(text) for text in ("Niemand geht ans Telefon", "Der Empfang ist freundlich")]
        self.house.does(reveal_cards, RevealCards)
        self.house.goes_to(Step.NOMINATE)
        group_id = self.anna.group_id
        made = self.house.does(make_topic, MakeTopic, group_id=group_id, title="Erreichbarkeit", card_ids=cards)
        topic_id = made.happenings[0].topic.id
        self.house.does(nominate_topics, NominateTopics, group_id=group_id, topic_ids=(topic_id,))
        self.house.goes_to(Step.MIRROR)
        self.house.does(choose_topics, ChooseTopics, topic_ids=(topic_id,))
        return cards

    def _card(self, text: str) -> str:
        said = {"valence": Valence.FAILS, "text": text, "addressees": ("traeger",)}
        return str(self.house.does(post_card, PostCard, **self.house.acting(self.anna), **said).happenings[0].card.id)

    # What the table already has, written by somebody's command.

    def vision(self, text: str = "Alle sind erreichbar", plain: str = "", table_id: str = "") -> str:
        fields = {"text": text, "plain": plain, "table_id": table_id or self.first}
        return self._made(self.house.does(write_vision, WriteVision, **fields))

    def benefit(self, stakeholder: str = "jobcenter", text: str = "Weniger Rückfragen") -> str:
        fields = {"stakeholder": stakeholder, "text": text, "table_id": self.first}
        return self._made(self.house.does(write_benefit, WriteBenefit, **fields))

    def proposal(self, title: str = "Eine Nummer für alle", **more: Any) -> str:
        content = ProposalContent(kind="proposal", title=title, **{**NOTHING, **more})
        return self._made(self.house.does(write_proposal, WriteProposal, content=content, table_id=self.first))

    def _made(self, outcome: Any) -> str:
        return str(outcome.happenings[0].entry.id)

    # What phones and tablets send.

    def phone(self, path: str = "") -> str:
        return f"/d/{self.house.dialogue_id}/{path}"

    def tablet(self, path: str = "", table_id: str = "") -> str:
        return f"/b/{self.house.dialogue_id}/{table_id or self.first}/{path}"

    def writes(self, guest: Guest, kind: str, **fields: Any) -> TestResponse:
        return guest.browser.post(self.phone(f"write/{kind}"), **fields)

    def edits(self, guest: Guest, entry_id: str, was: dict[str, Any], **fields: Any) -> TestResponse:
        sent = {name: value for name, value in {**was, **fields}.items() if value is not None and name != "kind"}
        key = {name: fields[name] for name in ("json", "key") if name in fields}
        sent = {name: value for name, value in sent.items() if name not in key}
        return guest.browser.post(self.phone(f"entries/{entry_id}"), was=json.dumps(was), **sent, **key)

    def link(self, kind: LinkKind, table_id: str | None = None) -> str:
        """The address of a link handed out."""
        link_id = self.house.does(make_link, MakeLink, kind=kind, group_id=table_id).happenings[0].link_id
        with self.house.app.app_context():
            return f"/k/{sign_link(self.house.looks(lambda db: db.get(Link, link_id)))}"

    # What stands there now.

    def entries(self, kind: str | None = None, table_id: str = "") -> list[EntryState]:
        return list(self.house.looks(table_queries.entries, self.house.dialogue_id, table_id or self.first, kind))

    def content(self, entry_id: str) -> dict[str, Any]:
        row = self.house.looks(table_queries.entry, self.house.dialogue_id, entry_id)
        return dict(table_queries.entry_state(row).content.model_dump(mode="json"))

    def page(self, guest: Guest, path: str = "") -> str:
        answer = guest.browser.get(self.phone(path))
        assert answer.status_code == 200, answer.text
        return answer.text

    @property
    def seq(self) -> int:
        return int(self.house.looks(queries.dialogue, self.house.dialogue_id).seq)
