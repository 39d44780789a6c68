"""`flask --app wsgi demo`: an example forum with the four dialogues of the reference data set.

One is in the middle of round 1, one is voting, one looks into the mirror, one is finished.
"""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from dialog import errors, queries
from dialog.acting import Actor, board_scope
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.close_voting import CloseVoting, close_voting
from dialog.commands.hide_card import HideCard, hide_card
from dialog.commands.join_topics import JoinTopics, join_topics
from dialog.commands.open_voting import OpenVoting, open_voting
from dialog.commands.reveal_result import RevealResult, reveal_result
from dialog.commands.set_up_forum import SetUpForum, set_up_forum
from dialog.models import Forum, OneTimeLink
from dialog.store import Db, StoreAway
from dialog.words import Role, Step
from sessions.demo_room import Reference, Room, read_reference
from sessions.demo_tables import Tables
from sessions.language import _
from sessions.passwords import hash_password
from sessions.perform import now, prepare
from sessions.settings import Settings

FORUM = "Beispielregion"
ACCOUNT = "mara"

Afternoon = Callable[[Room, Reference], None]
"""How far a dialogue is played."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MakeDemo:
    """`password_hash` is argon2, made at the edge."""

    password_hash: str
    now: datetime


class DemoAlreadyThere(errors.RuleBroken):
    sentence = errors.N_("The example forum is already there. To have it anew, begin with an empty data folder.")


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Make an example forum with four dialogues, and an account to look at them."""
    password = secrets.token_urlsafe(9)
    try:
        prepare(make_demo, MakeDemo(password_hash=hash_password(password), now=now()))
    except errors.NameTaken as error:
        sentence = _("There is already an account named %(name)s. The example forum needs this name.", name=ACCOUNT)
        raise click.ClickException(sentence) from error
    except errors.RuleBroken as error:
        raise click.ClickException(_(error.sentence)) from error
    except StoreAway as error:
        raise click.ClickException(_("The database does not answer. Please try again in a moment.")) from error
    settings: Settings = current_app.extensions["settings"]
    click.echo(_("The example forum “%(forum)s” is ready, with four dialogues.", forum=FORUM))
    click.echo(_("Sign in: %(address)s", address=f"http://localhost:{settings.port}/sign-in"))
    click.echo(_("Name: %(name)s", name=ACCOUNT))
    click.echo(_("Password: %(password)s", password=password))


def make_demo(db: Db, command: MakeDemo) -> None:
    """Make the whole example forum or nothing of it. Raises DemoAlreadyThere, or NameTaken."""
    if db.scalar(select(Forum.id).where(Forum.name == FORUM)) is not None:
        raise DemoAlreadyThere()
    account_id = _set_up(db, command)
    reference = read_reference()
    moderator = Actor(Role.MODERATOR, account_id)
    for held, (afternoon, ago) in zip(reference.dialogues, AFTERNOONS, strict=True):
        room = Room(db, account_id, moderator, held["place"], held["participants"], command.now - ago)
        room.everybody_arrives(held["participants"], without_phone=2)
        afternoon(room, reference)


def _set_up(db: Db, command: MakeDemo) -> str:
    """The forum with its moderator, by a link that is used at once."""
    token_hash = hashlib.sha256(secrets.token_bytes(24)).hexdigest()
    until = command.now + timedelta(minutes=1)
    db.add(OneTimeLink(token_hash=token_hash, purpose="set-up", expires_at=until, used=False))
    db.flush()
    return set_up_forum(
        db,
        SetUpForum(
            token_hash=token_hash,
            forum_name=FORUM,
            account_name=ACCOUNT,
            password_hash=command.password_hash,
            new_id=secrets.token_hex(8),
            now=command.now,
        ),
    ).id


def _sorting(room: Room, reference: Reference) -> None:
    """The groups have begun to sort; many cards lie there unsorted."""
    room.goes_to(Step.COLLECT)
    room.everybody_writes(reference.cards)
    room.reveals()
    room.goes_to(Step.SORT)
    room.groups_sort({key: topics[: 5 - at] for at, (key, topics) in enumerate(reference.topics.items())})


def _voting(room: Room, reference: Reference) -> None:
    """The vote is open; two of three have voted."""
    _sorted_and_nominated(room, reference, share=0.8)
    room.does(open_voting, OpenVoting)
    room.people_vote(reference.topics, turnout=0.65)


def _mirroring(room: Room, reference: Reference) -> None:
    """The result is revealed, and everybody looks at who said what about whom."""
    _sorted_and_nominated(room, reference, share=0.9)
    joined = ("Mehr Individualität statt Gruppe", "Maßnahmenangebot passt nicht zu meiner Situation")
    topic_id, into = (room.topic(title) for title in joined)
    room.does(join_topics, JoinTopics, topic_id=topic_id, into=into)
    room.does(open_voting, OpenVoting)
    room.people_vote(reference.topics, turnout=0.95)
    room.does(close_voting, CloseVoting)
    room.does(reveal_result, RevealResult)
    room.goes_to(Step.MIRROR)


def _finished(room: Room, reference: Reference) -> None:
    """Both rounds are held, everybody has gone home, and nobody can tell who wrote what."""
    _mirroring(room, reference)
    Tables(room, reference).up_to(Step.CLOSE)
    room.does(close_dialogue, CloseDialogue)


def _sorted_and_nominated(room: Room, reference: Reference, share: float) -> None:
    """Round 1 up to the vote, with a share of the cards; one card is hidden on its board."""
    needed = {card for topics in reference.topics.values() for topic in topics[:3] for card in topic["cards"][:2]}
    room.goes_to(Step.COLLECT)
    room.everybody_writes([c for c in reference.cards if c["text"] in needed or room.random.random() < share])
    room.reveals()
    room.goes_to(Step.SORT)
    room.groups_sort(reference.topics)
    unsorted = next(card for card in queries.cards(room.db, room.dialogue_id) if card.topic_id is None)
    room.does(hide_card, HideCard, scope=board_scope(unsorted.group_id), card_id=unsorted.id)
    room.goes_to(Step.NOMINATE)
    room.groups_nominate(reference.topics)
    room.goes_to(Step.WEIGH)


AFTERNOONS: tuple[tuple[Afternoon, timedelta], ...] = (
    (_sorting, timedelta(minutes=12)),
    (_voting, timedelta(minutes=14)),
    (_mirroring, timedelta(days=1)),
    (_finished, timedelta(days=23)),
)
"""The four dialogues of the reference data set in their order: how far each is played, and how long ago it began."""
