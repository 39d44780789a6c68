"""One request to a group's board: who runs it, what is carried out for it, and what is answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from dialog import errors
from dialog.acting import Actor, board_scope
from dialog.journal import Act, C, Outcome
from dialog.models import Card, Topic
from dialog.store import Db
from sessions import answers
from sessions.forms import ActForm
from sessions.identity import board_runner
from sessions.moderator.board_page import draw
from sessions.perform import asked, perform, reading


@dataclass(frozen=True, slots=True)
class Running:
    """A board and the one who runs it in this request."""

    dialogue_id: str
    group_id: str
    by: Actor

    @classmethod
    def board(cls, dialogue_id: str, group_id: str, *, cards: Iterable[str] = (), topics: Iterable[str] = ()) -> Self:
        """Whoever may run this board. Raises NotForYou; NotYourGroup for cards and topics of another board."""
        with reading() as db:
            by = board_runner(db, dialogue_id, group_id)
            _must_lie_here(db, Card, group_id, cards)
            _must_lie_here(db, Topic, group_id, topics)
        return cls(dialogue_id, group_id, by)

    @property
    def url(self) -> str:
        return url_for("board.page", dialogue_id=self.dialogue_id, group_id=self.group_id)

    def does(self, act: Act[C], command: type[C], form: ActForm, part: int = 0, **fields: Any) -> Outcome:
        """Carry out one act on this board's undo stack; `part` numbers the acts of one form."""
        key = f"{form.client_key.data}-{part}"[-64:] if part else form.client_key.data
        return perform(act, command(**asked(self.dialogue_id, self.by, key, board_scope(self.group_id)), **fields))

    def done(self, outcome: Outcome, place: str = "", **more: Any) -> ResponseReturnValue:
        """The act is stored. A browser goes back to the board, to the `place` on it where something has changed."""
        return answers.done(outcome, f"{self.url}#{place}" if place else self.url, **more)

    def invalid(self, form: ActForm) -> ResponseReturnValue:
        """The form cannot be taken as it is. The board has no place beside a field for it, so the page says why."""
        if not answers.wants_json():
            flash(next((str(errors[0]) for errors in form.errors.values() if errors), ""), "warn")
        return answers.invalid(form, lambda: draw(self.dialogue_id, self.group_id))


def _must_lie_here(db: Db, model: type[Card] | type[Topic], group_id: str, ids: Iterable[str]) -> None:
    wanted = list(ids)
    if wanted and any(there != group_id for there in db.scalars(select(model.group_id).where(model.id.in_(wanted)))):
        raise errors.NotYourGroup()
