"""Who belongs to a forum, and the links with which somebody chooses a password. For the acts that change accounts."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from dialog import errors
from dialog.errors import N_, RuleBroken
from dialog.models import Account, Forum, OneTimeLink
from dialog.store import Db
from dialog.words import Role

SET_UP, PASSWORD = "set-up", "password"
"""What a one-time link is for: the first account of an empty server, or the password of an account."""

INVITED_FOR = timedelta(days=7)


class InvitationUsedUp(RuleBroken):
    sentence = N_("This link has been used or has run out. Please ask a moderator of your forum for a new one.")
    status = 403


class OwnAccount(RuleBroken):
    sentence = N_("This is your own account. Please ask another moderator of the forum to do this.")


def accounts(db: Db, forum_id: str) -> list[Account]:
    """Everybody who belongs to a forum, by name."""
    rows = db.scalars(select(Account).where(Account.forum_id == forum_id))
    return sorted(rows, key=lambda account: (account.name.casefold(), account.id))


def is_active(account: Account) -> bool:
    """Whether a password has been chosen; before that nobody can sign in."""
    return bool(account.password_hash)


def links_until(db: Db, forum_id: str) -> dict[str, datetime]:
    """Until when the link of each account is good that has one which was not used."""
    of_forum = select(OneTimeLink).join(Account, Account.id == OneTimeLink.account_id)
    rows = db.scalars(of_forum.where(Account.forum_id == forum_id, OneTimeLink.used.is_(False)))
    return {row.account_id: row.expires_at for row in rows if row.account_id is not None}


def invited(db: Db, token_hash: str, now: datetime, *, lock: bool = False) -> tuple[OneTimeLink, Account]:
    """The link behind a token and its account. Raises InvitationUsedUp."""
    link = db.get(OneTimeLink, token_hash, with_for_update=lock)
    account = db.get(Account, link.account_id) if link is not None and link.account_id is not None else None
    if link is None or account is None or link.purpose != PASSWORD or link.used or link.expires_at < now:
        raise InvitationUsedUp()
    return link, account


def moderates(db: Db, account_id: str) -> Account:
    """A moderator who changes accounts; until the end nobody else changes those of this forum. Raises NotYourPart.

    A forum never loses its last moderator: nobody changes the own account (`other`), and whoever was removed
    a moment ago changes nothing more.
    """
    account = db.get(Account, account_id)
    if account is None:
        raise errors.NotYourPart()
    db.get_one(Forum, account.forum_id, with_for_update=True)
    db.expire(account)
    found = db.scalar(select(Account).where(Account.id == account_id))
    if found is None or found.role != Role.MODERATOR:
        raise errors.NotYourPart()
    return found


def other(db: Db, moderator: Account, account_id: str) -> Account:
    """Somebody else of the moderator's forum. Raises NoSuchThing or OwnAccount."""
    account = db.get(Account, account_id, populate_existing=True)
    if account is None or account.forum_id != moderator.forum_id:
        raise errors.NoSuchThing()
    if account.id == moderator.id:
        raise OwnAccount()
    return account


def give_link(db: Db, account: Account, token_hash: str, now: datetime) -> None:
    """The one link with which this account's password can be chosen; an earlier one opens nothing more."""
    take_links(db, account)
    until = now + INVITED_FOR
    db.add(OneTimeLink(token_hash=token_hash, purpose=PASSWORD, account_id=account.id, expires_at=until, used=False))
    db.flush()


def take_links(db: Db, account: Account) -> None:
    db.execute(delete(OneTimeLink).where(OneTimeLink.account_id == account.id))
