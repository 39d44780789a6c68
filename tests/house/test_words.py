"""Words: what things are called, and what they are never called."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import files, files_in, imports, lines_matching, none_of, python_files, tree

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
STORE_MAY_RENAME = ("sqlalchemy.orm.Session", "Db")
SESSION = re.compile(r"(^|_)sessions?(_|$)|Session|SESSION")


def _bound_names(path: Path) -> Iterator[tuple[str, int]]:
    """Every name this file gives: to variables, attributes, parameters, functions, classes, tables."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Assign(targets=[ast.Name(id="__tablename__")], value=ast.Constant(value=str(name))):
                yield name, node.lineno


def _called_session(path: Path) -> list[str]:
    named = [f"{path}:{line}: {name}" for name, line in _bound_names(path) if SESSION.search(name)]
    brought = [
        f"{path}:{line}: import {name} as {here}"
        for name, here, line in imports(path)
        if SESSION.search(here.rpartition(".")[2])
        or ((name, here) == STORE_MAY_RENAME and str(path) != "dialog/store.py")
    ]
    return named + brought


def test_nothing_is_called_session() -> None:
    none_of(
        [finding for path in python_files() for finding in _called_session(path)],
        "A workshop is a dialogue, SQLAlchemy's session is `db` (dialog.store.Db), Flask's is `cookie`; "
        "nothing else is called session.",
    )
    none_of(
        lines_matching(r"(?i)\b(let|const|var|function|class)\s+\w*session", files_in("static", ending=".js")),
        "Nothing may be called session in the browser either.",
    )


def test_files_are_named_by_what_is_in_them() -> None:
    none_of(
        [str(path) for path in files() if EMPTY_NAMES & set(path.with_suffix("").parts)],
        "A newcomer finds the act by its name; these names say nothing about what is inside.",
    )


def test_nothing_is_left_for_later() -> None:
    unfinished = r"\b(TO" r"DO|FIX" r"ME|X" r"XX|NotImplemented" r"Error)\b"
    code = [path for path in files() if path.suffix in {".py", ".js", ".css", ".html"}]
    none_of(lines_matching(unfinished, code), "What is committed is finished; what is left is an issue.")


def test_silenced_checks_stay_rare() -> None:
    silenced = r"no" r"qa|type: ig" r"nore|eslint-dis" r"able|pragma: no co" r"ver|pytest\.mark\.sk" r"ip"
    code = [path for path in files() if path.suffix in {".py", ".js"}]
    none_of(
        lines_matching(silenced, code)[10:],
        "Tools stay quiet because the code is right, not because it is silenced.",
    )
