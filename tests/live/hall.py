"""A hall: the real server, and people with browsers and connections of their own.

Mara moderates, Anna and Ben are in the room, Carl is not. Everything they do goes over HTTP to the server's process.
"""

import json
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import engineio
import requests
import socketio
from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from dialog import queries
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.models import Account, Forum, Participant
from dialog.store import Store
from tests.people import small_plan
from tests.server import Server

SECRET_KEY = "a key that only the tests know"
SOON = 30
"""Seconds to wait for a fact, on a machine that is busy with other tests as well."""
Frame = dict[str, Any]


def signed(**kept: Any) -> str:
    """A cookie as the server signs it."""
    app = Flask(__name__)
    app.secret_key = SECRET_KEY
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps(kept))


class Browser:
    """One browser: keeps the cookie and fills in what every form has."""

    def __init__(self, url: str, cookie: str = "") -> None:
        self.url, self.cookie, self.token = url, cookie, ""

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> requests.Response:
        told = {"Accept": "application/json", "Cookie": f"dialog={self.cookie}", **(headers or {})}
        answer = requests.request(method, self.url + path, headers=told, timeout=60, allow_redirects=False, **more)
        self.cookie = answer.cookies.get("dialog", self.cookie)
        return answer

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.ask("GET", path, headers)

    def post(self, path: str, key: str = "", **fields: Any) -> requests.Response:
        """Post a form as the script does."""
        if not self.cookie or not self.token:
            self.token = self.get("/token").json()["token"]
        values = {"csrf_token": self.token, "client_key": key or secrets.token_urlsafe(18), **fields}
        return self.ask("POST", path, data=values)

    def does(self, path: str, **fields: Any) -> int:
        """Post a form that must be taken; the number of the act."""
        answer = self.post(path, **fields)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["seq"])


class Refused(Exception):
    """The server did not let a connection in; the first argument says why."""


class InOrder(engineio.Client):
    """python-engineio hands on each message in a thread of its own, so that two frames could change places."""

    def _trigger_event(self, event: str, *args: Any, **options: Any) -> Any:
        if event == "message" and str(args[0]).startswith("2"):
            options["run_async"] = False
        return super()._trigger_event(event, *args, **options)


class Listener(socketio.Client):
    """A client of Socket.IO that hears frames in the order in which they come."""

    def _engineio_client_class(self) -> type[engineio.Client]:
        return InOrder


class Ear:
    """A live connection: hears frames, in the order in which they come."""

    def __init__(self, url: str, cookie: str, greeting: Any, comes_back: bool = False, **headers: str) -> None:
        self.frames: list[Frame] = []
        self.ended = threading.Event()
        self._news = threading.Condition()
        self.client = Listener(reconnection=comes_back, reconnection_delay=0.1, handle_sigint=False)
        refusals: list[Any] = []
        self.client.on("frame", self._hear)
        self.client.on("disconnect", lambda *_reason: self.ended.set())
        self.client.on("connect_error", refusals.append)
        try:
            self.client.connect(
                url,
                headers={"Cookie": f"dialog={cookie}", **headers},
                auth=greeting,
                transports=["websocket"],
                wait_timeout=SOON,
            )
        except socketio.exceptions.ConnectionError as error:
            raise Refused(refusals[0] if refusals else str(error)) from None

    def _hear(self, frame: Frame) -> None:
        """Acts that come in one frame are kept one by one, as a page follows them."""
        with self._news:
            self.frames += [{"now": frame["now"], **act} for act in frame["acts"]]
            self._news.notify_all()

    def hears(self, seq: int, within: float = SOON) -> list[dict[str, Any]]:
        """The tidings of the first frame with this number, once it is there."""
        with self._news:
            assert self._news.wait_for(lambda: any(frame["seq"] == seq for frame in self.frames), within), (
                f"no frame {seq}; heard {self.seqs}"
            )
            return list(next(frame["tidings"] for frame in self.frames if frame["seq"] == seq))

    @property
    def seqs(self) -> list[int]:
        return [frame["seq"] for frame in self.frames]

    def after(self, seq: int) -> list[int]:
        """The numbers of the acts it heard of after this one, which may itself still have been on its way."""
        return [number for number in self.seqs if number > seq]

    @property
    def everything(self) -> str:
        return json.dumps(self.frames, ensure_ascii=False)

    def hang_up(self) -> None:
        self.client.disconnect()


@dataclass
class Guest:
    """Somebody in the room with an own phone."""

    browser: Browser
    id: str
    group_id: str
    number: str

    @property
    def cookie(self) -> str:
        return self.browser.cookie


