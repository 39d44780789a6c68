"""`flask --app wsgi set-up`: the link for the first account, on servers whose console nobody sees."""

import click
from flask import current_app
from flask.cli import with_appcontext

from dialog.store import StoreAway
from sessions.language import in_german
from sessions.serve import first_link
from sessions.settings import Settings
from sessions.words import N_


@click.command("set-up")
@with_appcontext
def set_up() -> None:
    """Print the one-time link for the first account."""
    settings: Settings = current_app.extensions["settings"]
    try:
        token = first_link(current_app._get_current_object())
    except StoreAway as error:
        raise click.ClickException(
            in_german(N_("The database does not answer. Please try again in a moment."))
        ) from error
    if token is None:
        raise click.ClickException(in_german(N_("There is an account already. Please sign in.")))
    click.echo(in_german(N_("Make the first account (for 24 hours, once):")))
    click.echo(f"{settings.public_url}/set-up/{token}")
