"""The file itself: a zip with a manifest and the dialogue, stored as they are.

Nothing in it is compressed. So the same dialogue is the same bytes on every machine, reading never takes more room than
the file has, and a file is either byte for byte what this program makes of its two parts, or it is refused.
"""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from typing import Annotated, Any, Literal
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import Field, ValidationError

from dialog.archive.check import check
from dialog.archive.refusals import (
    ArchiveDamaged,
    ArchiveTooLarge,
    ArchiveTooNew,
    ArchiveUnsound,
    NotAnArchive,
    TooMuchForAnArchive,
)
from dialog.archive.schema import SCHEMA_VERSION, Archive, Day, Part
from dialog.archive.upgrade import OLDEST, upgraded

FORMAT = "arbeitsmarktdialog-archive"
MANIFEST, CONTENT = "manifest.json", "dialogue.json"
MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 32
MOST_BYTES = MOST_MEGABYTES * MEGABYTE
LONGEST_MANIFEST = 4096
NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip can name: that of no archive."""


class Entry(Part):
    """A file in the zip, with what it must be."""

    name: Literal["dialogue.json"]
    size: Annotated[int, Field(ge=0, le=MOST_BYTES)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(Part):
    """`made_by` names the program and its version, `created_on` the day."""

    format: Literal["arbeitsmarktdialog-archive"]
    schema_version: Annotated[int, Field(ge=OLDEST, le=SCHEMA_VERSION)]
    created_on: Day
    made_by: Annotated[str, Field(max_length=80)]
    files: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=1)]


def to_bytes(archive: Archive, created_on: date) -> bytes:
    """The file of an archive: the same archive on the same day is the same file. Raises TooMuchForAnArchive."""
    content = _json(archive.model_dump(mode="json"))
    manifest = Manifest(
        format=FORMAT,
        schema_version=SCHEMA_VERSION,
        created_on=created_on,
        made_by=f"arbeitsmarktdialog {version('arbeitsmarktdialog')}",
        files=(Entry(name=CONTENT, size=min(len(content), MOST_BYTES), sha256=sha256(content).hexdigest()),),
    )
    made = zipped(_json(manifest.model_dump(mode="json")), content)
    if len(made) > MOST_BYTES:
        raise TooMuchForAnArchive(limit=MOST_MEGABYTES)
    return made


def zipped(manifest: bytes, content: bytes) -> bytes:
    """Both parts in one zip, without any moment, right or comment."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as file:
        for name, part in ((MANIFEST, manifest), (CONTENT, content)):
            info = ZipInfo(name, NO_TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16
            file.writestr(info, part)
    return made.getvalue()


def from_bytes(file: bytes) -> Archive:
    """The archive in a file of this version or an older one.

    Raises NotAnArchive, ArchiveTooLarge, ArchiveDamaged, ArchiveTooNew or ArchiveUnsound.
    """
    if len(file) > MOST_BYTES:
        raise ArchiveTooLarge(limit=MOST_MEGABYTES)
    manifest_json, content = _parts(file)
    manifest = _manifest(manifest_json)
    (entry,) = manifest.files
    if (entry.size, entry.sha256) != (len(content), sha256(content).hexdigest()):
        raise ArchiveDamaged()
    if zipped(manifest_json, content) != file:
        raise ArchiveDamaged()
    archive = _archive(upgraded(_tree(content), manifest.schema_version))
    check(archive)
    return archive


def _json(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False, indent=1, allow_nan=False).encode() + b"\n"


# --- Reading ----------------------------------------------------------------------------------------------------------


def _parts(file: bytes) -> tuple[bytes, bytes]:
    """The manifest and the dialogue. Nothing is unpacked: what is not stored as it is, is not ours."""
    if not file.startswith(b"PK\x03\x04"):
        raise NotAnArchive()
    try:
        with ZipFile(BytesIO(file)) as opened:
            entries = opened.infolist()
            if MANIFEST not in [entry.filename for entry in entries]:
                raise NotAnArchive()
            if not _are_ours(entries):
                raise ArchiveDamaged()
            return opened.read(MANIFEST), opened.read(CONTENT)
    except (BadZipFile, EOFError, OSError, ValueError, RuntimeError, IndexError) as error:
        raise ArchiveDamaged() from error


def _are_ours(entries: Sequence[ZipInfo]) -> bool:
    """Both parts and nothing else, each as long as it says, and the manifest short."""
    if [entry.filename for entry in entries] != [MANIFEST, CONTENT]:
        return False
    stored = all(entry.compress_type == ZIP_STORED and entry.file_size == entry.compress_size for entry in entries)
    return stored and entries[0].file_size <= LONGEST_MANIFEST and entries[1].file_size <= MOST_BYTES


def _manifest(written: bytes) -> Manifest:
    try:
        tree = _tree(written)
    except ArchiveUnsound as error:
        raise ArchiveDamaged() from error
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise NotAnArchive()
    stated = tree.get("schema_version")
    if isinstance(stated, int) and not isinstance(stated, bool) and stated > SCHEMA_VERSION:
        raise ArchiveTooNew()
    try:
        return Manifest.model_validate_json(_json(tree), strict=True)
    except (ValidationError, UnicodeEncodeError, ValueError) as error:
        raise ArchiveDamaged() from error


def _archive(tree: Any) -> Archive:
    """The values in a tree, each as strictly as the schema says it. Raises ArchiveUnsound."""
    try:
        return Archive.model_validate_json(_json(tree), strict=True)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_url=False, include_input=False)[0]["loc"])
        raise ArchiveUnsound(where=where[:80] or "?") from error
    except (UnicodeEncodeError, ValueError, RecursionError) as error:
        raise ArchiveUnsound(where="?") from error


def _tree(written: bytes) -> Any:
    """What the JSON says, of which each name stands once and each number is one. Raises ArchiveUnsound."""
    try:
        return json.loads(written.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ArchiveUnsound(where=_line(error)) from error


def _line(error: Exception) -> str:
    return f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else str(error)[:80]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        raise ValueError("a name stands twice")
    return tree


def _no_number(name: str) -> float:
    raise ValueError(name)
