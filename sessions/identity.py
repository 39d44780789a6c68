"""Who somebody is. The only file that reads the cookie; every right is read anew from the database.

The signed cookie holds the account's id and sign-in epoch, for each dialogue the own participant id with the device's
secret, and the ids of links that opened a board. Links themselves are addresses signed with the server's key.
"""

import hashlib
import hmac
from collections.abc import Sequence

from flask import current_app, g
from flask import session as cookie
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import bindparam, select

from dialog import errors, queries
from dialog.acting import Actor
from dialog.errors import N_
from dialog.format import Plan, read_plan
from dialog.models import Account, Dialogue, Group, Link, Participant
from dialog.store import Db
from dialog.words import LinkKind, Role
from sessions.perform import reading, store

MOST_KEPT = 12
"""Dialogues and links a cookie remembers; browsers refuse cookies above 4 KB."""


class NotSignedIn(errors.RuleBroken):
    sentence = N_("Please sign in first.")
    status = 401


class NotForYou(errors.RuleBroken):
    sentence = N_("This page is not open to you. Please ask the moderator for a link.")
    status = 403


class NotJoined(errors.RuleBroken):
    sentence = N_("You are not registered in this dialogue on this device. Please scan the code on the wall.")
    status = 403


class LinkGone(errors.RuleBroken):
    sentence = N_("This link is no longer valid. Please ask the moderator for a new one.")
    status = 403


def who_asks(dialogue_id: str, *, on_a_phone: bool) -> str | None:
    """Whom the cookie of this request names, whether or not that still holds; None for a newcomer."""
    if on_a_phone:
        kept = cookie.get("people", {}).get(dialogue_id)
        return f"person/{kept[0]}" if kept else None
    if "account" in cookie:
        return f"account/{cookie['account'][0]}"
    return f"links/{'/'.join(cookie['links'])}" if cookie.get("links") else None


# --- Accounts ---------------------------------------------------------------------------------------------------------


def sign_in(account: Account) -> None:
    cookie.permanent = True
    cookie["account"] = [account.id, account.sign_in_epoch]


def sign_out() -> None:
    cookie.pop("account", None)


def signed_in(db: Db) -> Account | None:
    """The account of this request, if its sign-in still holds; pages find it in `g.account`."""
    kept = cookie.get("account")
    account = db.get(Account, kept[0]) if kept else None
    g.account = account if account is not None and account.sign_in_epoch == kept[1] else None
    found: Account | None = g.account
    return found


def must_sign_in(db: Db) -> Account:
    """Raises NotSignedIn."""
    account = signed_in(db)
    if account is None:
        raise NotSignedIn()
    return account


def must_moderate(db: Db) -> Account:
    """An account that may plan and run dialogues. Raises NotSignedIn or NotForYou."""
    account = must_sign_in(db)
    if account.role != Role.MODERATOR:
        raise NotForYou()
    return account


def moderator_of(db: Db, dialogue_id: str) -> Actor:
    """A moderator of the dialogue's forum. Raises NotSignedIn, NotForYou, or NoSuchDialogue also for foreign forums."""
    account = must_sign_in(db)
    dialogue = db.get(Dialogue, dialogue_id)
    if dialogue is None or dialogue.forum_id != account.forum_id:
        raise errors.NoSuchDialogue()
    if account.role != Role.MODERATOR:
        raise NotForYou()
    return Actor(Role.MODERATOR, account.id)


def must_read(db: Db, dialogue_id: str) -> Dialogue:
    """The dialogue, for moderators of its forum at any time, for its analysts once it is closed and was no rehearsal.

    Raises NotSignedIn, NotForYou, or NoSuchDialogue also for foreign forums.
    """
    account = must_sign_in(db)
    dialogue = queries.dialogue(db, dialogue_id)
    if dialogue.forum_id != account.forum_id:
        raise errors.NoSuchDialogue()
    if account.role != Role.MODERATOR and (not dialogue.closed or dialogue.rehearsal):
        raise NotForYou()
    return dialogue


# --- Participants -----------------------------------------------------------------------------------------------------


_DIALOGUE_AND_PERSON = (
    select(Dialogue, Participant)
    .join(Participant, Participant.dialogue_id == Dialogue.id)
    .where(Dialogue.id == bindparam("dialogue_id"), Participant.id == bindparam("person_id"))
)
"""Both with one question: every request of a phone asks for them, and the transaction then knows them."""

_DEVICE = (
    select(Participant.device_hash, Participant.left, Dialogue.plan)
    .join(Dialogue, Participant.dialogue_id == Dialogue.id)
    .where(Dialogue.id == bindparam("dialogue_id"), Participant.id == bindparam("person_id"))
)


