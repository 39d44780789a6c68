"""Which picture is on the wall. Pure.

The moderator decides; a presenter remote may look ahead and back among the pictures of the current step. What the remote
has chosen stands in the address, so that F5 restores it, together with what the moderator showed then (`over`): when
the moderator shows something else, or the step or the vote goes on, the address no longer counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

LAST = -1
"""The page of a picture that one comes to from behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What the moderator shows: the pictures that the step has (never empty) and the one that is on."""

    step: str
    voting: str
    picture: str
    can: tuple[str, ...]

    @property
    def shown(self) -> str:
        return self.picture if self.picture in self.can and self.picture != "step" else self.can[0]

    @property
    def over(self) -> str:
        return f"{self.step}.{self.voting}.{self.picture}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A picture and page asked for at the projector itself; without a picture only the page has turned by itself."""

    picture: str | None
    page: int

    @property
    def by_hand(self) -> bool:
        return self.picture is not None


def wish(asked: Mapping[str, str], stand: Stand) -> Wish:
    """What the address asks for, as far as it still counts."""
    if asked.get("over") != stand.over:
        return Wish(picture=None, page=1)
    picture = asked.get("picture")
    page = asked.get("page", "1")
    turned = int(page) if page.removeprefix("-").isdecimal() and len(page) < 5 else 1
    return Wish(picture=picture if picture in stand.can else None, page=turned)


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


def place(stand: Stand, wished: Wish, pages: int) -> Place:
    """Where the wall stands when the picture asked for has so many pages."""
    picture = wished.picture or stand.shown
    page = pages if wished.page == LAST else min(max(wished.page, 1), pages)
    at = stand.can.index(picture)
    if wished.by_hand:
        here = _query(stand, picture, page)
    else:
        here = _turned(stand, page) if page > 1 else ""
    if page > 1:
        before = _query(stand, picture, page - 1)
    else:
        before = _query(stand, stand.can[at - 1], LAST) if at else ""
    if page < pages:
        after = _query(stand, picture, page + 1)
    else:
        after = _query(stand, stand.can[at + 1], 1) if at + 1 < len(stand.can) else ""
    return Place(
        picture=picture,
        page=page,
        pages=pages,
        here=here,
        before=before,
        after=after,
        turns_to="" if wished.by_hand or pages == 1 else _turned(stand, page % pages + 1),
    )


def _query(stand: Stand, picture: str, page: int) -> str:
    return f"?{urlencode({'picture': picture, 'page': page, 'over': stand.over})}"


def _turned(stand: Stand, page: int) -> str:
    return f"?{urlencode({'page': page, 'over': stand.over})}"
