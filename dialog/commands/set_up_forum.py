"""Set up a forum and its first moderator with a link that works once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from dialog import errors
from dialog.accounts import SET_UP
from dialog.models import Account, Forum, OneTimeLink
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class SetUpForum:
    """`password_hash` is argon2, made at the edge; `new_id` names forum and account."""

    token_hash: str
    forum_name: str
    account_name: str
    password_hash: str
    new_id: str
    now: datetime


def set_up_forum(db: Db, command: SetUpForum) -> Account:
    """Raises LinkUsedUp, or NameTaken."""
    link = db.get(OneTimeLink, command.token_hash, with_for_update=True)
    if link is None or link.purpose != SET_UP or link.used or link.expires_at < command.now:
        raise errors.LinkUsedUp()
    if db.scalar(select(Account.id).where(Account.name == command.account_name)) is not None:
        raise errors.NameTaken()
    link.used = True
    db.add(Forum(id=command.new_id, name=command.forum_name))
    db.flush()
    account = Account(
        id=command.new_id,
        forum_id=command.new_id,
        name=command.account_name,
        password_hash=command.password_hash,
        role="moderator",
        sign_in_epoch=0,
    )
    db.add(account)
    db.flush()
    return account
