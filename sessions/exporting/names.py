"""What files are called: on their page, and where they are kept at home."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from dialog.models import Dialogue
from exports.job import Progress, State
from exports.making import KINDS, Ask
from exports.profile import Profile
from sessions.language import _, lazy, ngettext
from sessions.words import N_

TITLES = {
    "workbook": lazy("Excel workbook"),
    "csv": lazy("Data as CSV"),
    "minutes": lazy("Minutes for Word"),
    "archive": lazy("Archive"),
    "forum": lazy("Comparison as an Excel workbook"),
}
FILES = {"workbook": "", "csv": "Daten_", "minutes": "Protokoll_", "archive": "Archiv_", "forum": "Vergleich_"}
"""How names of files begin: they are German, like what stands in them."""
TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
    "zip": "application/zip",
}
LONGEST = 120
"""Bytes of a name: file systems take 255, and whoever saves it may add to it or keep it in a path that is long."""
LOST = N_("Making this file was interrupted before it was done, perhaps with the server. Please make it again.")


def title(ask: Ask) -> str:
    """Excel workbook (public)"""
    name = str(TITLES[ask.kind])
    if not KINDS[ask.kind].has_profiles:
        return name
    profile = _("public") if ask.profile is Profile.PUBLIC else _("internal")
    return _("%(file)s (%(profile)s)", file=name, profile=profile)


def name_of(ask: Ask, dialogue: Dialogue) -> str:
    """Arbeitsmarktdialog_Region_Nord_2026-03-12.xlsx; what may be published says so in its name."""
    kind = "Probelauf" if dialogue.rehearsal else "Arbeitsmarktdialog"
    return _name(ask, f"{FILES[ask.kind]}{kind}", dialogue.place, dialogue.held_on)


def name_of_comparison(ask: Ask, forum: str) -> str:
    """Vergleich_Regionales_Forum_Nord_2026-11-22.xlsx"""
    return _name(ask, FILES[ask.kind].rstrip("_"), forum, ask.today)


def _name(ask: Ask, begin: str, place: str, day: date) -> str:
    where = re.sub(r"[^\w-]+", "_", place).strip("_")[:80] or "Dialog"
    public = "_öffentlich" if ask.profile is Profile.PUBLIC else ""
    end = f"_{day.isoformat()}{public}.{KINDS[ask.kind].ending}"
    return f"{begin}_{_within(LONGEST - len(f'{begin}_{end}'.encode()), where)}{end}"


def _within(most: int, text: str) -> str:
    """As many whole characters as fit into so many bytes."""
    return text.encode()[:most].decode(errors="ignore").rstrip("_")


def in_a_header(name: str) -> dict[str, str]:
    """The name for browsers: in plain letters, and as it is where it has more than these."""
    for letter, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("ß", "ss")):
        name = name.replace(letter, plain)
    simple = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return (
        {"filename": simple} if simple == name else {"filename": simple, "filename*": f"UTF-8''{quote(name, safe='')}"}
    )


def how_far(ask: Ask, progress: Progress) -> str:
    """One sentence: how far it is, or why there is no file."""
    match progress.state:
        case State.WAITING:
            return _("Begins in a moment …")
        case State.READY:
            return _("The file is ready.")
        case State.CANCELLED:
            return _("You have cancelled it. There is no file.")
        case State.LOST:
            return _(LOST)
        case State.FAILED:
            return progress.sentence
    if not progress.of:
        return _("The dialogue is being read …")
    numbers = {"done": progress.done, "num": progress.of}
    match KINDS[ask.kind].parts:
        case "sheets":
            return ngettext("%(done)s of %(num)s sheet", "%(done)s of %(num)s sheets", **numbers)
        case "dialogues":
            return ngettext("%(done)s of %(num)s dialogue", "%(done)s of %(num)s dialogues", **numbers)
    return ngettext("%(done)s of %(num)s step", "%(done)s of %(num)s steps", **numbers)


def size(count: int) -> str:
    """Bytes as people read them: 35 KB, 1,2 MB."""
    if count < 1_000_000:
        return _("%(kilobytes)s KB", kilobytes=max(1, round(count / 1000)))
    return _("%(megabytes)s MB", megabytes=f"{count / 1_000_000:.1f}".replace(".", ","))
