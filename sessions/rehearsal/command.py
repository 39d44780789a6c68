"""`flask --app wsgi rehearse`: a rehearsal from the console, beside a running server."""

import secrets
import signal
from datetime import date
from urllib.error import URLError
from urllib.request import urlopen

import click
import gevent
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from dialog import errors, queries
from dialog.codes import show_code
from dialog.models import Dialogue
from dialog.store import Db, StoreAway
from sessions.language import in_german
from sessions.perform import reading
from sessions.rehearsal.people import PACES
from sessions.rehearsal.planning import plan_rehearsal
from sessions.rehearsal.starting import FEWEST, MOST, People, here, running, start
from sessions.settings import Settings
from sessions.words import N_


@click.command("rehearse")
@click.argument("dialogue_id", default="")
@click.option("--people", default=26, type=click.IntRange(FEWEST, MOST), help="How many simulated people come.")
@click.option("--pace", default="normal", type=click.Choice(list(PACES)), help="How fast they are.")
@click.option("--seed", default=0, help="The same number draws the same people; 0 draws new ones.")
@with_appcontext
def rehearse(dialogue_id: str, people: int, pace: str, seed: int) -> None:
    """Practise a dialogue with simulated people: a copy of its plan, marked as a rehearsal. Ctrl+C sends them home.

    Without an id it is the dialogue that is planned next.
    """
    settings: Settings = current_app.extensions["settings"]
    try:
        with reading() as db:
            original = queries.dialogue(db, dialogue_id) if dialogue_id else _next(db)
            like = queries.plan(original).expected
    except errors.NoSuchDialogue as error:
        raise click.ClickException(in_german(error.sentence)) from error
    except StoreAway as error:
        raise click.ClickException(
            in_german(N_("The database does not answer. Please try again in a moment."))
        ) from error
    _must_answer(here(settings))
    if running(settings, original.forum_id):
        raise click.ClickException(in_german(N_("A rehearsal is already running. Please stop it first.")))
    dialogue = plan_rehearsal(original, secrets.token_urlsafe(18), date.today())
    who = People(people, dict(like), pace, seed or secrets.randbelow(10**6))
    process = start(settings, dialogue.forum_id, dialogue.id, dialogue.code, who)
    click.echo(
        in_german(N_("Rehearsal: %(title)s, code %(code)s"), title=dialogue.title, code=show_code(dialogue.code))
    )
    click.echo(in_german(N_("Cockpit: %(address)s"), address=f"{here(settings)}/m/{dialogue.id}/"))
    click.echo(in_german(N_("To stop: Ctrl+C")))
    gevent.signal_handler(signal.SIGINT, process.terminate)
    process.wait()


def _next(db: Db) -> Dialogue:
    """The dialogue that is held next, or the newest. Raises NoSuchDialogue when there is none."""
    held = select(Dialogue).where(Dialogue.rehearsal.is_(False))
    to_come = held.where(Dialogue.closed.is_(False), Dialogue.held_on >= date.today()).order_by(Dialogue.held_on)
    found = db.scalar(to_come.limit(1)) or db.scalar(held.order_by(Dialogue.held_on.desc()).limit(1))
    if found is None:
        raise errors.NoSuchDialogue()
    return found


def _must_answer(url: str) -> None:
    try:
        with urlopen(f"{url}/healthz", timeout=5):
            pass
    except (URLError, OSError) as error:
        sentence = N_("The server does not answer at %(address)s. Please start it first, in another window.")
        raise click.ClickException(in_german(sentence, address=url)) from error
