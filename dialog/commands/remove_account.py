"""Remove somebody from the forum: links and sign-ins end at once, what the forum keeps stays."""

from dataclasses import dataclass

from dialog import accounts
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoveAccount:
    by_id: str
    account_id: str


def remove_account(db: Db, command: RemoveAccount) -> str:
    """The id of what was removed. Raises NotYourPart, NoSuchThing or OwnAccount."""
    account = accounts.other(db, accounts.moderates(db, command.by_id), command.account_id)
    accounts.take_links(db, account)
    db.delete(account)
    db.flush()
    return command.account_id
