"""Who belongs to a forum: invited, with a password, with a new link, removed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dialog import accounts, errors
from dialog.accounts import INVITED_FOR, InvitationUsedUp, OwnAccount
from dialog.commands.change_password import ChangePassword, change_password
from dialog.commands.choose_password import ChoosePassword, choose_password
from dialog.commands.invite_account import InviteAccount, invite_account
from dialog.commands.remove_account import RemoveAccount, remove_account
from dialog.commands.renew_password_link import RenewPasswordLink, renew_password_link
from dialog.commands.set_up_forum import SetUpForum, set_up_forum
from dialog.models import Account, Forum, OneTimeLink
from dialog.store import Store
from dialog.words import Role

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


class Desk:
    """Mara's forum and Nele's forum, and what is done there."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.writing() as db:
            for name in ("mara", "nele"):
                db.add(Forum(id=f"forum of {name}", name=name))
                db.flush()
                fields = {"password_hash": "old", "role": "moderator", "sign_in_epoch": 0}
                db.add(Account(id=name, forum_id=f"forum of {name}", name=name, **fields))

    def does(self, act: Any, command: Any) -> Any:
        with self.store.writing() as db:
            made = act(db, command)
            if isinstance(made, Account):
                db.expunge(made)
            return made

    def invites(self, who: str = "ada", role: Role = Role.ANALYST, token: str = "token", **other: Any) -> Account:
        asked = {"by_id": "mara", "account_id": who, "name": who, "role": role, "token_hash": token, "now": NOW}
        found = self.does(invite_account, InviteAccount(**{**asked, **other}))
        assert isinstance(found, Account)
        return found

    def chooses(self, token: str = "token", password: str = "new", now: datetime = NOW) -> Account:
        found = self.does(choose_password, ChoosePassword(token_hash=token, password_hash=password, now=now))
        assert isinstance(found, Account)
        return found

    def renews(self, who: str, token: str, by: str = "mara") -> None:
        self.does(renew_password_link, RenewPasswordLink(by_id=by, account_id=who, token_hash=token, now=NOW))

    def removes(self, who: str, by: str = "mara") -> None:
        self.does(remove_account, RemoveAccount(by_id=by, account_id=who))

    def account(self, who: str) -> Account | None:
        with self.store.reading() as db:
            found = db.get(Account, who)
            if found is not None:
                db.expunge(found)
            return found

    def links(self) -> list[str]:
        with self.store.reading() as db:
            return sorted(link.token_hash for link in db.query(OneTimeLink))


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


def test_somebody_is_invited_and_chooses_a_password(desk: Desk) -> None:
    ada = desk.invites()
    assert (ada.forum_id, ada.role, accounts.is_active(ada)) == ("forum of mara", "analyst", False)
    with desk.store.reading() as db:
        assert accounts.links_until(db, "forum of mara") == {"ada": NOW + INVITED_FOR}
        assert accounts.links_until(db, "forum of nele") == {}
        assert [one.name for one in accounts.accounts(db, "forum of mara")] == ["ada", "mara"]
    ada = desk.chooses()
    assert (ada.password_hash, accounts.is_active(ada)) == ("new", True)
    assert desk.links() == []


def test_a_link_works_once_and_for_seven_days(desk: Desk) -> None:
    desk.invites()
    with pytest.raises(InvitationUsedUp):
        desk.chooses(now=NOW + timedelta(days=7, seconds=1))
    with pytest.raises(InvitationUsedUp):
        desk.chooses("guessed")
    desk.chooses(now=NOW + timedelta(days=7))
    with pytest.raises(InvitationUsedUp):
        desk.chooses(password="another")


def test_who_comes_back_to_the_form_and_gives_less_gives_less(desk: Desk) -> None:
    """A browser's way back shows the form with its old key; what was chosen last is meant."""
    desk.invites(role=Role.MODERATOR)
    assert desk.invites(role=Role.ANALYST, token="second").role == Role.ANALYST
    assert desk.chooses("second").role == Role.ANALYST