def new_device(client_key: str) -> tuple[str, str]:
    """A device's secret and what is stored of it. A retried form gets the same secret."""
    key = str(current_app.secret_key).encode()
    device = hmac.new(key, b"device/" + client_key.encode(), hashlib.sha256).hexdigest()[:32]
    return device, _hash(device)


def remember_participant(dialogue_id: str, person_id: str, device: str) -> None:
    cookie.permanent = True
    others = {kept_id: kept for kept_id, kept in cookie.get("people", {}).items() if kept_id != dialogue_id}
    newest = dict(list(others.items())[-(MOST_KEPT - 1) :])
    cookie["people"] = {**newest, dialogue_id: [person_id, device]}


def participant(db: Db, dialogue_id: str) -> Participant | None:
    """The person this device belongs to in the dialogue, also one who was taken out; None for an unknown device."""
    kept = cookie.get("people", {}).get(dialogue_id)
    person = db.get(Participant, kept[0]) if kept else None
    if person is None or person.dialogue_id != dialogue_id:
        return None
    return person if _is_own(kept, person.device_hash) else None


def was_here(dialogue_id: str) -> bool:
    """Whether this device came into the dialogue at some time. After the close nothing more can be told of it."""
    return dialogue_id in cookie.get("people", {})


def participant_of(db: Db, dialogue_id: str) -> Participant:
    """The person this device belongs to. Raises NoSuchDialogue, NotJoined, or NotHere for one who was taken out."""
    kept = cookie.get("people", {}).get(dialogue_id)
    if kept:
        db.execute(_DIALOGUE_AND_PERSON, {"dialogue_id": dialogue_id, "person_id": kept[0]}).first()
    queries.dialogue(db, dialogue_id)
    person = participant(db, dialogue_id)
    if person is None:
        raise NotJoined()
    if person.left:
        raise errors.NotHere()
    return person


def writer_of(dialogue_id: str) -> tuple[Actor, Plan]:
    """Who writes on this device, and the plan that forms keep to: as much as a form needs, with one question.

    Raises as `participant_of`.
    """
    kept = cookie.get("people", {}).get(dialogue_id)
    row = store().ask(_DEVICE, {"dialogue_id": dialogue_id, "person_id": kept[0]}) if kept else None
    if row is None:
        with reading() as db:
            queries.dialogue(db, dialogue_id)
    if row is None or not _is_own(kept, row.device_hash):
        raise NotJoined()
    if row.left:
        raise errors.NotHere()
    return Actor(Role.PARTICIPANT, kept[0]), read_plan(dialogue_id, row.plan)


def acting(person: Participant) -> Actor:
    return Actor(Role.PARTICIPANT, person.id)


def _is_own(kept: Sequence[str], device_hash: str) -> bool:
    """Whether the secret that this device has kept is the person's."""
    return hmac.compare_digest(device_hash, _hash(kept[1]))


def _hash(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()


# --- Links ------------------------------------------------------------------------------------------------------------


def sign_link(link: Link) -> str:
    """The part of an address that opens this link."""
    signed = _signer().dumps(link.id)
    return signed if isinstance(signed, str) else signed.decode()


def open_link(db: Db, signed: str, kinds: Sequence[LinkKind]) -> Link:
    """The link behind a signed part of an address. Raises LinkGone for a forged, revoked or other kind of link."""
    try:
        link = db.get(Link, _signer().loads(signed))
    except BadSignature:
        link = None
    if link is None or link.revoked or link.kind not in kinds:
        raise LinkGone()
    return link


def remember_link(link: Link) -> None:
    cookie.permanent = True
    cookie["links"] = [*[kept for kept in cookie.get("links", []) if kept != link.id], link.id][-MOST_KEPT:]


def board_links(db: Db, dialogue_id: str) -> Sequence[Link]:
    """The valid board links of this dialogue that this device has opened."""
    return db.scalars(
        select(Link).where(
            Link.dialogue_id == dialogue_id,
            Link.id.in_(cookie.get("links", [])),
            Link.revoked.is_(False),
            Link.kind.in_([LinkKind.BOARD, LinkKind.BOARDS]),
        )
    ).all()


def board_runner(db: Db, dialogue_id: str, group_id: str) -> Actor:
    """Who runs this group's board: a moderator of the forum, or a co-moderator by link.

    Raises NoSuchDialogue, NoSuchThing for a group of another dialogue, NotForYou.
    """
    dialogue = queries.dialogue(db, dialogue_id)
    group = db.get(Group, group_id)
    if group is None or group.dialogue_id != dialogue_id:
        raise errors.NoSuchThing()
    account = signed_in(db)
    if account is not None and account.forum_id == dialogue.forum_id and account.role == Role.MODERATOR:
        return Actor(Role.MODERATOR, account.id)
    for link in board_links(db, dialogue_id):
        if link.group_id in (None, group_id):
            return Actor(Role.CO_MODERATOR, link.id, link.group_id)
    raise NotForYou()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="link")
