"""Long work of one request, done so that the requests and sockets of a running dialogue are served meanwhile."""

from collections.abc import Callable
from time import sleep
from typing import Any, ParamSpec, TypeVar

from flask import current_app
from gevent import get_hub

P = ParamSpec("P")
T = TypeVar("T")

PIECES = 150
"""Pieces of a page after which others have their turn; some milliseconds."""
TURN = 0.001
"""Seconds. Sleeping for none at all would let nobody in who waits for a socket."""


def beside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do pure work in a thread of its own; it takes turns with everything else every few milliseconds."""
    done: T = get_hub().threadpool.apply(work, args, kwargs)
    return done


def in_pieces(template: str, **context: Any) -> str:
    """Render a long page as `render_template` does, letting others have their turn in between."""
    app = current_app._get_current_object()
    app.update_template_context(context)
    parts = []
    for number, piece in enumerate(app.jinja_env.get_template(template).generate(context), start=1):
        parts.append(piece)
        if number % PIECES == 0:
            sleep(TURN)
    return "".join(parts)
