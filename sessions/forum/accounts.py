"""Who belongs to the forum. Moderators invite, renew and remove; everybody changes the own password.

A link to choose a password is shown once, to the moderator who made it; the server keeps only its hash.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerMinute

from dialog import accounts, errors
from dialog.commands.change_password import ChangePassword, change_password
from dialog.commands.choose_password import ChoosePassword, choose_password
from dialog.commands.invite_account import InviteAccount, invite_account
from dialog.commands.remove_account import RemoveAccount, remove_account
from dialog.commands.renew_password_link import RenewPasswordLink, renew_password_link
from dialog.models import Account, Forum
from dialog.words import Role
from sessions import identity
from sessions.answers import invalid, refused
from sessions.broadcast import hang_up
from sessions.failures import count_failure, too_many
from sessions.forms import ActForm
from sessions.forum.account_forms import InviteForm, NewPasswordForm, OwnPasswordForm
from sessions.language import _
from sessions.moderator.links import public
from sessions.passwords import hash_password, is_password
from sessions.perform import now, prepare, reading

blueprint = Blueprint("accounts", __name__)

WRONG_OLD_PASSWORD = RateLimitItemPerMinute(10, 10, namespace="own-password")
"""Wrong old passwords of one account from one network address in ten minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An account in the list. `until` says how long the link of an invited one is good; None: there is none."""

    id: str
    name: str
    moderates: bool
    active: bool
    own: bool
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """A link that was just made, and for whom."""

    name: str
    address: str
    renewed: bool


# --- The forum's people -----------------------------------------------------------------------------------------------


@blueprint.get("/forum/accounts")
def page() -> str:
    """Who belongs to the forum, and how others come in. For moderators."""
    return _page(InviteForm())


@blueprint.post("/forum/accounts")
def invite() -> ResponseReturnValue:
    """Invite somebody. The page then shows the link, once; sending the same form again makes a new link."""
    with reading() as db:
        moderator = identity.must_moderate(db)
    form = InviteForm()
    if not form.validate():
        return invalid(form, lambda: _page(form))
    token, token_hash = _token()
    command = InviteAccount(
        by_id=moderator.id,
        account_id=hashlib.blake2s(f"{moderator.forum_id}/{form.key}".encode(), digest_size=8).hexdigest(),
        name=str(form.account_name.data),
        role=Role(form.role.data),
        token_hash=token_hash,
        now=now(),
    )
    try:
        account = prepare(invite_account, command)
    except errors.NameTaken as error:
        form.account_name.errors = [_(error.sentence)]
        return invalid(form, lambda: _page(form))
    return _page(InviteForm(formdata=None), NewLink(name=account.name, address=_address(token), renewed=False))


@blueprint.post("/forum/accounts/<account_id>/link")
def renew(account_id: str) -> ResponseReturnValue:
    """A new link for somebody who forgot the password or let the link run out. Sign-ins and live pages end."""
    moderator = _moderator_with_form()
    token, token_hash = _token()
    command = RenewPasswordLink(by_id=moderator.id, account_id=account_id, token_hash=token_hash, now=now())
    account = prepare(renew_password_link, command)
    hang_up(account.id)
    return _page(InviteForm(formdata=None), NewLink(name=account.name, address=_address(token), renewed=True))


@blueprint.post("/forum/accounts/<account_id>/remove")
def remove(account_id: str) -> ResponseReturnValue:
    """Remove somebody, at once and everywhere."""
    moderator = _moderator_with_form()
    hang_up(prepare(remove_account, RemoveAccount(by_id=moderator.id, account_id=account_id)))
    flash(_("The account is removed. Nobody can sign in with it any more."))
    return redirect(url_for("forum.accounts.page"), code=303)


def _moderator_with_form() -> Account:
    """Who sent one of the list's buttons. Raises NotSignedIn or NotForYou."""
    with reading() as db:
        return identity.must_moderate(db)


def _page(form: ActForm, made: NewLink | None = None) -> str:
    with reading() as db:
        moderator = identity.must_moderate(db)
        until = accounts.links_until(db, moderator.forum_id)
        people = [_shown(account, moderator, until) for account in accounts.accounts(db, moderator.forum_id)]
        return render_template(
            "forum/accounts.html",
            forum=db.get_one(Forum, moderator.forum_id),
            moderators=[one for one in people if one.moderates],
            analysts=[one for one in people if not one.moderates],
            form=form,
            made=made,
            days=accounts.INVITED_FOR.days,
        )


def _shown(account: Account, moderator: Account, until: dict[str, datetime]) -> Shown:
    ends = until.get(account.id)
    return Shown(
        id=account.id,
        name=account.name,
        moderates=account.role == Role.MODERATOR,
        active=accounts.is_active(account),
        own=account.id == moderator.id,
        until=ends if ends is not None and ends >= now() else None,
    )


def _token() -> tuple[str, str]:
    """A new token, and what is stored of it."""
    token = secrets.token_urlsafe(24)
    return token, _hash(token)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _address(token: str) -> str:
    return public(url_for("forum.accounts.choose", token=token))


# --- Passwords --------------------------------------------------------------------------------------------------------


@blueprint.route("/password/<token>", methods=["GET", "POST"])
def choose(token: str) -> ResponseReturnValue:
    """Whoever was invited, or forgot the password, chooses one and is signed in."""
    with reading() as db:
        _link, account = accounts.invited(db, _hash(token), now())
    form = NewPasswordForm()

    def page() -> str:
        return render_template("forum/choose_password.html", form=form, name=account.name, token=token)

    if not form.is_submitted():
        return page()
    if not form.validate():
        return invalid(form, page)
    command = ChoosePassword(token_hash=_hash(token), password_hash=hash_password(str(form.password.data)), now=now())
    account = prepare(choose_password, command)
    hang_up(account.id)
    identity.sign_in(account)
    flash(_("Your password is set and you are signed in."))
    return redirect(url_for("forum.page"), code=303)


@blueprint.route("/forum/password", methods=["GET", "POST"])
def own_password() -> ResponseReturnValue:
    """Change one's own password. This device stays signed in, the others do not."""
    with reading() as db:
        account = identity.must_sign_in(db)
    form = OwnPasswordForm()

    def page() -> str:
        return render_template("forum/own_password.html", form=form, name=account.name)

    if not form.is_submitted():
        return page()
    if not form.validate():
        return invalid(form, page)
    if too_many(WRONG_OLD_PASSWORD, account.id):
        return refused(_("That was wrong too often. Please wait ten minutes and try again."), 429, "too-many")
    if not is_password(str(form.old.data), account.password_hash):
        count_failure(WRONG_OLD_PASSWORD, account.id)
        form.old.errors = [_("This is not your password. Please try again.")]
        return invalid(form, page)
    new = hash_password(str(form.password.data))
    command = ChangePassword(account_id=account.id, was_hash=account.password_hash, password_hash=new)
    account = prepare(change_password, command)
    hang_up(account.id)
    identity.sign_in(account)
    flash(_("Your password is changed. On other devices you sign in anew."))
    return redirect(url_for("forum.page"), code=303)
