"""The README: two commands that do everything, and every setting by its name."""

import re

from tests.house.sources import read

START = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/python wsgi.py"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


def test_the_readme_has_the_two_commands() -> None:
    commands = re.findall(r"^python3 -m venv .*$", read("README.md"), flags=re.MULTILINE)
    assert commands == [START, TEST], "One command starts everything on a fresh machine, one command tests everything."


def test_ci_runs_exactly_the_readme_s_test_command() -> None:
    script = read(".ci/run")
    assert r"grep -E '^python3 -m venv .*pytest$' README.md" in script, ".ci/run must take the command from README.md."
    assert script.rstrip().endswith('eval "${command[0]}"'), "The README's command decides; nothing comes after it."
    own = [line for line in script.splitlines() if re.search(r"pip install|bin/pytest", line)]
    assert not own, f".ci/run must not install or test in a way of its own: {own}"


def test_the_readme_names_every_setting() -> None:
    from sessions.settings import Settings

    missing = [name for name in map(str.upper, Settings.__annotations__) if f"`{name}`" not in read("README.md")]
    assert not missing, f"README.md does not name {missing}; a host can only set what is written down."
