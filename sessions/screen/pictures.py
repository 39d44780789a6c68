"""Which picture is on the wall. Pure.

The moderator decides; a presenter remote may look ahead and back among the pictures of the current step. What it has
chosen stands in the address, so that F5 restores it, together with what the moderator showed then (`over`): when the
moderator shows something else, or the step or the vote goes on, the address no longer counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from dialog.models import Dialogue

LAST = -1
"""The page of a picture that one comes to from behind."""

FITS = (100, 88, 75, 63, 50, 38, 25)
"""How full a page may be, in percent. A wall on which it does not fit asks for the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What the moderator shows: the pictures that the step has (never empty) and the one that is on."""

    step: str
    voting: str
    appraising: str
    picture: str
    can: tuple[str, ...]

    @property
    def shown(self) -> str:
        return self.picture if self.picture in self.can and self.picture != "step" else self.can[0]

    @property
    def over(self) -> str:
        return f"{self.step}.{self.voting}.{self.appraising}.{self.picture}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the address asks for. Without a picture nobody has used the remote; the page may have turned by itself."""

    picture: str | None
    page: int
    fit: int

    @property
    def by_hand(self) -> bool:
        return self.picture is not None


def stand_of(dialogue: Dialogue, can: tuple[str, ...]) -> Stand:
    """What the moderator shows in this dialogue, of all that the projector can show."""
    return Stand(
        step=dialogue.step,
        voting=dialogue.voting,
        appraising=dialogue.appraising,
        picture=dialogue.picture,
        can=can,
    )


def wish(asked: Mapping[str, str], stand: Stand) -> Wish:
    """What the address asks for, as far as it still counts."""
    fit = next((fit for fit in FITS if str(fit) == asked.get("fit")), FITS[0])
    if asked.get("over") != stand.over:
        return Wish(picture=None, page=1, fit=fit)
    picture = asked.get("picture")
    page = asked.get("page", "1")
    turned = int(page) if page.removeprefix("-").isdecimal() and len(page) < 5 else 1
    return Wish(picture=picture if picture in stand.can else None, page=turned, fit=fit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One page of one picture, and the addresses (queries) that lie around it; "" where there is nothing more."""

    picture: str
    page: int
    pages: int
    here: str
    before: str
    after: str
    turns_to: str
    """The page that comes by itself after a while: pictures of several pages go round until the remote is used."""
    emptier: str
    """The same with less on each page, where this does not fit on the wall."""


def place(stand: Stand, wished: Wish, pages: int) -> Place:
    """Where the wall stands when the picture asked for has so many pages."""
    picture = wished.picture or stand.shown
    page = pages if wished.page == LAST else min(max(wished.page, 1), pages)
    at, fit = stand.can.index(picture), wished.fit
    before, after = stand.can[at - 1 : at] if at else (), stand.can[at + 1 : at + 2]
    return Place(
        picture=picture,
        page=page,
        pages=pages,
        here=_address(stand, fit, wished.picture, page),
        before=_address(stand, fit, picture, page - 1) if page > 1 else _first(stand, fit, before, LAST),
        after=_address(stand, fit, picture, page + 1) if page < pages else _first(stand, fit, after, 1),
        turns_to="" if wished.by_hand or pages == 1 else _address(stand, fit, None, page % pages + 1),
        emptier=_address(stand, FITS[FITS.index(fit) + 1], wished.picture, 1) if fit != FITS[-1] else "",
    )


def _first(stand: Stand, fit: int, pictures: tuple[str, ...], page: int) -> str:
    return _address(stand, fit, pictures[0], page) if pictures else ""


def _address(stand: Stand, fit: int, picture: str | None, page: int) -> str:
    """The shortest query that restores this. "?" restores what the moderator shows."""
    asked: dict[str, str | int] = {}
    if picture is not None:
        asked |= {"picture": picture, "page": page, "over": stand.over}
    elif page != 1:
        asked |= {"page": page, "over": stand.over}
    if fit != FITS[0]:
        asked["fit"] = fit
    return f"?{urlencode(asked)}"
