"""The one task of a phone: what it shows in the current step. Everything but votes and results comes from its board."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for

from dialog import queries
from dialog.format import Plan
from dialog.models import Dialogue, Participant
from dialog.store import Db
from dialog.words import Step, Valence, Voting
from sessions import mirror, results
from sessions.forms import ActForm
from sessions.identity import participant_of, was_here
from sessions.live import live_config
from sessions.participant import own_cards, second_round
from sessions.participant.at_table import for_entry, for_table
from sessions.participant.ballot import ballot_context
from sessions.participant.entry_forms import EntryForm
from sessions.participant.forms import BallotForm, CardForm, NominateForm
from sessions.participant.me import me
from sessions.participant.typed import typed
from sessions.perform import reading
from sessions.promises import PromiseShown, promises
from sessions.snapshots import phone_of
from sessions.stakeholders import everybody_addressed

MOST_MIRRORED = 8
"""Cards of one valence on one side of the mirror. All of them are on the projector."""


def task_page(
    dialogue_id: str,
    *,
    card_form: CardForm | None = None,
    nominate_form: NominateForm | None = None,
    ballot_form: BallotForm | None = None,
    entry_form: EntryForm | None = None,
    refused: ActForm | None = None,
) -> str:
    """The page of the current step. A form that was refused is drawn as it was filled in.

    Raises NoSuchDialogue, NotJoined or NotHere.
    """
    with reading() as db:
        dialogue = queries.dialogue(db, dialogue_id)
        if dialogue.closed:
            return render_template("participant/closed.html", dialogue=dialogue, promises=_promised(db, dialogue))
        person = participant_of(db, dialogue_id)
        context = _for_every_step(db, dialogue, person)
        given = card_form or nominate_form or ballot_form or entry_form or refused
        context["refusals"] = given.form_errors if given is not None else []
        match Step(dialogue.step):
            case Step.COLLECT | Step.SORT:
                context |= _for_writing(context, card_form)
            case Step.NOMINATE:
                context |= _for_nominating(context, nominate_form)
            case Step.WEIGH:
                context |= _for_weighing(db, dialogue, person, context, ballot_form)
            case Step.MIRROR:
                context |= _for_mirroring(db, dialogue, person)
            case Step.MIX:
                context |= second_round.for_mixing(db, dialogue, person, nominate_form)
            case Step.ENVISION | Step.TRANSLATE | Step.SOLVE:
                context |= for_table(db, dialogue, context["me"], context["board"], entry_form)
            case Step.APPRAISE:
                context |= second_round.for_appraising(db, dialogue, person, request.args, refused)
            case Step.COMMIT:
                context |= second_round.for_committing(db, dialogue, person, request.args, refused)
            case Step.CLOSE:
                context |= second_round.for_closing(db, dialogue, person, refused)
        context["typed"] = typed(given) if given is not context.get("form") else ""
        return render_template(_template(dialogue), **context)


def card_page(dialogue_id: str, card_id: str, form: CardForm) -> str:
    """The page on which one's own card is changed."""
    with reading() as db:
        dialogue = queries.dialogue(db, dialogue_id)
        person = participant_of(db, dialogue_id)
        context = _for_every_step(db, dialogue, person)
        return render_template(
            "participant/edit_card.html", **context, refusals=form.form_errors, typed="", form=form, card_id=card_id
        )


def entry_page(dialogue_id: str, entry_id: str, form: EntryForm | None = None) -> str:
    """The page on which an entry of the own table is changed. Raises NoTableYet, NoSuchThing or NotYourGroup."""
    with reading() as db:
        dialogue = queries.dialogue(db, dialogue_id)
        context = _for_every_step(db, dialogue, participant_of(db, dialogue_id))
        context |= for_entry(db, dialogue, context["me"], context["board"], entry_id, form)
        refusals = form.refusals if form is not None else []
        return render_template("participant/entry.html", **context, refusals=refusals, typed="")


def _template(dialogue: Dialogue) -> str:
    match Step(dialogue.step):
        case Step.WEIGH:
            return f"participant/weigh_{Voting(dialogue.voting)}.html"
        case Step.APPRAISE:
            return f"participant/appraise_{Voting(dialogue.appraising)}.html"
        case step:
            return f"participant/{step}.html"


