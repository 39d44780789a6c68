"""What each fault has cost, as its test has counted it: printed, and kept in the file that `FAULT_COUNTS` names.

    FAULT_COUNTS=tests/live/faults.json FAULT_ROUNDS=50 FAULT_PEOPLE=100 … pytest -n 0 tests/live/test_faults_killed.py

That file holds the newest counts at full size, fault by fault.
"""

import json
import os
from pathlib import Path
from typing import Any


def counted(fault: str, counts: dict[str, Any]) -> None:
    print(fault, counts)
    if path := os.environ.get("FAULT_COUNTS"):
        keep(Path(path), fault, counts)


def keep(path: Path, fault: str, counts: dict[str, Any]) -> None:
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[fault] = {name: round(value, 2) if isinstance(value, float) else value for name, value in counts.items()}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
