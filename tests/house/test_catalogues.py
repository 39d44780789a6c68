"""The catalogues: German complete, the phone's languages complete where a phone can show them, nothing left over."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.house.sources import ROOT, none_of

SESSIONS = ROOT / "sessions" / "translations"
EXPORTS = ROOT / "exports" / "translations"
MARKS = ("lazy", "in_german", "N_")

CATALOGUES = sorted([*SESSIONS.glob("*.po"), *EXPORTS.glob("*.po")])
PHONE_LANGUAGES = ("uk", "ar", "fa", "ru", "tr")
"""Without `de-easy`, which says in easy words only what German does not, and English, which the code itself is in."""

CONSOLE = (
    "app",
    "backups",
    "crossing",
    "demo",
    "passwords",
    "purge",
    "restore",
    "running",
    "serve",
    "set_up",
    "settings",
)
"""Files of sessions/ that speak to whoever starts the server, in German."""

PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@cache
def _said() -> Catalog:
    """What the code says today, found as `pybabel extract` finds it."""
    with TemporaryDirectory() as folder:
        template = Path(folder, "messages.pot")
        command = [Path(sys.executable).parent / "pybabel", "-q", "extract", "-F", "pyproject.toml", "-o", template]
        command += [part for mark in MARKS for part in ("-k", mark)]
        subprocess.run([*command, "."], cwd=ROOT, check=True, capture_output=True)
        with template.open("rb") as file:
            return read_po(file)


def _said_in(catalogue: Path) -> dict[str, Message]:
    """The reports have a catalogue of their own; everything else is said by the pages."""
    reports = catalogue.is_relative_to(EXPORTS)
    return {
        _msgid(message): message
        for message in _said()
        if message.id and any(place.startswith("exports/") == reports for place, _line in message.locations)
    }


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem.partition("-")[0], abort_invalid=True)


def _msgid(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else [*message.string]


def _missing(catalogue: Path, wanted: dict[str, Message]) -> list[str]:
    there = _catalogue(catalogue)
    return [f"{one.locations[0][0]}: {msgid}" for msgid, one in wanted.items() if not _answers(there.get(one.id), one)]


def _answers(entry: Message | None, said: Message) -> bool:
    return bool(entry) and bool(entry.pluralizable) == bool(said.pluralizable) and all(_forms(entry))


@cache
def _phone_sources() -> frozenset[str]:
    """Every file whose sentences a phone can show: its templates with all they build on, and what answers it."""
    templates: set[Path] = set()
    waiting = [*(ROOT / "templates" / "participant").glob("*.html")]
    while waiting:
        if (template := waiting.pop()) in templates:
            continue
        templates.add(template)
        named = re.findall(r'{%-?\s*(?:extends|include|from|import)\s+"([^"]+)"', template.read_text(encoding="utf-8"))
        waiting += [ROOT / "templates" / name for name in named]
    answers = [path for path in (ROOT / "sessions").glob("*.py") if path.stem not in CONSOLE]
    answers += [*(ROOT / "sessions" / "participant").glob("*.py"), ROOT / "dialog" / "errors.py"]
    return frozenset(path.relative_to(ROOT).as_posix() for path in [*templates, *answers])


@pytest.mark.parametrize("folder", [SESSIONS, EXPORTS], ids=["pages", "reports"])
def test_the_german_catalogue_is_complete(folder: Path) -> None:
    said = _said_in(folder / "de.po")
    assert said, "No message was found in the code: [[tool.babel.mappings]] in pyproject.toml must be wrong."
    none_of(
        _missing(folder / "de.po", said),
        "The interface speaks German first; these sentences have no German yet.",
    )


@pytest.mark.parametrize("language", PHONE_LANGUAGES)
def test_a_phone_never_falls_back_to_german_in_the_middle_of_a_page(language: str) -> None:
    catalogue = SESSIONS / f"{language}.po"
    wanted = {
        msgid: message
        for msgid, message in _said_in(catalogue).items()
        if any(place in _phone_sources() for place, _line in message.locations)
    }
    assert wanted, "No sentence of a phone was found: the templates in templates/participant must have moved."
    none_of(
        _missing(catalogue, wanted),
        f"A person who reads {language} would meet these sentences in German, on the phone.",
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_catalogue_says_only_what_is_said(path: Path) -> None:
    catalogue, said = _catalogue(path), _said_in(path)
    none_of(
        [f"{entry.lineno}: {_msgid(entry)}" for entry in catalogue if entry.id and _msgid(entry) not in said],
        "No page and no report says this any more; take the entry out.",
    )
    none_of(
        [f"{entry.lineno}: {_msgid(entry)}" for entry in catalogue if entry.id and entry.fuzzy],
        "A fuzzy entry is the machine's guess; a person decides.",
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_entry_fits_its_sentence(path: Path) -> None:
    catalogue = _catalogue(path)
    none_of(
        [f"{message.lineno}: {error}" for message, errors in catalogue.check() for error in errors],
        "Placeholders and plurals must fit the sentence; a wrong one breaks the page that says it.",
    )
    uneven, short = [], []
    for entry in catalogue:
        if not entry.id:
            continue
        if entry.pluralizable and len(entry.string) != catalogue.num_plurals:
            short.append(f"{entry.lineno}: {_msgid(entry)}")
        # The forms for none, one and two may say the number in words; the last form is for many.
        if sorted(PLACE.findall(_forms(entry)[-1])) != sorted(PLACE.findall(_msgid(entry))):
            uneven.append(f"{entry.lineno}: {_msgid(entry)}")
    none_of(short, f"{path.stem} has {catalogue.num_plurals} plural forms, and each must be there.")
    none_of(uneven, "A value is lost, or asked for that nobody gives: the places must be the English ones.")
