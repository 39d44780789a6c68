"""Files that are made beside the server: who may ask for them, how far they are, and when they go."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.models import Dialogue
from dialog.words import Step
from exports.job import Job, jobs_in
from exports.making import KINDS, Ask
from exports.profile import Profile
from exports.working import AT_ONCE
from sessions import apart
from sessions.exporting import jobs, names
from sessions.purge import forget_everywhere
from tests.web.conftest import server_on
from tests.web.house import TODAY, Browser, House
from tests.web.taking_home import asks_for, taken_home, waits_for


def folder(house: House) -> Path:
    return jobs.folder_of(house.app.extensions["settings"])


def job_of(house: House, page: str) -> Job:
    return next(job for job in jobs_in(folder(house)) if job.id == page.rpartition("/")[2])


@contextmanager
def others_work(house: House) -> Iterator[None]:
    """Nobody's turn comes meanwhile."""
    folder(house).mkdir(exist_ok=True)
    locks = [os.open(folder(house) / f".turn-{place + 1}", os.O_RDWR | os.O_CREAT) for place in range(AT_ONCE)]
    for lock in locks:
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield
    finally:
        for lock in locks:
            os.close(lock)


def test_a_file_is_made_shown_and_saved(house: House) -> None:
    mara = house.mara()
    page = asks_for(mara, house.dialogue_id, "csv", "public")
    assert waits_for(mara, page) == "ready"
    shown = mara.get(page).text
    assert "Die Datei ist fertig." in shown
    assert "Daten als CSV (öffentlich)" in shown
    assert "http-equiv" not in shown, "nothing is loaded anew any more"
    answer = mara.get(f"{page}/file")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Cache-Control"] == "no-store"
    name = "Daten_Arbeitsmarktdialog_Region_Nord_2026-11-23_oeffentlich.csv"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.data.startswith("\ufeff".encode())
    assert page in mara.get(f"/m/{house.dialogue_id}/take-home").text


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
@pytest.mark.parametrize("letter", ["م", "ü", "木", "𐎀"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "forum"])
def test_the_name_of_a_file_is_never_too_long_and_ends_with_a_whole_letter(kind: str, letter: str, before: str) -> None:
    place = before + 80 * letter
    dialogue = Dialogue(place=place, held_on=TODAY, rehearsal=False)
    for profile, public in ((Profile.INTERNAL, ""), (Profile.PUBLIC, "_öffentlich")):
        name = names.name_of(Ask(kind=kind, profile=profile, today=TODAY), dialogue)
        assert len(name.encode()) <= 120
        begin, where, day = name.removesuffix(f"{public}.{KINDS[kind].ending}").rsplit("_", 2)
        assert begin.endswith("Arbeitsmarktdialog")
        assert day == "2026-11-23"
        assert place.startswith(where)
        assert letter in where


def test_an_archive_never_calls_itself_public(house: House) -> None:
    house.goes_to(Step.CLOSE)
    house.does(close_dialogue, CloseDialogue)
    mara = house.mara()
    page = asks_for(mara, house.dialogue_id, "archive", "public")
    assert waits_for(mara, page) == "ready"
    assert job_of(house, page).name == "Archiv_Arbeitsmarktdialog_Region_Nord_2026-11-23.zip"


def test_without_script_the_page_loads_itself_anew_until_it_is_over(house: House) -> None:
    mara = house.mara()
    with others_work(house):
        page = asks_for(mara, house.dialogue_id, "csv")
        waiting = mara.get(page).text
        assert '<noscript><meta http-equiv="refresh"' in waiting
        assert "Wird gleich begonnen" in waiting
        assert mara.get(f"{page}/file").location == page, "there is no file yet"
        assert mara.post(f"{page}/cancel", json=False).status_code == 303
        cancelled = mara.get(page).text
    assert "Sie haben abgebrochen. Es gibt keine Datei." in cancelled
    assert "http-equiv" not in cancelled
    assert waits_for(mara, page) == "cancelled"
    assert not job_of(house, page).file.exists()
    assert mara.get(f"{page}/file").status_code == 303


