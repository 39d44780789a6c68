"""Two workers on PostgreSQL and Redis serve the same dialogues behind nginx, with the configuration that is shipped."""

import asyncio
import secrets
import subprocess
import sys

import pytest

from tests.live.hall import SOON, Browser, Ear, Hall, Refused, until
from tests.live.second_half import SecondHalf
from tests.live.several import Halves, Several, gapless, served
from tests.loops import run
from tests.server import ROOT

# --- By which worker --------------------------------------------------------------------------------------------------


def test_everything_about_one_dialogue_goes_to_one_worker(several: Several) -> None:
    by = {}
    for _ in range(24):
        dialogue = secrets.token_urlsafe(9)
        socket = f"/socket.io/?EIO=4&transport=polling&dialogue={dialogue}"
        pages = [f"/d/{dialogue}/", f"/d/{dialogue}/cards/x?y=1", f"/m/{dialogue}/people", f"/s/{dialogue}/signed/"]
        (by[dialogue],) = served(several, socket, *pages, f"/b/{dialogue}/group/")
    assert len(set(by.values())) == 2, "both have something to do"
    assert len(served(several, *["/sign-in"] * 24)) == 2, "pages without a dialogue go anywhere"


def test_phones_of_a_dialogue_meet_on_one_worker(several: Several) -> None:
    hall = Hall(several.workers, several.store)
    home = several.workers.of(hall.id)
    anna = hall.joins()
    address = f"{several.workers.url}/?dialogue={hall.id}"
    ear = Ear(address, anna.cookie, {"page": "phone", "dialogue": hall.id})
    home.kill()
    assert ear.ended.wait(SOON), "it was on the worker that nginx says"


def test_a_worker_with_a_wrong_setting_ends_with_one_sentence(several: Several) -> None:
    """As systemd sees it: gunicorn does not try again and again."""
    wrong = {**several.workers.environment, "SECRET_KEY": ""}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "sessions/deploy/gunicorn.conf.py",
        "-b",
        "127.0.0.1:0",
        "wsgi:app",
    ]
    ended = subprocess.run(command, cwd=ROOT, env=wrong, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode != 0
    assert ended.stderr.count("REDIS_URL ist für mehrere Prozesse, und die brauchen denselben Schlüssel") == 1
    assert "Traceback" not in ended.stderr


# --- What crosses -----------------------------------------------------------------------------------------------------


def test_an_act_is_heard_on_both_workers_as_on_one(halves: Halves) -> None:
    anna, ben = halves.joins(), halves.joins()
    began = halves.goes_to("collect")
    ears = [halves.cockpit(), halves.cockpit(), halves.board(anna.group_id), halves.board(anna.group_id)]
    hers, his = [halves.phone(anna), halves.phone(anna)], [halves.phone(ben), halves.phone(ben)]
    seq = halves.writes(anna, "Das sagt Anna")

    for ear in hers:
        assert any("card" in tiding for tiding in ear.hears(seq)), "her own card, in full"
        assert ear.everything.count("Das sagt Anna") == 1
    for ear in [*his, *ears]:
        ear.hears(seq)
        assert "Das sagt Anna" not in ear.everything
    last = halves.moderates("reveal_cards", group_id=anna.group_id)
    for ear in [*hers, *his, *ears]:
        ear.hears(last)
        assert ear.after(began) == list(range(began + 1, last + 1)), "each act once, in the order of the numbers"
    assert halves.picture(ben)["seq"] == last


def test_acts_on_both_workers_are_numbered_without_a_gap(several: Several, halves: Halves) -> None:
    guests = [halves.joins() for _ in range(4)]
    halves.goes_to("collect")
    ears = [halves.phone(guests[0]), halves.phone(guests[0])]
    began = halves.seq()
    for number, guest in enumerate(guests):
        guest.browser.url = (halves.home, halves.away)[number % 2].url

    async def write() -> None:
        await asyncio.gather(
            *(
                asyncio.to_thread(lambda guest=guest: [halves.writes(guest, f"Karte {number}") for number in range(5)])
                for guest in guests
            )
        )

    run(write())
    assert halves.seq() == began + 20
    assert gapless(several.store, halves.id)
    for ear in ears:
        until(lambda ear=ear: sorted(ear.after(began)) == list(range(began + 1, began + 21)))


def test_whoever_is_taken_out_is_cut_on_either_worker(halves: Halves) -> None:
    anna, ben = halves.joins(), halves.joins()
    his, hers = [halves.phone(ben), halves.phone(ben)], [halves.phone(anna), halves.phone(anna)]
    halves.moderates("remove_person", person_id=ben.id)
    for ear in his:
        assert ear.ended.wait(SOON)
    for _ in range(2):
        with pytest.raises(Refused):
            halves.phone(ben)
    seq = halves.goes_to("collect")
    for ear in hers:
        ear.hears(seq)
        assert not ear.ended.is_set()
    for ear in his:
        assert seq not in ear.seqs


def test_a_revoked_link_and_a_sign_out_end_on_either_worker(halves: Halves) -> None:
    link_id, link = halves.link("screen")
    screens = [halves.listens("", "screen", link=link) for _ in range(2)]
    cockpits = [halves.cockpit(), halves.cockpit()]
    halves.moderates("revoke_link", link_id=link_id)
    for ear in screens:
        assert ear.ended.wait(SOON)
    assert not any(ear.ended.is_set() for ear in cockpits)
    halves.mara.post("/sign-out")
    for ear in cockpits:
        assert ear.ended.wait(SOON)


def test_the_room_moves_to_its_tables_on_both_workers(halves: Halves) -> None:
    half = SecondHalf(halves)
    half.sits_down()
    half.hear_their_own_table("Halle")


def test_failures_count_on_all_workers_together(halves: Halves) -> None:
    name = f"nobody-{secrets.token_hex(4)}"
    browsers = [Browser(worker.url) for worker in (halves.home, halves.away)]
    said = [browsers[turn % 2].post("/sign-in", account_name=name, password="falsch").status_code for turn in range(12)]
    assert said == [422] * 10 + [429] * 2


def test_a_proxy_says_whose_failures_they_are(several: Several, halves: Halves) -> None:
    """nginx replaces what a visitor claims, so that nobody counts for somebody else."""
    name = f"nobody-{secrets.token_hex(4)}"
    browser = Browser(several.workers.url)
    for turn in range(10):
        claim = {"X-Forwarded-For": f"198.51.100.{turn}"}
        browser.post("/sign-in", account_name=name, password="falsch")
        browser.get("/sign-in", **claim)
    answer = browser.post("/sign-in", account_name=name, password="falsch")
    assert answer.status_code == 429
    # Past nginx the address is what the next proxy says it is: a visitor of another address has not failed yet.
    other = Browser(halves.home.url)
    other.post("/code", code="-")
    fields = {"csrf_token": other.token, "client_key": "k" * 20, "account_name": name, "password": "falsch"}
    assert other.ask("POST", "/sign-in", {"X-Forwarded-For": "198.51.100.7"}, data=fields).status_code == 422
