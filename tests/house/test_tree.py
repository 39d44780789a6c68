"""The tree: what lies where, and what must never lie in it."""

import json
import re

from tests.house.sources import files, files_in, lines_matching, none_of, read

FOLDERS = {"dialog", "exports", "sessions", "static", "templates", "tests"}
FILES = {"wsgi.py", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"}
CODE = {".py", ".js", ".css", ".html"}
BINARY = {".ico", ".jpg", ".mo", ".png", ".webp", ".woff", ".woff2", ".xlsx", ".zip"}


def test_the_top_level_is_fixed() -> None:
    top = {path.parts[0] for path in files() if not path.parts[0].startswith(".")}
    assert top <= FOLDERS | FILES, f"The top level is fixed; {top - FOLDERS - FILES} must go into one of {FOLDERS}."


def test_files_are_short() -> None:
    long = [f"{path}: {lines} lines" for path in files() if path.suffix in CODE and (lines := _lines(path)) > 400]
    none_of(long, "A file over 400 lines is a folder in disguise: one idea per file.")


def _lines(path: object) -> int:
    return len(read(str(path)).splitlines())


def test_nothing_of_others_is_committed() -> None:
    foreign = re.compile(r"\.min\.(js|css)$|(^|/)(node_modules|vendor)/|\.(woff2?|ttf|otf)$")
    none_of(
        [str(path) for path in files() if foreign.search(str(path))],
        "Libraries and fonts come from PyPI and npm when the project is installed; they are never committed.",
    )


def test_lock_files_hold_no_addresses() -> None:
    locks = [path for path in files() if path.name in {"package-lock.json", "npm-shrinkwrap.json"}]
    assert locks, "static/package-lock.json must say exactly which browser libraries are installed."
    for path in locks:
        packages = json.loads(read(path))["packages"]
        resolved = [name for name, package in packages.items() if "resolved" in package]
        assert not resolved, f"{path} names download addresses for {resolved}; the registry is the installer's choice."


def test_no_request_leaves_the_host() -> None:
    shown = [path for path in files_in("static", "templates") if path.suffix in CODE | {".svg", ".jinja"}]
    away = r"""(src|href|action)\s*=\s*["']?(https?:)?//|url\(\s*["']?(https?:)?//|@import\s+["'](https?:)?//"""
    loads = r"""(fetch|import|from|WebSocket|EventSource)\s*\(?\s*["'`](https?|wss?)://"""
    none_of(
        [line for line in lines_matching(f"{away}|{loads}", shown) if "http://www.w3.org/" not in line],
        "A hall has no internet and guests have not agreed to be seen by others: requests stay here.",
    )


def test_nothing_tells_where_it_was_made() -> None:
    registries = [
        ["pypi", "org"],
        ["pythonhosted", "org"],
        ["npmjs", "org"],
        ["npmjs", "com"],
        ["jsdelivr", "net"],
    ]
    hosts = "|".join(r"\.".join(parts) for parts in registries)
    folders = "|".join(["work", "root", "opt"])
    text = [path for path in files() if path.suffix not in BINARY and path.name != "LICENSE"]
    none_of(
        lines_matching(rf"{hosts}|(?<![\w.\-}}])/({folders})/", text),
        "The repository names no registry host and no path of somebody's machine: it must install anywhere.",
    )
