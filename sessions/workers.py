"""One worker among several: listens to what the others tell, and looks whether it has missed anything.

Timers are numbers that pages count down by themselves; the server fires none, so there is nothing to be done only once.
"""

from flask import Flask

from dialog import queries
from dialog.store import StoreAway
from sessions.broadcast import anybody_here, hang_up_here, hear
from sessions.crossing import Crossing, crossing
from sessions.perform import reading
from sessions.settings import Settings


def start_workers(app: Flask, settings: Settings) -> None:
    """Without REDIS_URL there is one worker and nothing to do."""
    app.extensions["crossing"] = Crossing(app, settings, hear, look) if settings.redis_url else None
    if settings.redis_url:
        app.before_request(app.extensions["crossing"].start)


def look() -> None:
    """Whoever listens here to a dialogue that went on elsewhere without a word comes in again, and sees it as it is."""
    others = crossing()
    assert others is not None
    others.following.keep(dialogue_id for dialogue_id in others.following if anybody_here(dialogue_id))
    here = list(others.following)
    if not here:
        return
    try:
        with reading() as db:
            stored = queries.numbers(db, here)
    except StoreAway:
        return  # Nobody can have gone on meanwhile.
    for dialogue_id in others.following.missed(stored):
        hang_up_here(dialogue_id)
