"""The links of a dialogue: what each opens, and its address with a QR code."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from markupsafe import Markup
from sqlalchemy import select

from dialog import queries
from dialog.models import Dialogue, Link
from dialog.store import Db
from dialog.words import LinkKind
from sessions import identity
from sessions.qr import qr
from sessions.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A link that opens something now."""

    id: str
    kind: str
    group: str
    group_id: str
    round: int
    """Of the group: 1 for a board, 2 for a table, 0 for links to no single group."""
    address: str
    qr: Markup


def links(db: Db, dialogue: Dialogue) -> Sequence[Handed]:
    """All links that have not been revoked: projector first, then all boards, then single boards and tables."""
    groups = {group.id: group for round in (1, 2) for group in queries.groups(db, dialogue.id, round)}
    rows = db.scalars(select(Link).where(Link.dialogue_id == dialogue.id, Link.revoked.is_(False))).all()
    order = {LinkKind.SCREEN: 0, LinkKind.BOARDS: 1, LinkKind.BOARD: 2}
    handed = [
        Handed(
            id=row.id,
            kind=row.kind,
            group=groups[row.group_id].name if row.group_id in groups else "",
            group_id=row.group_id or "",
            round=groups[row.group_id].round if row.group_id in groups else 0,
            address=link_address(row),
            qr=qr(link_address(row)),
        )
        for row in rows
    ]
    return sorted(
        handed, key=lambda link: (order[LinkKind(link.kind)], link.round, len(link.group), link.group, link.id)
    )


def link_address(link: Link) -> str:
    """The whole address of a link, as it is copied and scanned."""
    signed = identity.sign_link(link)
    if link.kind == LinkKind.SCREEN:
        return public(url_for("screen.page", dialogue_id=link.dialogue_id, signed=signed))
    return public(url_for("board.by_link", signed=signed))


def public(path: str) -> str:
    """An address of this server as phones reach it."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url + path
