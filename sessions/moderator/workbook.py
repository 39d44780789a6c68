"""The Excel file. It is made in a process of its own, so that a large one never holds up the room."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from dialog import errors, queries
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Role
from sessions import identity
from sessions.answers import refused
from sessions.language import _
from sessions.perform import reading
from sessions.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 120
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = Blueprint("workbook", __name__)


@blueprint.get("/m/<dialogue_id>/workbook")
def workbook(dialogue_id: str) -> ResponseReturnValue:
    """The dialogue as it stands now, for moderators, and for analysts once it is closed."""
    with reading() as db:
        dialogue = _readable(db, dialogue_id)
        name = _name(dialogue)
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        path = Path(folder) / "workbook.xlsx"
        if not _write(dialogue_id, path):
            return refused(_("The Excel file could not be made. Nothing is lost; please try again."), 500, "workbook")
        content = path.read_bytes()
    answer = Response(content, mimetype=EXCEL)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _readable(db: Db, dialogue_id: str) -> Dialogue:
    account = identity.must_sign_in(db)
    dialogue = queries.dialogue(db, dialogue_id)
    if dialogue.forum_id != account.forum_id:
        raise errors.NoSuchDialogue()
    if account.role != Role.MODERATOR and not dialogue.closed:
        raise identity.NotForYou()
    return dialogue


def _write(dialogue_id: str, path: Path) -> bool:
    """Let `python -m exports workbook` write the file, behind everything else this machine has to do."""
    settings: Settings = current_app.extensions["settings"]
    command = [sys.executable, "-m", "exports", "workbook", dialogue_id, str(path)]
    if os.name == "posix":
        command = ["nice", "-n", "10", *command]
    environ = {**os.environ, "DATABASE_URL": settings.database_url}
    try:
        run = subprocess.run(
            command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        current_app.logger.error("The workbook could not be written: %s", type(error).__name__)
        return False
    if run.returncode:
        current_app.logger.error("The workbook could not be written:\n%s", run.stderr)
    return run.returncode == 0 and path.is_file()


def _name(dialogue: Dialogue) -> str:
    """Arbeitsmarktdialog_Region_Nord_2026-03-12.xlsx"""
    place = re.sub(r"[^\w-]+", "_", dialogue.place).strip("_") or "Dialog"
    return f"Arbeitsmarktdialog_{place}_{dialogue.held_on.isoformat()}.xlsx"
