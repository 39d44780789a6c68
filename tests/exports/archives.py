"""Archives for the tests: made of dialogues that were held, taken over elsewhere, damaged and forged."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import select

from dialog import lines, queries
from dialog.archive.file import CONTENT, FORMAT, from_bytes, zipped
from dialog.archive.schema import SCHEMA_VERSION
from dialog.commands.close_dialogue import close_dialogue
from dialog.commands.import_dialogue import ImportDialogue, import_dialogue
from dialog.mixing import MixRule
from dialog.models import Base, Commitment, Dialogue, FollowUp, Forum
from dialog.store import Store
from exports.archive import write_archive
from exports.profile import Profile
from exports.report import Report, read_report
from exports.sheets import book
from tests.exports.held import TODAY
from tests.exports.held_twice import HeldTwice, consensing

VERSION_1 = Path(__file__).with_name("archive_of_version_1.json")
Tree = dict[str, Any]
TOLD = [rule for rule in MixRule if rule not in (MixRule.TOGETHER, MixRule.APART, MixRule.FIXED, MixRule.WISHES)]
"""The rules of mixing of which something can be told after the close."""


def whole_dialogue(store: Store, resisting: bool = False) -> HeldTwice:
    """A dialogue of both rounds, closed, with follow-ups of what was promised."""
    held = HeldTwice(store, plan=consensing() if resisting else None)
    if resisting:
        with held.afternoon.in_one_go():
            held.people_arrive()
            held.tables_are_shown()
            held.tables_propose()
            held.people_appraise()
            held.appraisal_is_revealed()
            held.people_answer()
    else:
        held.both_rounds()
    held.afternoon.cockpit(close_dialogue)
    with store.writing() as db:
        for one in db.scalars(select(Commitment).order_by(Commitment.number)).all()[:1]:
            for number, state in enumerate(("running", "done"), start=1):
                noted_on = date(2027, number, 1)
                sentence = f"Stand {number}"
                db.add(
                    FollowUp(
                        commitment_id=one.id,
                        number=number,
                        dialogue_id=held.afternoon.id,
                        state=state,
                        noted_on=noted_on,
                        sentence=sentence,
                    )
                )
    return held


def archived(store: Store, dialogue_id: str, folder: Path) -> bytes:
    path = folder / f"{dialogue_id}.zip"
    with store.reading() as db:
        write_archive(db, dialogue_id, path, TODAY)
    return path.read_bytes()


def taken_over(store: Store, file: bytes, today: date = TODAY, forum: str = "forum", seed: int = 5) -> str:
    """Take the dialogue over into the forum of our tests; its id. Raises ArchiveRefused."""
    command = ImportDialogue(archive=from_bytes(file), forum_id=forum, today=today, seed=seed)
    with store.writing() as db:
        if db.get(Forum, forum) is None:
            db.add(Forum(id=forum, name="Forum Nord"))
            db.flush()
        return import_dialogue(db, command).id


# --- Forging ----------------------------------------------------------------------------------------------------------


def tree_of(file: bytes) -> Tree:
    tree: Tree = json.loads(parts_of(file)[1])
    return tree


def parts_of(file: bytes) -> tuple[bytes, bytes]:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(file)) as opened:
        return opened.read("manifest.json"), opened.read(CONTENT)


def sealed(content: bytes, schema_version: int = SCHEMA_VERSION, **manifest: Any) -> bytes:
    """A file with right sums, whatever it says."""
    entry = {"name": CONTENT, "size": len(content), "sha256": sha256(content).hexdigest()}
    said = {
        "format": FORMAT,
        "schema_version": schema_version,
        "created_on": "2026-11-24",
        "made_by": "somebody",
        "files": [entry],
        **manifest,
    }
    return zipped(json.dumps(said).encode(), content)


def forged(file: bytes, change: Callable[[Tree], object]) -> bytes:
    """The file with something else in it, and right sums."""
    tree = tree_of(file)
    change(tree)
    return sealed(json.dumps(tree).encode())


# --- Comparing --------------------------------------------------------------------------------------------------------


def everything(store: Store) -> dict[str, list[str]]:
    """Every row of every table."""
    with store.engine.connect() as connection:
        return {
            name: sorted(repr(tuple(row)) for row in connection.execute(table.select()))
            for name, table in Base.metadata.tables.items()
        }


def figures(store: Store, dialogue_id: str) -> dict[str, Any]:
    """All that a report says in both profiles, every cell of every sheet, and the lines of the argument."""
    with store.reading() as db:
        report = read_report(db, dialogue_id, TODAY)
        public = read_report(db, dialogue_id, TODAY, Profile.PUBLIC)
        found = lines.lines(db, queries.dialogue(db, dialogue_id))
    return {
        "report": plain(without_people(report)),
        "public": plain(without_people(public)),
        "sheets": plain(book(report)),
        "public sheets": plain(book(public)),
        "lines": plain(found),
    }


def without_people(report: Report) -> Report:
    """Of the mixing what is told after the close: not who sat where, but how often a rule was not kept."""
    mixing = report.round_two.mixing
    told: Any = {rule: mixing[rule].count for rule in TOLD} if mixing else None
    if mixing:
        told |= {"too few": mixing.too_few, "sizes": mixing.sizes}
    return replace(report, round_two=replace(report.round_two, mixing=told))


def plain(value: Any) -> Any:
    """A value with all that is in it, to be compared: dataclasses and frames by their names."""
    if isinstance(value, pd.DataFrame):
        return {str(name): [plain(cell) for cell in value[name].tolist()] for name in value.columns}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return "–" if isinstance(value, float) and value != value else value


def imported(store: Store, dialogue_id: str) -> Dialogue:
    with store.reading() as db:
        return queries.dialogue(db, dialogue_id)
