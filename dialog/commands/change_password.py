"""Change one's own password. Sign-ins on other devices end."""

from dataclasses import dataclass

from dialog import errors
from dialog.models import Account
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangePassword:
    """`was_hash` is what the old password was compared with, `password_hash` that of the new one; both argon2."""

    account_id: str
    was_hash: str
    password_hash: str


def change_password(db: Db, command: ChangePassword) -> Account:
    """Raises NoSuchThing, or ChangedSince where the password was changed after the old one was typed."""
    account = db.get(Account, command.account_id, with_for_update=True)
    if account is None:
        raise errors.NoSuchThing()
    if account.password_hash != command.was_hash:
        raise errors.ChangedSince()
    account.password_hash = command.password_hash
    account.sign_in_epoch += 1
    db.flush()
    return account
