"""Styles, scripts and fonts: small, loaded once, and never more than a phone should need."""

import gzip
import json
import re
from pathlib import Path, PurePosixPath

import pytest
from flask import Flask

from dialog.words import Step
from sessions import assets
from tests.web.house import House

MOST_BYTES_OF_A_FIRST_SCREEN = 150_000
IMPORT = re.compile(r"""(?:import|from)\s*\(?\s*["'](\.[^"']+)["']""")
ADDRESS = re.compile(r"""(?:src|href)="(/static/[^"]+)\"""")


@pytest.fixture(scope="module")
def script(lone_app: Flask) -> str:
    """The address of a script, as a page names it."""
    with lone_app.test_request_context():
        return lone_app.url_for("static", filename="js/page.js")


def test_a_file_is_kept_for_a_year_under_the_name_of_its_version(lone_app: Flask, script: str) -> None:
    answer = lone_app.test_client().get(script)
    assert answer.status_code == 200
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_page_of_an_older_version_gets_todays_file_and_does_not_keep_it(lone_app: Flask, script: str) -> None:
    older = re.sub(r"/static/[^/]+/", "/static/yesterday/", script)
    answer = lone_app.test_client().get(older)
    assert answer.data == lone_app.test_client().get(script).data
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_a_changed_file_makes_another_version(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "js" / "a.js").write_text("1")
    first = assets.version(tmp_path)
    (tmp_path / "node_modules" / "b.js").write_text("1")
    assert assets.version(tmp_path) == first
    (tmp_path / "js" / "a.js").write_text("2")
    assert assets.version(tmp_path) != first


@pytest.mark.parametrize(
    "path", ["../sessions/app.py", "..%2f..%2fwsgi.py", "js/nothing.js", "js", "", ".npmrc", "install.py", "js/\0"]
)
def test_nothing_else_is_handed_out(lone_app: Flask, path: str) -> None:
    assert lone_app.test_client().get(f"/static/v/{path}").status_code == 404


def test_text_is_packed_for_whoever_understands_it(lone_app: Flask, script: str) -> None:
    client = lone_app.test_client()
    plain = client.get(script)
    packed = client.get(script, headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Content-Encoding" not in client.get(script, headers={"Accept-Encoding": "gzip;q=0"}).headers
    assert client.head(script, headers={"Accept-Encoding": "gzip"}).data == b""


def test_a_page_is_packed_and_a_short_answer_is_not(house: House) -> None:
    client = house.mara().client
    accepts = {"Accept-Encoding": "gzip"}
    assert client.get(f"/m/{house.dialogue_id}/", headers=accepts).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/healthz", headers=accepts).headers


def test_a_file_that_has_not_changed_is_not_sent_again(lone_app: Flask, script: str) -> None:
    client = lone_app.test_client()
    accepts = {"Accept-Encoding": "gzip"}
    tag = client.get(script, headers=accepts).headers["ETag"]
    again = client.get(script, headers={**accepts, "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def _weight(app: Flask, page: str) -> dict[str, int]:
    """The packed size of a page and of everything it loads, by address. Fonts: the one that is asked for in advance."""
    client, weights = app.test_client(), {"the page itself": len(gzip.compress(page.encode()))}
    told = re.search(r'<script type="application/json" id="live">(.*?)</script>', page, re.DOTALL)
    waiting = ADDRESS.findall(page)
    if told:
        scripts = next(path for path in waiting if path.endswith("/page.js"))
        waiting += [str(PurePosixPath(scripts).parent / f"{view}.js") for view in json.loads(told[1])["views"]]
    while waiting:
        address = waiting.pop()
        if address in weights:
            continue
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200, address
        weights[address] = len(answer.data)
        if address.endswith(".js"):
            text = gzip.decompress(answer.data).decode() if "Content-Encoding" in answer.headers else answer.text
            waiting += [_beside(address, path) for path in IMPORT.findall(text)]
    return weights


def _beside(address: str, path: str) -> str:
    parts: list[str] = []
    for part in [*PurePosixPath(address).parent.parts, *path.split("/")]:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/" + "/".join(parts).lstrip("/")


def test_the_first_screens_of_a_phone_are_light(house: House) -> None:
    join = house.carl().get(f"/{house.code}").text
    anna = house.joins()
    house.goes_to(Step.COLLECT)
    write = anna.browser.get(f"/d/{house.dialogue_id}/").text
    assert 'id="live"' in write
    for name, page in (("join", join), ("write", write)):
        weights = _weight(house.app, page)
        assert any("woff2" in address for address in weights), "the font is counted"
        assert sum(weights.values()) < MOST_BYTES_OF_A_FIRST_SCREEN, (name, weights)


def test_a_second_visit_loads_the_page_only(house: House) -> None:
    anna = house.joins()
    house.goes_to(Step.COLLECT)
    pages = [anna.browser.get(f"/d/{house.dialogue_id}/").text for _ in range(2)]
    first, second = ({address for address in ADDRESS.findall(page)} for page in pages)
    assert first == second
    for address in first:
        assert "immutable" in house.app.test_client().get(address).headers["Cache-Control"]