def test_what_is_ready_cannot_be_cancelled(house: House) -> None:
    mara = house.mara()
    page = asks_for(mara, house.dialogue_id, "csv")
    waits_for(mara, page)
    mara.post(f"{page}/cancel", json=False)
    assert waits_for(mara, page) == "ready"
    assert mara.get(f"{page}/file").status_code == 200


def test_the_same_asked_twice_is_made_once_and_anything_else_is_another(house: House) -> None:
    mara = house.mara()
    with others_work(house):
        first = asks_for(mara, house.dialogue_id, "csv")
        assert asks_for(mara, house.dialogue_id, "csv") == first
        assert asks_for(mara, house.dialogue_id, "csv", "public") != first
        for job in jobs_in(folder(house)):
            job.cancel()
        assert asks_for(mara, house.dialogue_id, "csv") != first
        for job in jobs_in(folder(house)):
            job.cancel()


def test_too_many_at_once_are_refused_with_a_sentence(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_AT_ONCE", 1)
    mara = house.mara()
    with others_work(house):
        page = asks_for(mara, house.dialogue_id, "csv")
        answer = mara.post(f"/m/{house.dialogue_id}/exports", kind="csv", profile="public")
        assert answer.status_code == 429
        assert "Für Sie werden schon 1 Dateien erstellt." in answer.json["error"]
        mara.post(f"{page}/cancel")
    assert mara.get(f"{page}/state", json=True).json["state"] == "cancelled"


def test_a_file_belongs_to_who_asked_for_it(house: House) -> None:
    mara = house.mara()
    page = asks_for(mara, house.dialogue_id, "csv")
    waits_for(mara, page)
    assert mara.get(f"{page}/file").status_code == 200
    others = {house.stranger(): 404, house.analyst(): 404, house.carl(): 401}
    for browser, status in others.items():
        for what in ("", "/state", "/file"):
            assert browser.get(f"{page}{what}", json=True).status_code == status
        assert browser.post(f"{page}/cancel").status_code == status
    assert mara.get("/exports/no-such-file").status_code == 404
    assert mara.get(f"/exports/{'0' * 32}").status_code == 404
    assert mara.get("/exports/..%2F..%2Fsecret.key").status_code == 404


def test_who_may_ask(house: House) -> None:
    def asked(browser: Browser, kind: str = "csv", profile: str = "internal") -> int:
        return browser.post(f"/m/{house.dialogue_id}/exports", kind=kind, profile=profile).status_code

    assert asked(house.carl()) == 401
    assert asked(house.stranger()) == 404
    assert asked(house.analyst()) == 403
    assert asked(house.mara(), kind="poem") == 422
    assert asked(house.mara(), kind="forum") == 422
    assert asked(house.mara(), profile="secret") == 422
    assert asked(house.mara(), kind="archive") == 409, "only what is closed can be archived"
    assert not list(job for job in jobs_in(folder(house)) if house.dialogue_id in job.ask.dialogue_ids)


def test_rights_are_read_again_when_the_file_is_fetched(house: House) -> None:
    house.goes_to(Step.CLOSE)
    house.does(close_dialogue, CloseDialogue)
    analyst = house.analyst()
    page = asks_for(analyst, house.dialogue_id, "csv")
    assert waits_for(analyst, page) == "ready"
    assert analyst.get(f"{page}/file").status_code == 200
    assert "Cockpit" not in analyst.get(page).text, "no way leads to pages that are closed to analysts"
    _remove(house)
    assert analyst.get(f"{page}/file").status_code == 404
    assert analyst.get(page).status_code == 404


def _remove(house: House) -> None:
    from dialog.forgetting import remove_dialogues
    from sessions.perform import prepare

    with house.app.app_context():
        prepare(remove_dialogues, frozenset({house.dialogue_id}))


def test_a_killed_process_ends_in_a_sentence_and_a_button(house: House) -> None:
    mara = house.mara()
    with others_work(house):
        page = asks_for(mara, house.dialogue_id, "csv")
        process = apart.going_on[-1]
        process.kill()
        process.wait()
        assert waits_for(mara, page) == "lost"
        shown = mara.get(page).text
    assert "Das Erstellen wurde unterbrochen" in shown
    assert "Noch einmal erstellen" in shown
    assert taken_home(mara, house.dialogue_id, "csv").status_code == 200


def test_another_worker_answers_for_a_file_as_well(house: House) -> None:
    settings = house.app.extensions["settings"]
    other: Flask = server_on(settings.database_url, settings.data_folder)
    try:
        here, there = house.mara(), House.signed_in(_in(house, other), house.mara_id)
        with others_work(house):
            page = asks_for(here, house.dialogue_id, "csv")
            assert there.get(f"{page}/state", json=True).json["state"] == "waiting"
            there.post(f"{page}/cancel")
            assert waits_for(here, page) == "cancelled"
        page = asks_for(here, house.dialogue_id, "csv")
        assert waits_for(there, page) == "ready"
        assert there.get(f"{page}/file").data == here.get(f"{page}/file").data
    finally:
        other.extensions["store"].dispose()


def _in(house: House, app: Flask) -> House:
    """The same house, entered through another worker."""
    same = House.__new__(House)
    same.__dict__.update(house.__dict__, app=app)
    return same


def test_files_go_after_a_day(house: House) -> None:
    mara = house.mara()
    page = asks_for(mara, house.dialogue_id, "csv")
    waits_for(mara, page)
    job = job_of(house, page)
    settings = house.app.extensions["settings"]
    jobs.forget_files(settings, (), job.asked_at + jobs.KEPT - timedelta(minutes=1))
    assert job.file.exists()
    jobs.forget_files(settings, (), job.asked_at + jobs.KEPT + timedelta(minutes=1))
    assert not job.folder.exists()
    answer = mara.get(page)
    assert answer.status_code == 404
    assert "Dateien bleiben einen Tag" in answer.text


def test_with_the_dialogue_go_its_files(empty_app: Flask) -> None:
    house = House(empty_app)
    mara = house.mara()
    page = asks_for(mara, house.dialogue_id, "csv")
    assert waits_for(mara, page) == "ready"
    job = job_of(house, page)
    with empty_app.app_context():
        forget_everywhere(empty_app.extensions["settings"], TODAY)
        assert job.file.exists(), "it is not due yet"
        forget_everywhere(empty_app.extensions["settings"], TODAY + timedelta(days=366))
    assert not job.folder.exists()
    assert mara.get(f"{page}/file").status_code == 404


def test_a_comparison_is_made_with_the_filters_of_its_page(house: House) -> None:
    mara = house.mara()
    answer = mara.post("/forum/exports", json=False, kind="forum", profile="public", place=["Nord", "Süd"], other="x")
    assert answer.status_code == 303
    job = job_of(house, answer.location)
    assert job.ask.forum_id == house.forum_id
    assert job.ask.chosen == {"place": ("Nord", "Süd")}
    assert job.name.startswith("Vergleich_Region_")
    assert waits_for(mara, answer.location) == "ready"
    assert mara.get(f"{answer.location}/file").data.startswith(b"PK")
    assert house.stranger().get(f"{answer.location}/file").status_code == 404
    assert mara.post("/forum/exports", kind="workbook").status_code == 422


def test_an_analyst_compares_closed_dialogues_only(house: House) -> None:
    answer = house.analyst().post("/forum/exports", json=False, kind="forum", profile="internal", running="1")
    assert job_of(house, answer.location).ask.chosen == {}
    job_of(house, answer.location).cancel()


def test_a_disk_without_room_is_a_sentence(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_of: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(jobs, "new_job", no_room)
    answer = house.mara().post(f"/m/{house.dialogue_id}/exports", kind="csv", profile="internal")
    assert answer.status_code == 503
    assert "Der Datenträger des Servers ist voll." in answer.json["error"]


def test_only_so_many_files_are_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_KEPT", 2)
    mara = house.mara()
    pages = []
    for kind, profile in (("csv", "internal"), ("csv", "public"), ("csv", "internal")):
        pages.append(asks_for(mara, house.dialogue_id, kind, profile))
        assert waits_for(mara, pages[-1]) == "ready"
    assert [mara.get(page).status_code for page in pages] == [404, 200, 200]