def test_a_retry_invites_once_with_a_new_link(desk: Desk) -> None:
    desk.invites()
    desk.invites(token="second")
    assert desk.links() == ["second"]
    desk.chooses("second")
    with pytest.raises(errors.NoSuchThing):
        desk.invites(token="third")


def test_a_name_is_given_once_in_all_forums(desk: Desk) -> None:
    with pytest.raises(errors.NameTaken):
        desk.invites("x", name="nele")
    assert desk.account("x") is None


def test_a_new_link_ends_the_old_password_and_every_sign_in(desk: Desk) -> None:
    desk.invites()
    before = desk.chooses()
    desk.renews("ada", "second")
    ada = desk.account("ada")
    assert ada is not None
    assert not accounts.is_active(ada)
    assert ada.sign_in_epoch > before.sign_in_epoch
    desk.renews("ada", "third")
    assert desk.links() == ["third"]
    assert desk.chooses("third").sign_in_epoch > ada.sign_in_epoch


def test_removing_ends_the_account_and_its_link(desk: Desk) -> None:
    desk.invites()
    assert desk.links() == ["token"]
    desk.removes("ada")
    assert (desk.account("ada"), desk.links()) == (None, [])
    with pytest.raises(errors.NoSuchThing):
        desk.removes("ada")


def test_a_forum_never_loses_its_last_moderator(desk: Desk) -> None:
    with pytest.raises(OwnAccount):
        desk.removes("mara")
    with pytest.raises(OwnAccount):
        desk.renews("mara", "token")
    desk.invites("ben", Role.MODERATOR)
    desk.chooses()
    desk.removes("mara", by="ben")
    with pytest.raises(errors.NotYourPart):
        desk.removes("ben", by="mara")
    assert desk.account("ben") is not None


@pytest.mark.parametrize("by", ["ada", "nobody"])
def test_only_moderators_change_accounts(desk: Desk, by: str) -> None:
    desk.invites()
    desk.chooses()
    with pytest.raises(errors.NotYourPart):
        desk.invites("eve", by_id=by, token="other")
    with pytest.raises(errors.NotYourPart):
        desk.renews("mara", "other", by=by)
    with pytest.raises(errors.NotYourPart):
        desk.removes("mara", by=by)
    assert desk.account("mara") is not None


def test_accounts_of_another_forum_are_not_there(desk: Desk) -> None:
    assert desk.account("nele") is not None
    with pytest.raises(errors.NoSuchThing):
        desk.renews("nele", "token")
    with pytest.raises(errors.NoSuchThing):
        desk.removes("nele")
    with pytest.raises(errors.NoSuchThing):
        desk.invites("nele", name="new")


def test_a_changed_password_ends_the_other_sign_ins(desk: Desk) -> None:
    mara = desk.does(change_password, ChangePassword(account_id="mara", was_hash="old", password_hash="new"))
    assert (mara.password_hash, mara.sign_in_epoch) == ("new", 1)
    with pytest.raises(errors.ChangedSince):
        desk.does(change_password, ChangePassword(account_id="mara", was_hash="old", password_hash="newer"))


def test_each_kind_of_link_opens_only_its_own_door(desk: Desk) -> None:
    desk.invites()
    with desk.store.writing() as db:
        until = NOW + timedelta(hours=1)
        db.add(OneTimeLink(token_hash="first", purpose=accounts.SET_UP, expires_at=until, used=False))
    with pytest.raises(InvitationUsedUp):
        desk.chooses("first")
    fields = {"forum_name": "Neu", "account_name": "eve", "password_hash": "x", "new_id": "eve", "now": NOW}
    with pytest.raises(errors.LinkUsedUp):
        desk.does(set_up_forum, SetUpForum(token_hash="token", **fields))
    assert desk.does(set_up_forum, SetUpForum(token_hash="first", **fields)).id == "eve"
    assert desk.chooses().id == "ada"
