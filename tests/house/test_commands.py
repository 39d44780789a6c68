"""Commands: acts of the method that return what has happened, and can be done again for the same result."""

import ast
import inspect
from importlib import import_module
from pathlib import Path
from types import FunctionType, NoneType
from typing import Any, get_type_hints

import pytest

from dialog.acting import Command
from dialog.events import Happening
from tests.house.sources import calls, files_in, imports, none_of, python_files, tree

ACTS = [path for path in files_in("dialog", ending=".py") if path.parts[1] == "commands" and path.stem != "__init__"]
MAY_WAIT_AND_DRAW = {"dialog/store.py", "dialog/codes.py"}
"""The store waits for SQLite's one writer; codes and secrets are drawn at the edge and handed to commands."""
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic"}
DICE = {"os.urandom", "uuid.uuid4", "uuid4", "uuid.uuid1", "uuid1"}


def _act(path: Path) -> tuple[FunctionType, Any]:
    """The function that is named like its file, and the class of the command that asks for it."""
    module = import_module(".".join(path.with_suffix("").parts))
    name = path.stem.title().replace("_", "")
    act, asked = getattr(module, path.stem, None), getattr(module, name, None)
    assert inspect.isfunction(act), f"{path} must have a function {path.stem}: an act is found by its name."
    assert asked, f"{path} must have a dataclass {name}: what is asked for."
    return act, asked


def test_there_are_acts() -> None:
    assert ACTS


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_an_act_takes_db_and_its_command_and_returns_what_happened(path: Path) -> None:
    act, asked = _act(path)
    assert list(inspect.signature(act).parameters) == ["db", "command"], f"{path}: every act is (db, command)."
    returns = get_type_hints(act)["return"]
    if issubclass(asked, Command):
        assert returns == list[Happening], f"{path}: an act in a dialogue returns what happened, and sends nothing."
    else:
        assert returns is not NoneType, f"{path}: an act outside of dialogues returns what it has made."


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_an_act_has_a_frozen_command(path: Path) -> None:
    _, asked = _act(path)
    parameters = getattr(asked, "__dataclass_params__", None)
    assert parameters, f"{path}: {asked.__name__} must be a dataclass."
    assert parameters.frozen, f"{path}: {asked.__name__} must be frozen; a retry asks for the same."


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_an_act_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path)), f"{path}: begin with one sentence in the method's language."


def test_the_method_knows_no_clock_and_no_dice() -> None:
    method = [path for path in python_files("dialog") if str(path) not in MAY_WAIT_AND_DRAW]
    asked = [
        f"{path}:{line}: {name}()"
        for path in method
        for name, line in calls(path)
        if name in CLOCKS | DICE or (name.startswith("random.") and name != "random.Random")
    ]
    brought = [
        f"{path}:{line}: import {name}"
        for path in method
        for name, _, line in imports(path)
        if name.partition(".")[0] in {"time", "secrets"} or (name.startswith("random.") and name != "random.Random")
    ]
    none_of(
        asked + brought,
        "`now` and seeds are parameters, so that every act and every number can be done again.",
    )