class Hall:
    """A running server with one dialogue of this test's own."""

    def __init__(self, server: Server, store: Store, people: int = 18, **limits: int) -> None:
        """`people`: for how many it is planned, as many of each stakeholder. `limits`: what the plan has otherwise."""
        self.server, self.store = server, store
        self.forum_id, self.mara_id, self.id = secrets.token_hex(8), secrets.token_hex(8), secrets.token_hex(8)
        self.ears: list[Ear] = []
        self.mara = Browser(server.url, self._account(self.forum_id, self.mara_id))
        expected = dict.fromkeys(("jobcenter", "traeger", "leistungsberechtigte"), people // 3)
        plan = small_plan(expected, **{"people_per_group": 6, **limits})
        with store.writing() as db:
            seed, now = secrets.randbits(32), datetime.now(UTC)
            command = PlanDialogue(dialogue_id=self.id, forum_id=self.forum_id, plan=plan, now=now, seed=seed)
            self.code = plan_dialogue(db, command).code
            groups = queries.groups(db, self.id)
        self.group_of = {group.stakeholder: group.id for group in groups}

    def _account(self, forum_id: str, account_id: str) -> str:
        """A new account of a forum, made if need be; the cookie of who is signed in with it."""
        with self.store.writing() as db:
            if db.get(Forum, forum_id) is None:
                db.add(Forum(id=forum_id, name="Region"))
                db.flush()
            fields = {"password_hash": "nobody's", "role": "moderator", "sign_in_epoch": 0}
            db.add(Account(id=account_id, forum_id=forum_id, name=account_id, **fields))
        return signed(account=[account_id, 0])

    def stranger(self) -> Browser:
        """A moderator of another forum."""
        return Browser(self.server.url, self._account(secrets.token_hex(8), secrets.token_hex(8)))

    def joins(self, stakeholder: str = "jobcenter") -> Guest:
        """Somebody comes in by the code on the wall."""
        browser = Browser(self.server.url)
        browser.does(f"/{self.code}", stakeholder=stakeholder)
        with self.store.reading() as db:
            person = queries.everybody(db, self.id)[-1]
            return Guest(browser, person.id, person.group_id, person.number)

    def moderates(self, act: str, **fields: Any) -> int:
        return self.mara.does(f"/m/{self.id}/{act}", **fields)

    def goes_to(self, step: str) -> int:
        return self.moderates("go_to_step", step=step)

    def writes(self, guest: Guest, text: str) -> int:
        fields = {"valence": "fails", "text": text, "addressees": ["jobcenter"]}
        return guest.browser.does(f"/d/{self.id}/cards", **fields)

    def link(self, kind: str, group_id: str = "") -> tuple[str, str]:
        """A new link: its id and the signed part of its address."""
        from itsdangerous import URLSafeSerializer

        from dialog.models import Link

        def links() -> set[str]:
            with self.store.reading() as db:
                return {link.id for link in db.query(Link).filter_by(dialogue_id=self.id)}

        before = links()
        self.moderates("make_link", kind=kind, group_id=group_id)
        (made,) = links() - before
        return made, str(URLSafeSerializer(SECRET_KEY, salt="link").dumps(made))

    # --- Listening ----------------------------------------------------------------------------------------------------

    def listens(self, cookie: str, page: str, group: str = "", link: str = "", **headers: str) -> Ear:
        """Raises Refused."""
        return self.greets(cookie, {"page": page, "dialogue": self.id, "group": group, "link": link}, **headers)

    def greets(self, cookie: str, greeting: Any, **headers: str) -> Ear:
        """Connect with any greeting at all. Raises Refused."""
        ear = Ear(self.server.url, cookie, greeting, **headers)
        self.ears.append(ear)
        return ear

    def phone(self, guest: Guest) -> Ear:
        return self.listens(guest.cookie, "phone")

    def cockpit(self) -> Ear:
        return self.listens(self.mara.cookie, "cockpit")

    def board(self, group_id: str) -> Ear:
        return self.listens(self.mara.cookie, "board", group=group_id)

    def screen(self) -> Ear:
        return self.listens("", "screen", link=self.link("screen")[1])

    # --- Looking ------------------------------------------------------------------------------------------------------

    def picture(self, guest: Guest) -> dict[str, Any]:
        """The snapshot of somebody's phone."""
        return dict(guest.browser.get(f"/d/{self.id}/board.json").json())

    def seq(self) -> int:
        with self.store.reading() as db:
            return queries.dialogue(db, self.id).seq

    def cards(self) -> list[str]:
        with self.store.reading() as db:
            return sorted(card.text for card in queries.cards(db, self.id))

    def sits(self, guest: Guest) -> str:
        with self.store.reading() as db:
            return db.get_one(Participant, guest.id).group_id

    def leave(self) -> None:
        for ear in self.ears:
            ear.hang_up()


def until(true: Any, within: float = SOON) -> None:
    """Wait for a fact."""
    end = time.monotonic() + within
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.02)


def quiet(server: Server) -> None:
    """Nothing unexpected stands on the console, and nobody's address."""
    for word in ("Traceback", "Warning", "127.0.0.1"):
        assert word not in server.console, server.console
