"""Invite somebody into the forum, as a moderator or an analyst, with a link to choose a password."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from dialog import accounts, errors
from dialog.models import Account
from dialog.store import Db
from dialog.words import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class InviteAccount:
    """`account_id` makes a retry the same invitation; of the link only the hash of its token is known here."""

    by_id: str
    account_id: str
    name: str
    role: Role
    token_hash: str
    now: datetime


def invite_account(db: Db, command: InviteAccount) -> Account:
    """The account, with which nobody can sign in yet. A retry has a new link in place of the first; its role counts.

    Raises NotYourPart, NameTaken, or NoSuchThing for an id that is in use.
    """
    moderator = accounts.moderates(db, command.by_id)
    account = db.get(Account, command.account_id)
    if account is None:
        if db.scalar(select(Account.id).where(Account.name == command.name)) is not None:
            raise errors.NameTaken()
        account = Account(
            id=command.account_id,
            forum_id=moderator.forum_id,
            name=command.name,
            password_hash="",
            role=command.role.value,
            sign_in_epoch=0,
        )
        db.add(account)
        db.flush()
    elif (account.forum_id, account.name) != (moderator.forum_id, command.name) or accounts.is_active(account):
        raise errors.NoSuchThing()
    account.role = command.role.value
    accounts.give_link(db, account, command.token_hash, command.now)
    return account
