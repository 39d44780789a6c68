"""The quiet tools: style, types, layers."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT, imports, none_of, python_files

TOOLS = Path(sys.executable).parent


REASONS = {
    "ruff check .": "One style needs no discussion; `ruff check --fix .` mends most of it.",
    "ruff format --check .": "One layout needs no discussion; run `ruff format .`.",
    "mypy": "The method and the reports are typed strictly: people quote what they compute.",
    "lint-imports --no-cache": "Imports run one way, so that the method stands without the web.",
}


@pytest.mark.parametrize("command", REASONS)
def test_tools_are_quiet(command: str) -> None:
    name, *arguments = command.split()
    run = subprocess.run([TOOLS / name, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    none_of([run.stdout + run.stderr] if run.returncode else [], REASONS[command])


def test_the_method_runs_without_any_web() -> None:
    program = (
        "import pkgutil, sys, dialog\n"
        "for found in pkgutil.walk_packages(dialog.__path__, 'dialog.'):\n"
        "    if 'migrations' not in found.name: __import__(found.name)\n"
        "print(*{'flask', 'flask_socketio', 'socketio', 'wtforms', 'werkzeug', 'pandas'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not run.stdout.strip(), f"Importing all of dialog/ also brought {run.stdout}: it must not need the web."


def test_tests_of_the_method_need_no_web() -> None:
    web = {
        "exports",
        "flask",
        "flask_socketio",
        "pandas",
        "playwright",
        "sessions",
        "socketio",
        "werkzeug",
        "wtforms",
    }
    none_of(
        [
            f"{path}:{line}: {name}"
            for path in python_files("tests")
            if path.parts[1] == "method"
            for name, _, line in imports(path)
            if name.partition(".")[0] in web
        ],
        "tests/method/ tests the method by itself; what needs the web is tested elsewhere.",
    )
