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
    CLOSE = "close"


class Valence(StrEnum):
    """What a card says about its matter: it works, or it fails."""

    WORKS = "works"
    FAILS = "fails"


class Voting(StrEnum):
    """How far the vote of the step `weigh` has come. Only REVEALED lets a tally leave the server."""

    PREPARING = "preparing"
    OPEN = "open"
    CLOSED = "closed"
    REVEALED = "revealed"


class Role(StrEnum):
    """In which capacity somebody acts."""

    MODERATOR = "moderator"
    CO_MODERATOR = "co-moderator"
    PARTICIPANT = "participant"
    GUEST = "guest"


class LinkKind(StrEnum):
    """What a link that a moderator hands out opens: every board, one group's board, or the projector."""

    BOARDS = "boards"
    BOARD = "board"
    SCREEN = "screen"
