"""The stand on which we measure: the real server as its own process on one core, and dialogues full of people in it."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from dialog import queries
from dialog.acting import COCKPIT_SCOPE, Actor
from dialog.commands.go_to_step import GoToStep, go_to_step
from dialog.commands.join_dialogue import JoinDialogue, join_dialogue
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.events import LinkMade, PersonArrived
from dialog.format import Plan, all_formats
from dialog.journal import carry_out
from dialog.models import Account, Forum
from dialog.store import Db
from dialog.words import LinkKind, Role, Step
from sessions.app import create_app
from sessions.identity import new_device
from sessions.perform import store
from sessions.settings import Settings
from tests.server import Server

SERVER_CORE = min(os.sched_getaffinity(0))
SHARES = {"jobcenter": 43, "traeger": 22, "leistungsberechtigte": 35}
"""Out of 100 people, as in the published dialogues."""


@dataclass(slots=True)
class Seat:
    """Somebody's way in: the cookie of the device, and for whom it stands."""

    cookie: str
    person_id: str
    group_id: str
    stakeholder: str


@dataclass(slots=True)
class Held:
    """One dialogue on the stand. `mara` is the moderator's cookie, `boards` those of a tablet at each group."""

    id: str
    code: str
    mara: str
    seats: list[Seat] = field(default_factory=list)
    boards: dict[str, str] = field(default_factory=dict)
    """Cookie by group id."""


class Stand:
    """A data folder with dialogues, made before the server starts; then the server itself."""

    def __init__(
        self,
        folder: Path,
        people: int,
        dialogues: int = 1,
        step: Step = Step.COLLECT,
        server: Any = None,
        database_url: str = "",
    ) -> None:
        self.server = server or Server(folder)
        database_url = database_url or f"sqlite:///{folder / 'dialog.sqlite'}"
        self.app = create_app(
            Settings(
                data_folder=folder,
                backups=folder / "backups",
                backup_every=5,
                database_url=database_url,
                secret_key="the key of the measuring stand",
                host="127.0.0.1",
                port=self.server.port,
                public_url=self.server.url,
            )
        )
        self.server.environment |= {
            "SECRET_KEY": "the key of the measuring stand",
            "DATABASE_URL": database_url,
        }
        with self.app.app_context(), store().writing() as db:
            self.dialogues = [self._hold(db, people, step) for _ in range(dialogues)]
        self.app.extensions["store"].dispose()

    def start(self) -> "Stand":
        self.server.start()
        self.process.cpu_affinity([SERVER_CORE])
        return self

    def stop(self) -> None:
        self.server.stop()

    @property
    def process(self) -> psutil.Process:
        assert self.server.process is not None
        return psutil.Process(self.server.process.pid)

    @property
    def cpu(self) -> float:
        """Seconds of processor time that the server has used."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    @property
    def memory(self) -> int:
        """Bytes that belong to the server alone."""
        return int(self.process.memory_full_info().uss)

    def _hold(self, db: Db, people: int, step: Step) -> Held:
        account = secrets.token_hex(8)
        db.add(Forum(id=account, name="Region"))
        db.flush()
        moderator = Role.MODERATOR
        db.add(
            Account(
                id=account, forum_id=account, name=f"mara-{account}", password_hash="-", role=moderator, sign_in_epoch=0
            )
        )
        dialogue_id = secrets.token_hex(8)
        ask = PlanDialogue(
            dialogue_id=dialogue_id,
            forum_id=account,
            plan=_plan(people),
            now=datetime.now(UTC),
            seed=secrets.randbits(32),
        )
        dialogue = plan_dialogue(db, ask)
        held = Held(id=dialogue_id, code=dialogue.code, mara=self._cookie(account=[account, 0]))
        mara = Actor(moderator, account)
        for at in range(people):
            held.seats.append(self._join(db, held, list(SHARES)[_kind(at)]))
        if step is not Step.ARRIVE:
            _does(db, held, mara, go_to_step, GoToStep, step=step)
        for group in queries.groups(db, dialogue_id):
            link_made = _does(db, held, mara, make_link, MakeLink, kind=LinkKind.BOARD, group_id=group.id)[0]
            assert isinstance(link_made, LinkMade)
            held.boards[group.id] = self._cookie(links=[link_made.link_id])
        return held

    def _join(self, db: Db, held: Held, stakeholder: str) -> Seat:
        key = secrets.token_urlsafe(18)
        device, device_hash = new_device(key)
        guest, seed = Actor(Role.GUEST, key), secrets.randbits(32)
        happenings = _does(
            db,
            held,
            guest,
            join_dialogue,
            JoinDialogue,
            scope="",
            stakeholder=stakeholder,
            device_hash=device_hash,
            seed=seed,
        )
        person = next(told.person for told in happenings if isinstance(told, PersonArrived))
        return Seat(self._cookie(people={held.id: [person.id, device]}), person.id, person.group_id, stakeholder)

    def _cookie(self, **kept: Any) -> str:
        """The cookie that a browser would hold, as the header says it."""
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie.update(kept)
        found = client.get_cookie("dialog")
        assert found is not None
        return f"dialog={found.value}"


@contextmanager
def stand(people: int, dialogues: int = 1, step: Step = Step.COLLECT) -> Iterator[Stand]:
    """A started stand, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        here = Stand(Path(folder), people, dialogues, step)
        try:
            yield here.start()
        finally:
            here.stop()


@contextmanager
def program(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Another program of ours on the server's core, for comparison in the same run."""
    running = subprocess.Popen(
        [sys.executable, *arguments], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
    )
    psutil.Process(running.pid).cpu_affinity([SERVER_CORE])
    try:
        yield running
    finally:
        running.terminate()
        running.wait(timeout=10)
        if running.stdout is not None:
            running.stdout.close()


def take_the_other_core() -> None:
    """Measure from another core than the server's, where there is one."""
    cores = os.sched_getaffinity(0) - {SERVER_CORE}
    if cores:
        os.sched_setaffinity(0, cores)


def _plan(people: int) -> Plan:
    regional = next(iter(all_formats().values()))
    limits: Mapping[str, int] = {"cards_per_person": 100, "people": max(people + 10, 500)}
    today = datetime.now(UTC).date()
    return Plan(
        **{**regional.model_dump(), "limits": {**regional.limits.model_dump(), **limits}},
        title="Messstand",
        place="Region Nord",
        held_on=today,
        deletes_on=today,
        expected={key: share * people // 100 for key, share in SHARES.items()},
    )


def _kind(at: int) -> int:
    """Which stakeholder the person at this place is of, in the shares of the published dialogues."""
    place = at * 37 % 100
    return 0 if place < 43 else 1 if place < 65 else 2


def _does(db: Db, held: Held, by: Actor, act: Any, command: Any, scope: str = COCKPIT_SCOPE, **fields: Any) -> Any:
    asked = command(
        dialogue_id=held.id,
        by=by,
        now=datetime.now(UTC),
        client_key=secrets.token_urlsafe(18),
        scope=scope,
        **fields,
    )
    return carry_out(db, act, asked).happenings
