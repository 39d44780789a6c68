"""Processes beside the server: they let everybody else go first, and say how they end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sessions import apart

SAYS = """import os, sys
print(os.getpriority(os.PRIO_PROCESS, 0), sys.argv[1], sys.stdin.read(), os.environ.get("DATABASE_URL"))
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "says_how.py").write_text(SAYS)
    (tmp_path / "fails.py").write_text("raise SystemExit('It was not to be.')")
    (tmp_path / "never_ends.py").write_text("import time; time.sleep(600)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "of the server")
    return "says_how"


@pytest.mark.parametrize("behind", [0, apart.SOON, apart.LAST])
def test_it_is_behind_everything_else_and_is_told_what_it_needs(module: str, behind: int) -> None:
    own = os.getpriority(os.PRIO_PROCESS, 0)
    said = apart.answer_of(module, "word", told=b"cards", patience=60, behind=behind, database_url="another")
    assert said.decode().split() == [str(min(19, own + behind)), "word", "cards", "another"]
    process = apart.launch(module, "word", behind=behind, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    assert process.communicate(timeout=60)[0].decode().split()[0] == str(min(19, own + behind))


def test_without_another_address_it_reads_the_server_s_database(module: str) -> None:
    assert apart.answer_of(module, "word", patience=60).decode().strip().endswith("of the server")


@pytest.mark.usefixtures("module")
def test_one_that_fails_says_why() -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        apart.answer_of("fails", patience=60)
    assert failed.value.stderr.decode().strip() == "It was not to be."


STARTS = """import subprocess, sys
from sessions import apart
for outlives in (False, True):
    print(apart.launch("never_ends", outlives=outlives, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid)
sys.exit()
"""


@pytest.mark.usefixtures("module")
def test_they_end_with_the_program_that_started_them_except_one_that_outlives_it() -> None:
    told = subprocess.run([sys.executable, "-c", STARTS], cwd=apart.ROOT, capture_output=True, check=True, timeout=60)
    ends, goes_on = map(int, told.stdout.split())
    with pytest.raises(ProcessLookupError):
        os.kill(ends, 0)
    os.kill(goes_on, signal.SIGKILL)


@pytest.mark.usefixtures("module")
def test_nobody_waits_for_ever() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        apart.answer_of("never_ends", patience=0.1)
