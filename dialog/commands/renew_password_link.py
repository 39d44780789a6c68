"""Give somebody who forgot the password a new link. The old password and all sign-ins end with it."""

from dataclasses import dataclass
from datetime import datetime

from dialog import accounts
from dialog.models import Account
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class RenewPasswordLink:
    by_id: str
    account_id: str
    token_hash: str
    now: datetime


def renew_password_link(db: Db, command: RenewPasswordLink) -> Account:
    """The account, which waits for a password again. Raises NotYourPart, NoSuchThing or OwnAccount."""
    account = accounts.other(db, accounts.moderates(db, command.by_id), command.account_id)
    account.password_hash = ""
    account.sign_in_epoch += 1
    accounts.give_link(db, account, command.token_hash, command.now)
    return account
