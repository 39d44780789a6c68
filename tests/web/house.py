"""A house to test in: a server with a forum, a dialogue, and the people of our tests with their browsers.

Mara moderates, Anna and Ben are in the room, Carl is not.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dialog import queries
from dialog.acting import COCKPIT_SCOPE, Actor, Command
from dialog.commands.go_to_step import GoToStep, go_to_step
from dialog.commands.join_dialogue import JoinDialogue, join_dialogue
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.format import Plan, all_formats
from dialog.journal import Outcome
from dialog.models import Account, Forum, Participant
from dialog.words import Role, Step
from sessions.identity import new_device
from sessions.perform import perform, prepare, store

TODAY = date(2026, 11, 23)
PASSWORD_HASH = "not a password anybody has"


class Browser:
    """One person's browser: keeps its cookie, and fills in what every form of ours has."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, json: bool = False) -> TestResponse:
        return self.client.get(path, headers={"Accept": "application/json" if json else "text/html"})

    def post(self, path: str, json: bool = True, key: str = "", **fields: Any) -> TestResponse:
        """Post a form as the script does (`json`), or as a browser without script."""
        token = self.client.get("/token").json["token"]
        values = {"csrf_token": token, "client_key": key or secrets.token_urlsafe(18), **fields}
        accept = "application/json" if json else "text/html"
        return self.client.post(path, data=values, headers={"Accept": accept})


@dataclass
class Guest:
    """Somebody in the room: the browser, and who it is to the server."""

    browser: Browser
    id: str
    group_id: str
    number: str


class House:
    """A running server with one dialogue of 2 stakeholders' worth of people to come."""

    def __init__(self, app: Flask, **limits: int) -> None:
        self.app = app
        self.dialogue_id = secrets.token_hex(8)
        self.forum_id = secrets.token_hex(8)
        self.mara_id = secrets.token_hex(8)
        self.moderator = Actor(Role.MODERATOR, self.mara_id)
        with app.app_context():
            with store().writing() as db:
                db.add(Forum(id=self.forum_id, name="Region"))
                db.flush()
                db.add(self._account(self.mara_id, f"mara-{self.mara_id}", Role.MODERATOR, self.forum_id))
            prepare(
                plan_dialogue,
                PlanDialogue(
                    dialogue_id=self.dialogue_id,
                    forum_id=self.forum_id,
                    plan=plan(**limits),
                    now=datetime.now(UTC),
                    seed=secrets.randbits(32),
                ),
            )

    def _account(self, account_id: str, name: str, role: str, forum_id: str) -> Account:
        return Account(
            id=account_id, forum_id=forum_id, name=name, password_hash=PASSWORD_HASH, role=role, sign_in_epoch=0
        )

    def carl(self) -> Browser:
        """A browser that nobody knows."""
        return Browser(self.app.test_client())

    def mara(self) -> Browser:
        """The moderator's browser, signed in."""
        return self.signed_in(self.mara_id)

    def signed_in(self, account_id: str) -> Browser:
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["account"] = [account_id, 0]
        return Browser(client)

    def stranger(self) -> Browser:
        """A moderator of another forum."""
        forum_id, account_id = secrets.token_hex(8), secrets.token_hex(8)
        with self.app.app_context(), store().writing() as db:
            db.add(Forum(id=forum_id, name="Elsewhere"))
            db.flush()
            db.add(self._account(account_id, f"x-{account_id}", Role.MODERATOR, forum_id))
        return self.signed_in(account_id)

    def analyst(self) -> Browser:
        """An analyst of this forum."""
        account_id = secrets.token_hex(8)
        with self.app.app_context(), store().writing() as db:
            db.add(self._account(account_id, f"a-{account_id}", "analyst", self.forum_id))
        return self.signed_in(account_id)

    def joins(self, stakeholder: str = "jobcenter", **traits: Any) -> Guest:
        """Somebody comes in with an own phone."""
        key = secrets.token_urlsafe(18)
        with self.app.app_context():
            device, device_hash = new_device(key)
        outcome = self.does(
            join_dialogue,
            JoinDialogue,
            by=Actor(Role.GUEST, key),
            scope="",
            stakeholder=stakeholder,
            device_hash=device_hash,
            seed=secrets.randbits(32),
            **traits,
        )
        person = next(h.person for h in outcome.happenings if type(h).__name__ == "PersonArrived")
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["people"] = {self.dialogue_id: [person.id, device]}
        return Guest(Browser(client), person.id, person.group_id, person.number)

    def does(self, act: Callable[..., Any], command: type[Command], **fields: Any) -> Outcome:
        """Carry out an act as the server does, as Mara in the cockpit unless `by` and `scope` say otherwise."""
        base = {
            "dialogue_id": self.dialogue_id,
            "by": self.moderator,
            "now": datetime.now(UTC),
            "client_key": secrets.token_urlsafe(18),
            "scope": COCKPIT_SCOPE,
        }
        with self.app.app_context():
            return perform(act, command(**{**base, **fields}))

    def goes_to(self, step: Step) -> None:
        self.does(go_to_step, GoToStep, step=step)

    def acting(self, guest: Guest) -> dict[str, Any]:
        return {"by": Actor(Role.PARTICIPANT, guest.id), "scope": ""}

    def looks(self, question: Callable[..., Any], *of: Any) -> Any:
        """Ask the database as it is now."""
        with self.app.app_context(), store().reading() as db:
            return question(db, *of)

    @property
    def code(self) -> str:
        return str(self.looks(queries.dialogue, self.dialogue_id).code)

    @property
    def groups(self) -> list[str]:
        return [group.id for group in self.looks(queries.groups, self.dialogue_id)]

    def person(self, person_id: str) -> Participant:
        found = self.looks(lambda db: db.get(Participant, person_id))
        assert found is not None
        return found


def numbers_in(page: str) -> list[str]:
    """The numbers of four digits that a page tells; those inside an id, a token or an address are none."""
    return re.findall(r"(?<!\w)\d{4}(?!\w)", page)


def plan(**limits: int) -> Plan:
    """The regional dialogue with today's date, for a small room."""
    format_ = all_formats()["regionaler-arbeitsmarktdialog"]
    return Plan(
        **{**format_.model_dump(), "limits": {**format_.limits.model_dump(), **limits}},
        title="Dialog im Test",
        place="Region Nord",
        held_on=TODAY,
        deletes_on=TODAY + timedelta(days=365),
        expected={"jobcenter": 3, "traeger": 2, "leistungsberechtigte": 3},
    )
