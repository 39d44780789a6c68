"""The way in: the address on the wall and its QR code."""

from io import BytesIO

import segno
from flask import current_app
from markupsafe import Markup

from sessions.settings import Settings

QUIET = 2
"""Empty modules around the code; on the wall and on paper the ground around it is white or nearly so."""


def way_in(code: str) -> str:
    """The address that leads a phone into the dialogue with this code."""
    settings: Settings = current_app.extensions["settings"]
    return f"{settings.public_url}/{code}"


def address_to_type() -> str:
    """What people type who cannot scan: the address without the part that browsers add themselves."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url.partition("://")[2]


def qr(address: str) -> Markup:
    """The QR code of an address as SVG, to stand in an element of class `qr`, which says in words what it is."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=QUIET, svgclass=None, lineclass=None
    )
    return Markup(drawn.getvalue().decode())
