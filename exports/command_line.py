"""`python -m exports workbook DIALOGUE FILE`: a whole file or none, and one sentence when it fails."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from exports.job import read_job
from exports.making import KINDS, Ask, make
from exports.profile import Profile
from exports.words import _
from exports.working import Stopped, sentence_of, stop_when_asked, work


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when the file is there, 1 when it could not be made, 143 when it was stopped, 2 for a wrong command.

    Each line of the output says in JSON how far it is.
    """
    asked = _parser().parse_args(arguments)
    stop_when_asked()
    sys.unraisablehook = _say_nothing
    if hasattr(os, "nice"):
        os.nice(10)
    database_url = os.environ.get("DATABASE_URL", "")
    try:
        if asked.kind == "job":
            job = read_job(asked.folder)
            return _fail(_("There is nothing to be made here.")) if job is None else work(job, database_url)
        make(_ask(asked), database_url, asked.path, _tell)
    except Stopped:
        return 143
    except Exception as error:
        if (sentence := sentence_of(error)) is None:
            raise
        return _fail(sentence)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m exports")
    kinds = parser.add_subparsers(dest="kind", required=True)
    for name, kind in KINDS.items():
        one = kinds.add_parser(name)
        one.add_argument("of", metavar="FORUM" if name == "forum" else "DIALOGUE", help="its id")
        one.add_argument("path", type=Path, metavar="FILE")
        if kind.has_profiles:
            one.add_argument("--profile", type=Profile, choices=list(Profile), default=Profile.INTERNAL)
        if name == "forum":
            one.add_argument("--choose", action="append", default=[], metavar="NAME=VALUE", help="a filter")
    job = kinds.add_parser("job", help="what the server has asked for, in its folder")
    job.add_argument("folder", type=Path)
    return parser


def _ask(asked: argparse.Namespace) -> Ask:
    of_forum = asked.kind == "forum"
    return Ask(
        kind=asked.kind,
        dialogue_ids=() if of_forum else (asked.of,),
        forum_id=asked.of if of_forum else "",
        profile=asked.profile if KINDS[asked.kind].has_profiles else Profile.INTERNAL,
        chosen=_chosen(asked.choose) if of_forum else {},
        today=date.today(),
    )


def _chosen(filters: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, _is, value in (one.partition("=") for one in filters):
        found[name] = (*found.get(name, ()), value)
    return found


def _tell(done: int, of: int) -> None:
    print(json.dumps({"done": done, "of": of}), flush=True)


def _fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _say_nothing(_unraisable: "sys.UnraisableHookArgs") -> None:
    """A half-written part that is thrown away complains of its own; one sentence is enough."""
