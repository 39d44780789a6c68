"""What a moderator does from the cockpit: one address per act, named like the act.

    POST /m/<dialogue_id>/<act>      for example /m/…/reveal_cards

Each is a plain form, answered with the page it stands on, or with JSON for the script.
"""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue

from dialog.acting import COCKPIT_SCOPE, Command
from dialog.commands.choose_topics import ChooseTopics, choose_topics
from dialog.commands.close_appraisal import CloseAppraisal, close_appraisal
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.close_door import CloseDoor, close_door
from dialog.commands.close_voting import CloseVoting, close_voting
from dialog.commands.describe_person import DescribePerson, describe_person
from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups
from dialog.commands.fix_person import FixPerson, fix_person
from dialog.commands.give_table_topic import GiveTableTopic, give_table_topic
from dialog.commands.go_to_step import GoToStep, go_to_step
from dialog.commands.join_topics import JoinTopics, join_topics
from dialog.commands.lock_table import LockTable, lock_table
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.move_person import MovePerson, move_person
from dialog.commands.open_appraisal import OpenAppraisal, open_appraisal
from dialog.commands.open_door import OpenDoor, open_door
from dialog.commands.open_voting import OpenVoting, open_voting
from dialog.commands.pair_people import PairPeople, pair_people
from dialog.commands.part_people import PartPeople, part_people
from dialog.commands.part_topic import PartTopic, part_topic
from dialog.commands.redo import Redo, redo
from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.commands.restore_commitment import RestoreCommitment, restore_commitment
from dialog.commands.reveal_appraisal import RevealAppraisal, reveal_appraisal
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.commands.reveal_result import RevealResult, reveal_result
from dialog.commands.revoke_link import RevokeLink, revoke_link
from dialog.commands.seat_person import SeatPerson, seat_person
from dialog.commands.set_timer import SetTimer, set_timer
from dialog.commands.show_picture import ShowPicture, show_picture
from dialog.commands.show_tables import ShowTables, show_tables
from dialog.commands.undo import Undo, undo
from dialog.commands.welcome_by_hand import WelcomeByHand, welcome_by_hand
from dialog.commands.withdraw_commitment import WithdrawCommitment, withdraw_commitment
from dialog.commands.withdraw_entry import WithdrawEntry, withdraw_entry
from dialog.events import PersonArrived
from dialog.journal import Act, Outcome
from dialog.words import LinkKind, Pairing, Step
from sessions import identity
from sessions.answers import done, refused, wants_json
from sessions.forms import ActForm
from sessions.language import _
from sessions.moderator import forms, mix_forms, promise_forms
from sessions.moderator.mixed import must_be_enough_people
from sessions.perform import asked, perform, reading

SEEDS = 1_000_000
"""As many draws as can be told apart by six digits, which can be read out."""

PAGES = {"tables": "tables.page"}
"""Pages that stand in a file of their own, by what a form calls them."""

blueprint = Blueprint("acts", __name__)

F = TypeVar("F", bound=ActForm)
Basics = dict[str, Any]
Enter = Callable[[Callable[[F, Basics], Command]], None]


def _act(act: Act[Any], form_class: type[F], page: str = "page", scope: str = COCKPIT_SCOPE) -> Enter[F]:
    """Give an act its address. The function turns form and basics into the command; `page` is where the act stands."""

    def enter(command_from: Callable[[F, Basics], Command]) -> None:
        def view(dialogue_id: str) -> ResponseReturnValue:
            with reading() as db:
                actor = identity.moderator_of(db, dialogue_id)
            form = form_class()
            if not form.validate():
                return refused(next(str(found[0]) for found in form.errors.values()), 422, "form")
            basics = asked(dialogue_id, actor, form.key, scope)
            outcome = perform(act, command_from(form, basics))
            news = _news(outcome)
            if news and not wants_json():
                flash(news)
            back = form.back.data if isinstance(form, forms.BackForm) else page
            to = url_for(f"moderator.{PAGES.get(back, back)}", dialogue_id=dialogue_id)
            return done(outcome, to, news=news)

        name = str(act.__name__)
        blueprint.add_url_rule(f"/m/<dialogue_id>/{name}", name, view, methods=["POST"])

    return enter


def _news(outcome: Outcome) -> str:
    """What a moderator has to read out after an act: the number of somebody without a phone."""
    for happening in outcome.happenings:
        if isinstance(happening, PersonArrived):
            return _("Written down. The number of this person is %(number)s.", number=happening.person.number)
    return ""


def _plain(act: Act[Any], command: Callable[..., Command], form_class: type[ActForm] = ActForm) -> None:
    """An act with nothing more to say than its name."""
    _act(act, form_class)(lambda _form, basics: command(**basics))


_plain(open_voting, OpenVoting)
_plain(close_voting, CloseVoting)
_plain(reveal_result, RevealResult)
_plain(show_tables, ShowTables, mix_forms.TablesForm)
_plain(open_appraisal, OpenAppraisal)
_plain(close_appraisal, CloseAppraisal)
_plain(reveal_appraisal, RevealAppraisal)
_plain(close_dialogue, CloseDialogue, forms.CloseForm)
_plain(undo, Undo, forms.BackForm)
_plain(redo, Redo, forms.BackForm)
_plain(open_door, OpenDoor, forms.BackForm)
_plain(close_door, CloseDoor, forms.BackForm)


@_act(go_to_step, forms.GoToStepForm)
def _go_to_step(form: forms.GoToStepForm, basics: Basics) -> Command:
    return GoToStep(**basics, step=Step(form.step.data))


