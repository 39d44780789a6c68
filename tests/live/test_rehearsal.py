"""A rehearsal: simulated people come through the public door and follow the moderator to the close."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha1
from typing import Any

import pytest
from sqlalchemy import select

from dialog import queries, table_queries
from dialog.events import Present
from dialog.models import Dialogue
from sessions.rehearsal.device import Device, Offline
from sessions.rehearsal.people import Deed, SimulatedPerson
from tests.live.hall import Hall, until
from tests.loops import run
from tests.server import ROOT

PATIENCE = 90


class Visitors:
    """`python -m sessions.rehearsal` as a process of its own."""

    def __init__(self, hall: Hall, *more: str, people: int = 12) -> None:
        command = [sys.executable, "-m", "sessions.rehearsal", hall.server.url, hall.code, f"--people={people}"]
        self.process = subprocess.Popen(
            [*command, "--pace=0.02", "--seed=5", "--fair-weather", *more], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )

    def end(self, within: float = PATIENCE) -> dict[str, Any]:
        """Wait until they have gone home; what they tell of it."""
        said, _ = self.process.communicate(timeout=within)
        told: dict[str, Any] = json.loads(said)
        return told


@pytest.fixture
def visits(own_hall: Hall) -> Iterator[list[Visitors]]:
    made: list[Visitors] = []
    yield made
    for visitors in made:
        if visitors.process.poll() is None:
            visitors.process.kill()
        visitors.process.communicate()


def present(hall: Hall) -> Present:
    with hall.store.reading() as db:
        return queries.present(db, hall.id)


def people(hall: Hall) -> int:
    return sum(present(hall).by_stakeholder.values())


def entries(hall: Hall, kind: str) -> int:
    with hall.store.reading() as db:
        return len(table_queries.entries(db, hall.id, kind=kind))


def sorted_by_mara(hall: Hall) -> None:
    """Each group gets two topics with names."""
    for group_id in hall.group_of.values():
        with hall.store.reading() as db:
            cards = [card.id for card in queries.cards(db, hall.id, group_id)]
        for title, chosen in (("Zeit", cards[::2]), ("Geld", cards[1::2])):
            hall.mara.does(f"/b/{hall.id}/{group_id}/topics", card=chosen)
            with hall.store.reading() as db:
                topic_id = max(queries.topics(db, hall.id, group_id), key=lambda topic: topic.rank).id
            hall.mara.does(f"/b/{hall.id}/{group_id}/topics/{topic_id}/name", title=title)


def nominated(hall: Hall) -> int:
    with hall.store.reading() as db:
        return len(queries.ballot_topics(db, hall.id))


def waits(fact: Any) -> None:
    until(fact, within=PATIENCE)


@pytest.mark.timeout(300)
def test_simulated_people_play_a_whole_afternoon(own_hall: Hall, visits: list[Visitors]) -> None:
    hall = own_hall
    visits.append(Visitors(hall))
    waits(lambda: people(hall) == 12)

    hall.goes_to("collect")
    waits(lambda: len(hall.cards()) >= 5)
    hall.moderates("reveal_cards")
    hall.goes_to("sort")
    sorted_by_mara(hall)
    hall.goes_to("nominate")
    waits(lambda: nominated(hall) >= 1)
    hall.goes_to("weigh")
    hall.moderates("open_voting")
    waits(lambda: present(hall).voted >= 6)
    hall.moderates("close_voting")
    hall.moderates("reveal_result")
    hall.goes_to("mirror")
    with hall.store.reading() as db:
        chosen = [topic.id for topic in queries.ballot_topics(db, hall.id)][:2]
    hall.moderates("choose_topics", topic_ids=chosen)

    hall.goes_to("mix")
    waits(lambda: present(hall).wished >= 1)
    hall.moderates("draw_mixed_groups", tables=3)
    hall.moderates("show_tables")
    for step, kind in (("envision", "vision"), ("translate", "benefit"), ("solve", "proposal")):
        hall.goes_to(step)
        waits(lambda kind=kind: entries(hall, kind) >= 1)
    hall.goes_to("appraise")
    hall.moderates("open_appraisal")
    waits(lambda: present(hall).appraised >= 4)
    hall.moderates("close_appraisal")
    hall.moderates("reveal_appraisal")
    hall.goes_to("commit")
    hall.goes_to("close")
    waits(lambda: present(hall).answered >= 4)
    hall.moderates("close_dialogue", understood="y")

    told = visits[0].end()
    # What was waited for above, act by act, is the least that was kept: 5 cards, 6 ballots, 3 entries, 4 appraisals …
    assert told["answered"] >= 24
    # Whoever still writes while the moderator goes on is told so, as on any phone, and after the close nobody is known.
    refused = {(what if status == 403 else "", status) for what, status, _error in told["refused"]}
    assert refused <= {("", 409), ("feedback", 403)}, told["refused"]


def test_simulated_people_come_back_after_a_restart(own_hall: Hall, visits: list[Visitors]) -> None:
    hall = own_hall
    visits.append(Visitors(hall))
    waits(lambda: people(hall) == 12)
    hall.goes_to("collect")
    waits(lambda: len(hall.cards()) >= 3)
    hall.server.kill()
    time.sleep(2)
    before = len(hall.cards())
    hall.server.start()
    waits(lambda: len(hall.cards()) > before + 3)
    assert people(hall) == 12, "they are recognised, and nobody comes in twice"


def test_what_a_person_without_network_sends_arrives_once(own_hall: Hall) -> None:
    hall = own_hall
    deeds: list[Deed] = []
    anna = SimulatedPerson(
        hall.server.url, hall.code, stakeholder="traeger", pace=0.1, weather=False, told=deeds.append
    )

    async def afternoon() -> None:
        assert await anna.comes_in()
        hall.goes_to("collect")
        form = (await anna.page()).form("/cards")
        assert form is not None
        anna.device.online = False
        sending = asyncio.create_task(
            anna.sends(form.action, form.filled(text="Im Funkloch", valence="works", addressees=["jobcenter"]))
        )
        await asyncio.sleep(1.5)
        assert hall.cards() == []
        anna.device.online = True
        assert (await sending).status == 200

    run(afternoon())
    assert hall.cards() == ["Im Funkloch"]
    assert deeds[-1].what == "cards"
    assert deeds[-1].attempts > 1


def test_simulated_people_go_home_when_the_server_stays_away(own_hall: Hall, visits: list[Visitors]) -> None:
    hall = own_hall
    visits.append(Visitors(hall, "--gone-after=3"))
    waits(lambda: people(hall) >= 6)
    hall.server.stop()
    try:
        visits[0].end()
    finally:
        hall.server.start()


def test_whom_the_server_has_let_in_go_with_it(own_hall: Hall) -> None:
    hall = own_hall
    assert hall.mara.post(f"/m/{hall.id}/rehearse", people="5", pace="fast").status_code == 303
    (lock,) = hall.server.folder.glob(f"rehearsal-{hall.forum_id}.lock")
    pid = int(lock.read_text().partition(" ")[0])
    os.kill(pid, 0)
    hall.server.stop()
    try:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)  # The server has waited for it, and ends it when that takes too long.
    finally:
        hall.server.start()


def test_the_button_begins_and_ends_one_rehearsal(own_hall: Hall) -> None:
    hall = own_hall
    begun = hall.mara.post(f"/m/{hall.id}/rehearse", people="12", pace="fast")
    assert begun.status_code == 303, begun.text
    rehearsal_id = re.findall(r"/m/(\w+)/", begun.headers["Location"])[0]
    with hall.store.reading() as db:
        assert db.get_one(Dialogue, rehearsal_id).rehearsal
        assert not db.get_one(Dialogue, hall.id).rehearsal

    def inside() -> int:
        with hall.store.reading() as db:
            return len(queries.everybody(db, rehearsal_id))

    waits(lambda: inside() >= 3)
    again = hall.mara.post(f"/m/{hall.id}/rehearse", people="12", pace="fast")
    assert again.status_code == 409
    assert people(hall) == 0, "nobody simulated comes into the dialogue itself"

    home = "Simulierte Personen nach Hause schicken"
    assert home in hall.mara.get(f"/m/{rehearsal_id}/ready", Accept="text/html").text
    assert hall.mara.post(f"/m/{rehearsal_id}/stop_rehearsal").status_code == 303
    gone = inside()
    time.sleep(3)
    assert inside() == gone
    assert home not in hall.mara.get(f"/m/{rehearsal_id}/ready", Accept="text/html").text

    assert hall.mara.post(f"/m/{rehearsal_id}/remove_rehearsal").status_code == 303
    with hall.store.reading() as db:
        assert db.get(Dialogue, rehearsal_id) is None
    begun = hall.mara.post(f"/m/{hall.id}/rehearse", people="2", pace="fast")
    assert begun.status_code == 303
    rehearsal_id = re.findall(r"/m/(\w+)/", begun.headers["Location"])[0]
    hall.mara.post(f"/m/{rehearsal_id}/remove_rehearsal")


def test_the_command_begins_a_rehearsal_and_ctrl_c_ends_it(own_hall: Hall) -> None:
    hall = own_hall
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "rehearse"]
    how: dict[str, Any] = {"cwd": ROOT, "env": {**os.environ, **hall.server.environment}, "text": True}

    def refused(dialogue_id: str) -> str:
        ended = subprocess.run([*command, dialogue_id], capture_output=True, check=False, timeout=PATIENCE, **how)
        assert ended.returncode == 1, ended.stdout
        return str(ended.stderr)

    assert "Diesen Dialog gibt es nicht" in refused("niemand")
    begun = subprocess.Popen([*command, hall.id, "--people=4", "--pace=fast"], stdout=subprocess.PIPE, **how)
    try:
        assert begun.stdout is not None
        assert begun.stdout.readline().startswith("Probelauf: Arbeitsmarktdialog, Code ")
        with hall.store.reading() as db:
            (rehearsal_id,) = db.scalars(select(Dialogue.id).filter_by(forum_id=hall.forum_id, rehearsal=True))

        def inside() -> int:
            with hall.store.reading() as db:
                return len(queries.everybody(db, rehearsal_id))

        waits(lambda: inside() >= 1)
        assert "Es läuft schon ein Probelauf" in refused(hall.id)
        (lock,) = hall.server.folder.glob(f"rehearsal-{hall.forum_id}.lock")
        begun.send_signal(signal.SIGINT)
        begun.communicate(timeout=PATIENCE)
    finally:
        begun.kill()
        begun.wait()
    with pytest.raises(ProcessLookupError):
        os.kill(int(lock.read_text().partition(" ")[0]), 0)
    assert people(hall) == 0


def test_a_first_word_in_one_piece_with_the_handshake_leaves_nobody_deaf() -> None:
    heard: list[dict[str, Any]] = []

    def frame(text: str) -> bytes:
        return bytes([0x81, len(text)]) + text.encode()

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (key,) = re.findall(r"Sec-WebSocket-Key: (\S+)", (await reader.readuntil(b"\r\n\r\n")).decode(), re.IGNORECASE)
        accepts = b64encode(sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()).decode()
        head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        writer.write(f"{head}{accepts}\r\n\r\n".encode() + frame("0{}"))
        await reader.read(1000)
        writer.write(frame('42["frame",{"acts":[]}]'))
        writer.close()

    async def listens() -> None:
        async with await asyncio.start_server(answers, "127.0.0.1", 0) as server, asyncio.timeout(PATIENCE):
            port = server.sockets[0].getsockname()[1]
            with suppress(Offline):
                await Device(f"http://127.0.0.1:{port}").listen("d1", heard.append)

    run(listens())
    assert heard == [{"acts": []}]
