"""The commands of `flask --app wsgi` when the database cannot be used: then a copy can still be put back."""

import os
import sys

from flask import Flask

from sessions.app import create_app
from sessions.language import in_german, start_languages
from sessions.restore import backups, restore
from sessions.running import share_database
from sessions.settings import WrongSetting, read_settings

DO_NOT_TRY_AGAIN = 4
"""What gunicorn hears from a worker that cannot load its application; it then ends instead of starting another one."""


def application_or_rescue() -> Flask:
    """The application. For a command without a usable database one that can put a copy back; else the end."""
    try:
        return create_app()
    except WrongSetting as error:
        print(in_german(error.sentence, **error.values), file=sys.stderr)
        if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
            sys.exit(DO_NOT_TRY_AGAIN)
        return _rescue()


def _rescue() -> Flask:
    """Stops with the sentence that was told when the settings themselves are wrong."""
    try:
        settings = read_settings()
        lock = share_database(settings)
    except WrongSetting:
        sys.exit(1)
    app = Flask("sessions", static_folder=None)
    app.extensions.update(settings=settings, database_lock=lock)
    start_languages(app)
    for command in (backups, restore):
        app.cli.add_command(command)
    return app
