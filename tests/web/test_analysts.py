"""Analysts read and export what is closed. Every door that changes something is shut to them: all are tried."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from dialog.models import Base, Link
from dialog.store import Db
from dialog.words import Step
from tests.web.follow_ups import closes, promises
from tests.web.house import Browser, House

OWN = {"/sign-out", "/forum/password"}
"""Leaving, and the own password."""
EXPORTS = re.compile(r"^/(m/<dialogue_id>|forum)/exports$|^/exports/")
"""Files that are made for whoever may read; nothing of a dialogue changes."""
OF_OTHERS = re.compile(r"^/sign-in$|^/set-up/|^/password/|^/token$")
"""Doors for people who are nobody yet; they open with a password or a one-time link only."""
READABLE = ("/forum", "/forum/commitments", "/forum/categories", "/forum/password")
MADE_ELSEWHERE = re.compile(r"^/forum/compare|/minutes$|/summary$")
"""Pages for which a process of its own reads the database: seconds each, and they have their own tests."""
FOR_MODERATORS = (
    "/forum/new",
    "/forum/copy/<dialogue_id>",
    "/forum/accounts",
    "/m/<dialogue_id>/",
    "/m/<dialogue_id>/plan",
    "/m/<dialogue_id>/ready",
    "/m/<dialogue_id>/people",
    "/m/<dialogue_id>/links",
)


@pytest.fixture
def promise(house: House) -> str:
    """A promise of a closed dialogue with people, groups and links."""
    house.joins()
    house.joins("traeger")
    house.goes_to(Step.COMMIT)
    made = promises(house, "Dreht ein Video", date(2027, 3, 1))
    closes(house)
    return made


def rules(app: Flask, method: str) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))


def address(house: House, rule: Rule, promise: str) -> str:
    """An address of this kind that leads to something which is there, so that only the right can be missing."""
    group_id = house.groups[0]
    link = house.looks(lambda db: db.scalar(select(Link.id).where(Link.dialogue_id == house.dialogue_id)))
    values = {
        "dialogue_id": house.dialogue_id,
        "commitment_id": promise,
        "group_id": group_id,
        "table_id": group_id,
        "account_id": house.mara_id,
        "link_id": link or "none",
        "code": house.code,
    }
    path = rule.rule
    for name in rule.arguments:
        path = re.sub(rf"<(?:\w+:)?{name}>", values.get(name, "1"), path)
    return path


def everything(house: House) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the database, by table."""

    def rows(db: Db) -> dict[str, list[tuple[object, ...]]]:
        return {
            table.name: sorted(map(tuple, db.execute(select(table)).all()), key=repr)
            for table in Base.metadata.sorted_tables
        }

    found = house.looks(rows)
    assert isinstance(found, dict)
    return found


def test_no_door_that_changes_something_opens_to_an_analyst(house: House, promise: str) -> None:
    analyst = house.analyst()
    before = everything(house)
    assert before["commitments"]
    opened, tried = [], 0
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for rule in rules(house.app, method):
            if rule.rule in OWN or EXPORTS.search(rule.rule) or OF_OTHERS.search(rule.rule):
                continue
            tried += 1
            answer = _sends(analyst, method, address(house, rule, promise))
            if answer < 400:
                opened.append(f"{method} {rule.rule}: {answer}")
    assert tried > 60
    assert opened == []
    assert everything(house) == before


def _sends(browser: Browser, method: str, path: str) -> int:
    """What a form with everything that such forms have is answered."""
    token = browser.get("/token", json=True).json["token"]
    fields = {
        "csrf_token": token,
        "client_key": "a-key-of-the-right-length",
        "state": "done",
        "noted_on": "2026-11-23",
        "account_name": "Eva",
        "role": "moderator",
        "stakeholder": "jobcenter",
        "text": "Ein Gedanke",
        "title": "Ein Name",
    }
    return int(browser.client.open(path, method=method, data=fields, headers={"Accept": "text/html"}).status_code)


@pytest.mark.parametrize("path", FOR_MODERATORS)
def test_pages_for_moderators_say_so_to_an_analyst(house: House, promise: str, path: str) -> None:
    path = path.replace("<dialogue_id>", house.dialogue_id)
    assert house.mara().get(path).status_code in (200, 302, 303)
    answer = house.analyst().get(path)
    assert answer.status_code == 403
    assert "Diese Seite ist für Sie nicht offen." in answer.text


@pytest.mark.parametrize("path", READABLE)
def test_what_reads_is_open_to_an_analyst(house: House, promise: str, path: str) -> None:
    assert house.analyst().get(path).status_code == 200


@pytest.mark.parametrize("what", ["lines", "take-home"])
def test_a_closed_dialogue_is_read(house: House, promise: str, what: str) -> None:
    assert house.analyst().get(f"/m/{house.dialogue_id}/{what}").status_code == 200


def test_a_running_dialogue_is_not_read(house: House) -> None:
    assert house.mara().get(f"/m/{house.dialogue_id}/lines").status_code == 200
    for what in ("lines", "take-home", "minutes", "summary"):
        assert house.analyst().get(f"/m/{house.dialogue_id}/{what}").status_code == 403
    answer = house.analyst().post(f"/m/{house.dialogue_id}/exports", json=False, kind="workbook", profile="internal")
    assert answer.status_code == 403


def test_no_get_changes_anything_for_an_analyst(house: House, promise: str) -> None:
    """Whatever an analyst opens, and whether or not it opens: nothing is written."""
    analyst = house.analyst()
    before = everything(house)
    for rule in rules(house.app, "GET"):
        if "<path:" not in rule.rule and not MADE_ELSEWHERE.search(rule.rule):
            analyst.get(address(house, rule, promise))
    assert everything(house) == before
