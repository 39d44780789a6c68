"""The closed vocabularies of the method. Open ones (stakeholders, categories, questions) are data in `formats/`."""

from enum import StrEnum


class Step(StrEnum):
    """One phase of the afternoon, in the order in which the method knows them."""

    ARRIVE = "arrive"
    COLLECT = "collect"
    SORT = "sort"
    NOMINATE = "nominate"
    WEIGH = "weigh"
    MIRROR = "mirror"
    MIX = "mix"
    ENVISION = "envision"
    TRANSLATE = "translate"
    SOLVE = "solve"
    APPRAISE = "appraise"
    COMMIT = "commit"
    CLOSE = "close"


class Valence(StrEnum):
    """What a card says about its matter: it works, or it fails."""

    WORKS = "works"
    FAILS = "fails"


class Voting(StrEnum):
    """How far a vote or an appraisal has come. Only REVEALED lets its figures leave the server."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"


class FollowUpState(StrEnum):
    """What became of a commitment. A new one is OPEN."""

    OPEN = "open"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


class Role(StrEnum):
    """In which capacity somebody acts."""

    MODERATOR = "moderator"
    ANALYST = "analyst"
    CO_MODERATOR = "co-moderator"
    PARTICIPANT = "participant"
    GUEST = "guest"


class LinkKind(StrEnum):
    """What a link that a moderator hands out opens: every board, one group's board, or the projector."""

    BOARDS = "boards"
    BOARD = "board"
    SCREEN = "screen"


class Pairing(StrEnum):
    """What a moderator asks of two people when tables are drawn: to sit at one table, or never at one."""

    TOGETHER = "together"
    APART = "apart"


class Appraising(StrEnum):
    """How a format appraises proposals: effect and feasibility 1–5 each, or resistance 0–10 (systemic consensing)."""

    EFFECT_FEASIBILITY = "effect-feasibility"
    RESISTANCE = "resistance"
