"""The forum's own desk: set up, sign in, the list of dialogues, plan a new one or one like an earlier one."""

import hashlib
import secrets
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerMinute
from sqlalchemy import select

from dialog import errors, queries
from dialog.accounts import SET_UP
from dialog.acting import Actor
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.plan_dialogue import PlanDialogue, plan_dialogue
from dialog.commands.set_up_forum import SetUpForum, set_up_forum
from dialog.format import Format, Plan, all_formats
from dialog.models import Account, Dialogue, Forum, OneTimeLink
from dialog.store import Db
from dialog.words import LinkKind, Role
from sessions import identity
from sessions.answers import invalid, refused
from sessions.broadcast import hang_up
from sessions.failures import count_failure, too_many
from sessions.forum import accounts, categories, commitments, comparing, importing
from sessions.forum.forms import SetUpForm, SignInForm
from sessions.forum.listing import lines, rehearsals
from sessions.forum.plan import drawn_with, plan_form, read_plan
from sessions.forum.plan_rows import reshaped
from sessions.language import _
from sessions.passwords import hash_password, is_password
from sessions.perform import asked, now, perform, prepare, reading

blueprint = Blueprint("forum", __name__)
for part in (comparing, commitments, categories, accounts, importing):
    blueprint.register_blueprint(part.blueprint)

WRONG_FOR_ONE_NAME = RateLimitItemPerMinute(10, 10, namespace="sign-in")
WRONG_IN_ALL = RateLimitItemPerMinute(100, 10, namespace="sign-in-all")
"""Failed sign-ins of one network address in ten minutes, for one name and for all."""


# --- Accounts ---------------------------------------------------------------------------------------------------------


@blueprint.route("/set-up/<token>", methods=["GET", "POST"])
def set_up(token: str) -> ResponseReturnValue:
    """The first moderator makes the forum and an account, with the link that the console printed."""
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    with reading() as db:
        link = db.get(OneTimeLink, token_hash)
        if link is None or link.purpose != SET_UP or link.used or link.expires_at < now():
            raise errors.LinkUsedUp()
    form = SetUpForm()

    def page() -> str:
        return render_template("forum/set_up.html", form=form)

    if request.method == "GET":
        return page()
    if not form.validate():
        return invalid(form, page)
    command = SetUpForum(
        token_hash=token_hash,
        forum_name=str(form.forum_name.data),
        account_name=str(form.account_name.data),
        password_hash=hash_password(str(form.password.data)),
        new_id=secrets.token_hex(8),
        now=now(),
    )
    try:
        account = prepare(set_up_forum, command)
    except errors.NameTaken as error:
        form.account_name.errors = [_(error.sentence)]
        return invalid(form, page)
    identity.sign_in(account)
    flash(_("The forum is set up and you are signed in."))
    return redirect(url_for("forum.page"), code=303)


@blueprint.get("/sign-in")
def sign_in_page() -> ResponseReturnValue:
    with reading() as db:
        if identity.signed_in(db) is not None:
            return redirect(url_for("forum.page"), code=303)
    return render_template("forum/sign_in.html", form=SignInForm(data={"then": request.args.get("then", "")}))


@blueprint.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Names that do not exist take as long as wrong passwords and get the same sentence."""
    form = SignInForm()

    def page() -> str:
        return render_template("forum/sign_in.html", form=form)

    if not form.validate():
        return invalid(form, page)
    name = str(form.account_name.data)
    if too_many(WRONG_FOR_ONE_NAME, name.casefold()) or too_many(WRONG_IN_ALL):
        return refused(_("That was wrong too often. Please wait ten minutes and try again."), 429, "too-many")
    with reading() as db:
        account = db.scalar(select(Account).where(Account.name == name))
    if not is_password(str(form.password.data), account.password_hash if account else None) or account is None:
        count_failure(WRONG_FOR_ONE_NAME, name.casefold())
        count_failure(WRONG_IN_ALL)
        form.password.errors = [_("Name and password do not belong together. Please try again.")]
        return invalid(form, page)
    identity.sign_in(account)
    return redirect(_own_page(form.then.data) or url_for("forum.page"), code=303)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """The pages that are still open on this device hear nothing more; those on other devices come back at once."""
    with reading() as db:
        account = identity.signed_in(db)
    identity.sign_out()
    if account is not None:
        hang_up(account.id)
    return redirect(url_for("forum.sign_in_page"), code=303)


def _own_page(address: str | None) -> str | None:
    """The address if it leads to a page of this server, else None."""
    parts = urlsplit(address or "")
    is_own = not parts.scheme and not parts.netloc and parts.path.startswith("/") and "\\" not in (address or "")
    return address if is_own and not parts.path.startswith("//") else None


# --- Dialogues --------------------------------------------------------------------------------------------------------


@blueprint.get("/forum")
def page() -> str:
    """The dialogues of the forum. Analysts see those that are closed."""
    with reading() as db:
        account = identity.must_sign_in(db)
        plans = account.role == Role.MODERATOR
        return render_template(
            "forum/page.html",
            forum=db.get_one(Forum, account.forum_id),
            dialogues=lines(db, account.forum_id, closed_only=not plans),
            rehearsals=rehearsals(db, account.forum_id) if plans else [],
            plans=plans,
            due=commitments.due(db, account.forum_id),
        )


@blueprint.route("/forum/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Plan a dialogue from a format."""
    with reading() as db:
        account = identity.must_moderate(db)
    formats = all_formats()
    chosen = formats.get(request.args.get("format", ""), next(iter(formats.values())))
    return _planned(account, chosen, list(formats.values()))


@blueprint.route("/forum/copy/<dialogue_id>", methods=["GET", "POST"])
def copy(dialogue_id: str) -> ResponseReturnValue:
    """Plan a dialogue like an earlier one; only the day is open."""
    with reading() as db:
        account = identity.must_moderate(db)
        plan = queries.plan(_of_forum(db, dialogue_id, account.forum_id))
    return _planned(account, plan, [])


def _of_forum(db: Db, dialogue_id: str, forum_id: str) -> Dialogue:
    dialogue = queries.dialogue(db, dialogue_id)
    if dialogue.forum_id != forum_id:
        raise errors.NoSuchDialogue()
    return dialogue


def _planned(account: Account, base: Format, formats: list[Format]) -> ResponseReturnValue:
    changed = reshaped(request.form) if request.method == "POST" else None
    form = plan_form(base, changed[0] if changed else (request.form or None))

    def page() -> str:
        return render_template(
            "forum/new.html",
            formats=formats,
            at=changed[1] if changed else "",
            **drawn_with(form, base),
        )

    if request.method == "GET" or changed:
        return page()
    plan = read_plan(form, base)
    if plan is None:
        return invalid(form, page)
    dialogue = prepare(plan_dialogue, _command(account.forum_id, form.key, plan))
    projector = asked(dialogue.id, Actor(Role.MODERATOR, account.id), f"{form.key[:56]}-screen")
    perform(make_link, MakeLink(**projector, kind=LinkKind.SCREEN))
    return redirect(url_for("moderator.ready", dialogue_id=dialogue.id), code=303)


def _command(forum_id: str, key: str, plan: Plan) -> PlanDialogue:
    """A form that is sent twice plans one dialogue."""
    dialogue_id = hashlib.blake2s(f"{forum_id}/{key}".encode(), digest_size=8).hexdigest()
    return PlanDialogue(dialogue_id=dialogue_id, forum_id=forum_id, plan=plan, now=now(), seed=secrets.randbits(64))