def _promised(db: Db, dialogue: Dialogue) -> list[PromiseShown]:
    """What was agreed, for devices that were in the room; who held them, nobody can tell any more."""
    return promises(db, dialogue) if was_here(dialogue.id) else []


def _for_every_step(db: Db, dialogue: Dialogue, person: Participant) -> dict[str, Any]:
    plan = queries.plan(dialogue)
    board_url = url_for("participant.board_json", dialogue_id=dialogue.id)
    audience = phone_of(db, dialogue, person)
    config = live_config(db, audience, dialogue.id, board_url)
    board = config["board"]
    return {
        "dialogue": dialogue,
        "plan": plan,
        "settings": {"stakeholders": everybody_addressed(plan)},
        "me": me(person, plan, board, audience),
        "config": {**config, "me": person.number},
        "board": board,
        "question": plan.step_plan(Step(dialogue.step)).question,
        "posted": _own_card(board, request.args.get("posted")),
        "withdrawn": request.args.get("withdrawn"),
        "saved": request.args.get("saved"),
    }


def _own_card(board: dict[str, Any], card_id: str | None) -> dict[str, Any] | None:
    card: dict[str, Any] | None = board["cards"].get(card_id)
    return card if card is not None and card["mine"] else None


def _for_writing(context: dict[str, Any], form: CardForm | None) -> dict[str, Any]:
    plan, board, group_id = context["plan"], context["board"], context["me"].group["id"]
    return {
        "form": form or CardForm(plan, formdata=None),
        "mine": own_cards.mine(board),
        "group_cards_shown": own_cards.all_of_group(board, group_id),
        **_own_board(context),
    }


def _own_board(context: dict[str, Any]) -> dict[str, Any]:
    board, group_id = context["board"], context["me"].group["id"]
    topics = own_cards.topics(board, group_id)
    return {
        "topics": topics,
        "cards_of": {topic["id"]: own_cards.lying(board, group_id, topic["id"]) for topic in topics},
        "loose": own_cards.lying(board, group_id, None),
    }


def _for_nominating(context: dict[str, Any], form: NominateForm | None) -> dict[str, Any]:
    plan: Plan = context["plan"]
    listed = context["me"].group["nominated"]
    chosen = {place: topic_id for place, topic_id in enumerate(listed, start=1)}
    return {
        "chosen": form.places if form is not None else chosen,
        "wrong": form.errors if form is not None else {},
        "nominated": [context["board"]["topics"][topic_id] for topic_id in listed],
        "places": plan.limits.nominations_per_group,
        **_own_board(context),
    }


def _for_weighing(
    db: Db, dialogue: Dialogue, person: Participant, context: dict[str, Any], form: BallotForm | None
) -> dict[str, Any]:
    board, group_id = context["board"], context["me"].group["id"]
    people = sum(board["present"].values())
    if results.is_revealed(dialogue):
        return {"vote": results.vote(db, dialogue)}
    ballot = ballot_context(db, dialogue, person, context["plan"], form)
    cards_of = {
        topic["id"]: [card for one in topic["together"] for card in own_cards.lying(board, group_id, one)]
        for topic in ballot["listed"]
    }
    return {**ballot, "cards_of": cards_of, "people": people}


def _some(cards: Sequence[mirror.CardShown]) -> list[mirror.CardShown]:
    """As many cards as a phone can bear: the first of each valence."""
    works, fails = ([card for card in cards if card.valence == valence] for valence in Valence)
    return [*works[:MOST_MIRRORED], *fails[:MOST_MIRRORED]]


def _for_mirroring(db: Db, dialogue: Dialogue, person: Participant) -> dict[str, Any]:
    image = mirror.image(db, dialogue, person.stakeholder)
    return {
        "vote": results.vote_or_none(db, dialogue),
        "matrices": mirror.matrices(db, dialogue),
        "image": image,
        "own": _some(image.own),
        "others": _some(image.others),
        "attribution": mirror.attribution(db, dialogue),
        "chosen": mirror.chosen(db, dialogue),
    }
