"""The page of the mixed tables: all side by side, what a move breaks, what was asked of the draw; and their cards."""

import hashlib
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dialog import audience, errors, queries, table_queries
from dialog.acting import COCKPIT_SCOPE
from dialog.commands.make_link import MakeLink, make_link
from dialog.models import Dialogue, Participant
from dialog.store import Db
from dialog.undo_stack import last_done, last_undone
from dialog.words import LinkKind
from sessions import identity
from sessions.answers import refused
from sessions.forms import ActForm
from sessions.live import live_config
from sessions.moderator.links import links
from sessions.moderator.mix_forms import digits
from sessions.moderator.mixed import breaks_of, mixed_now, must_mix, person_of
from sessions.participant.forms import SPOKEN
from sessions.perform import asked, perform, reading
from sessions.stakeholders import taking_part

blueprint = Blueprint("tables", __name__)


@blueprint.get("/m/<dialogue_id>/tables")
def page(dialogue_id: str) -> str:
    """All tables. `?person=` or `?number=` opens what there is to say and do about one person."""
    with reading() as db:
        dialogue = _mixing(db, dialogue_id)
        number = digits(request.args.get("number"))
        person = person_of(db, dialogue, person_id=request.args.get("person", ""), number=number)
        return render_template(
            "moderator/tables.html",
            dialogue=dialogue,
            **mixed_now(db, dialogue),
            person=_about(db, dialogue, person) if person else None,
            looked_for=number if number and person is None else "",
            spoken=SPOKEN,
            can_undo=not dialogue.closed and last_done(db, dialogue_id, COCKPIT_SCOPE) is not None,
            can_redo=not dialogue.closed and last_undone(db, dialogue_id, COCKPIT_SCOPE) is not None,
            config=live_config(
                db, audience.COCKPIT, dialogue_id, url_for("moderator.board_json", dialogue_id=dialogue_id)
            ),
        )


@blueprint.get("/m/<dialogue_id>/tables/breaks/<person_id>")
def breaks(dialogue_id: str, person_id: str) -> Response:
    """What a move of this person would newly break, while the chip is in the hand: by table, as `breaks_of` says."""
    with reading() as db:
        dialogue = _mixing(db, dialogue_id)
        if person_of(db, dialogue, person_id=person_id) is None:
            raise errors.NoSuchThing()
        return jsonify(breaks_of(db, dialogue, person_id))


@blueprint.get("/m/<dialogue_id>/table-cards")
def cards(dialogue_id: str) -> str:
    """A card to stand on each table, and the codes of the links that were made for the tables' tablets."""
    with reading() as db:
        dialogue = _mixing(db, dialogue_id)
        now = mixed_now(db, dialogue)
        handed = {link.group_id: link for link in links(db, dialogue) if link.kind == LinkKind.BOARD}
        return render_template(
            "moderator/table_cards.html",
            dialogue=dialogue,
            tables=now["tables"],
            tablets=[(table, handed[table.id]) for table in now["tables"] if table.id in handed],
        )


@blueprint.post("/m/<dialogue_id>/table_links")
def make_links(dialogue_id: str) -> ResponseReturnValue:
    """A link for the tablet of each table that has none yet."""
    with reading() as db:
        actor = identity.moderator_of(db, dialogue_id)
        dialogue = _mixing(db, dialogue_id)
        handed = {link.group_id for link in links(db, dialogue)}
        waiting = [table.id for table in table_queries.tables(db, dialogue_id) if table.id not in handed]
    form = ActForm()
    if not form.validate():
        return refused(next(str(found[0]) for found in form.errors.values()), 422, "form")
    for table_id in waiting:
        key = hashlib.blake2s(f"{form.key}/{table_id}".encode(), digest_size=16).hexdigest()
        perform(make_link, MakeLink(**asked(dialogue_id, actor, key), kind=LinkKind.BOARD, group_id=table_id))
    return redirect(url_for("moderator.links", dialogue_id=dialogue_id), code=303)


def _mixing(db: Db, dialogue_id: str) -> Dialogue:
    """Raises NotSignedIn, NotForYou, NoSuchDialogue or NothingToMix."""
    identity.moderator_of(db, dialogue_id)
    dialogue = queries.dialogue(db, dialogue_id)
    must_mix(dialogue)
    return dialogue


def _about(db: Db, dialogue: Dialogue, person: Participant) -> dict[str, Any]:
    """One person: what is known, the table, and what a move to each other table would break."""
    by_key = {who.key: who for who in taking_part(queries.plan(dialogue))}
    groups = {group.id: group.name for group in queries.groups(db, dialogue.id)}
    at = table_queries.table_of(db, person.id)
    return {
        "id": person.id,
        "number": person.number,
        "who": by_key[person.stakeholder],
        "group": groups.get(person.group_id, ""),
        "organisation": person.organisation,
        "languages": person.languages,
        "needs_interpreter": person.needs_interpreter,
        "has_phone": person.has_phone,
        "fixed_at": table_queries.fixed(db, dialogue.id).get(person.id),
        "table_id": at or "",
        "moves": _moves(db, dialogue, person.id),
    }


def _moves(db: Db, dialogue: Dialogue, person_id: str) -> list[dict[str, Any]]:
    """The tables where the person could sit instead, those that break least first."""
    names = {table.id: table.name for table in table_queries.tables(db, dialogue.id)}
    moves = [
        {"table_id": table_id, "name": names[table_id], **after}
        for table_id, after in breaks_of(db, dialogue, person_id).items()
    ]
    return sorted(moves, key=lambda move: (len(move["broken"]), len(move["lost"])))
