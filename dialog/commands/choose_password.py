"""Choose a password with a link that works once."""

from dataclasses import dataclass
from datetime import datetime

from dialog import accounts
from dialog.models import Account
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoosePassword:
    """`password_hash` is argon2, made at the edge."""

    token_hash: str
    password_hash: str
    now: datetime


def choose_password(db: Db, command: ChoosePassword) -> Account:
    """The account, active from now on; whoever was signed in with it is no more. Raises InvitationUsedUp."""
    _link, account = accounts.invited(db, command.token_hash, command.now, lock=True)
    account.password_hash = command.password_hash
    account.sign_in_epoch += 1
    accounts.take_links(db, account)
    db.flush()
    return account
