"""Comparing in a process of its own comes to what comparing here comes to."""

import subprocess
import sys
from pathlib import Path

from dialog.comparing import answered, asked
from dialog.similar import similar_cards

ROOT = Path(__file__).parents[2]
CARDS = [
    ("a", "Die Leistungsabteilung ist schwer zu erreichen"),
    ("b", "Niemand erreicht die Leistungsabteilung"),
    ("c", "Kinderbetreuung fehlt am Nachmittag"),
    ("d", "Betreuung für Kinder fehlt am Nachmittag"),
    ("e", "Das Essen war gut"),
]


def test_another_process_finds_the_same_cards_for_the_same_reasons() -> None:
    here = similar_cards(CARDS, limit=10, names=["Jobcenter"])
    told = asked(CARDS, 10, ["Jobcenter"])
    run = subprocess.run(
        [sys.executable, "-m", "dialog.comparing"], cwd=ROOT, input=told, capture_output=True, text=True, check=True
    )
    assert len(here) >= 2
    assert answered(run.stdout) == here