@_act(reveal_cards, forms.RevealCardsForm)
def _reveal_cards(form: forms.RevealCardsForm, basics: Basics) -> Command:
    return RevealCards(**basics, group_id=form.group_id.data or None)


@_act(set_timer, forms.SetTimerForm)
def _set_timer(form: forms.SetTimerForm, basics: Basics) -> Command:
    return SetTimer(**basics, way=form.way.data, minutes=form.minutes.data or 0)


@_act(show_picture, forms.ShowPictureForm)
def _show_picture(form: forms.ShowPictureForm, basics: Basics) -> Command:
    return ShowPicture(**basics, picture=str(form.picture.data))


@_act(join_topics, forms.JoinTopicsForm)
def _join_topics(form: forms.JoinTopicsForm, basics: Basics) -> Command:
    return JoinTopics(**basics, topic_id=str(form.topic_id.data), into=str(form.into.data))


@_act(part_topic, forms.TopicForm)
def _part_topic(form: forms.TopicForm, basics: Basics) -> Command:
    return PartTopic(**basics, topic_id=str(form.topic_id.data))


@_act(choose_topics, forms.ChooseTopicsForm)
def _choose_topics(form: forms.ChooseTopicsForm, basics: Basics) -> Command:
    return ChooseTopics(**basics, topic_ids=form.topic_ids.data or [])


@_act(draw_mixed_groups, mix_forms.DrawForm)
def _draw_mixed_groups(form: mix_forms.DrawForm, basics: Basics) -> Command:
    with reading() as db:
        must_be_enough_people(db, basics["dialogue_id"], form.tables.data)
    return DrawMixedGroups(**basics, tables=form.tables.data, seed=secrets.randbelow(SEEDS))


@_act(lock_table, mix_forms.LockForm)
def _lock_table(form: mix_forms.LockForm, basics: Basics) -> Command:
    return LockTable(**basics, table_id=str(form.table_id.data), locked=bool(form.locked.data))


@_act(give_table_topic, mix_forms.TableTopicForm)
def _give_table_topic(form: mix_forms.TableTopicForm, basics: Basics) -> Command:
    return GiveTableTopic(**basics, table_id=str(form.table_id.data), topic_id=form.topic_id.data or None)


@_act(seat_person, mix_forms.SeatForm)
def _seat_person(form: mix_forms.SeatForm, basics: Basics) -> Command:
    return SeatPerson(**basics, person_id=str(form.person_id.data), table_id=str(form.table_id.data))


@_act(pair_people, mix_forms.PairForm)
def _pair_people(form: mix_forms.PairForm, basics: Basics) -> Command:
    kind = Pairing(form.kind.data)
    return PairPeople(**basics, kind=kind, first=str(form.first.data), second=str(form.second.data))


@_act(part_people, mix_forms.PartForm)
def _part_people(form: mix_forms.PartForm, basics: Basics) -> Command:
    return PartPeople(**basics, pair_id=str(form.pair_id.data))


@_act(fix_person, mix_forms.FixForm)
def _fix_person(form: mix_forms.FixForm, basics: Basics) -> Command:
    return FixPerson(**basics, number=str(form.number.data), at=form.at.data)


@_act(describe_person, mix_forms.DescribeForm)
def _describe_person(form: mix_forms.DescribeForm, basics: Basics) -> Command:
    return DescribePerson(
        **basics,
        person_id=str(form.person_id.data),
        organisation=form.organisation.data or "",
        languages=tuple(form.languages.data or ()),
        needs_interpreter=bool(form.needs_interpreter.data),
    )


@_act(welcome_by_hand, forms.WelcomeForm, page="people")
def _welcome_by_hand(form: forms.WelcomeForm, basics: Basics) -> Command:
    return WelcomeByHand(
        **basics,
        stakeholder=str(form.stakeholder.data),
        needs_interpreter=bool(form.needs_interpreter.data),
        seed=secrets.randbits(64),
    )


@_act(move_person, forms.MovePersonForm, page="people")
def _move_person(form: forms.MovePersonForm, basics: Basics) -> Command:
    return MovePerson(**basics, person_id=str(form.person_id.data), group_id=str(form.group_id.data))


@_act(remove_person, forms.PersonForm, page="people")
def _remove_person(form: forms.PersonForm, basics: Basics) -> Command:
    return RemovePerson(**basics, person_id=str(form.person_id.data))


@_act(make_link, forms.MakeLinkForm, page="links", scope="")
def _make_link(form: forms.MakeLinkForm, basics: Basics) -> Command:
    return MakeLink(**basics, kind=LinkKind(form.kind.data), group_id=form.group_id.data or None)


@_act(revoke_link, forms.RevokeLinkForm, page="links")
def _revoke_link(form: forms.RevokeLinkForm, basics: Basics) -> Command:
    return RevokeLink(**basics, link_id=str(form.link_id.data))


@_act(withdraw_entry, promise_forms.EntryIdForm)
def _withdraw_entry(form: promise_forms.EntryIdForm, basics: Basics) -> Command:
    return WithdrawEntry(**basics, entry_id=str(form.entry_id.data))


@_act(withdraw_commitment, promise_forms.CommitmentForm)
def _withdraw_commitment(form: promise_forms.CommitmentForm, basics: Basics) -> Command:
    return WithdrawCommitment(**basics, commitment_id=str(form.commitment_id.data))


@_act(restore_commitment, promise_forms.CommitmentForm)
def _restore_commitment(form: promise_forms.CommitmentForm, basics: Basics) -> Command:
    return RestoreCommitment(**basics, commitment_id=str(form.commitment_id.data))
