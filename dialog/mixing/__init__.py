"""Mixed groups: people of all stakeholders at one table, drawn so that as many as possible meet for the first time.

Pure arithmetic. `draw` seats everybody, `place` somebody who comes late, `examine` explains any seating, and
`breaks` says what a move by hand would break.
"""

from dialog.mixing.drawing import draw
from dialog.mixing.latecomer import place
from dialog.mixing.report import breaks, examine
from dialog.mixing.values import (
    Because,
    Breach,
    Finding,
    MixRule,
    Person,
    Report,
    Rules,
    Table,
    TooFew,
)

__all__ = [
    "Because",
    "Breach",
    "Finding",
    "MixRule",
    "Person",
    "Report",
    "Rules",
    "Table",
    "TooFew",
    "breaks",
    "draw",
    "examine",
    "place",
]
