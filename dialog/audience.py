"""Who may know what of each event. Pure; the snapshot in `board.py` asks the same `may_see`.

An audience is a kind of page together with whose it is; in round 2 a phone's group is its table. Hidden cards, authors
and votes end here: no tiding carries an author, a hidden card reaches only its author, and there is no tiding for a
tally at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from dialog import events as e


class Kind(StrEnum):
    """The kinds of pages."""

    COCKPIT = "cockpit"
    BOARD = "board"
    PHONE = "phone"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who sees the same. A phone with an empty `person_id` stands for any mate of the group."""

    kind: Kind
    group_id: str = ""
    person_id: str = ""

    @property
    def room(self) -> str:
        """The name under which connections of this audience are gathered."""
        if self.person_id:
            return f"person:{self.person_id}"
        return f"{self.kind}:{self.group_id}" if self.group_id else str(self.kind)


COCKPIT = Audience(Kind.COCKPIT)
SCREEN = Audience(Kind.SCREEN)


def board(group_id: str) -> Audience:
    return Audience(Kind.BOARD, group_id)


def phone(group_id: str, person_id: str = "") -> Audience:
    return Audience(Kind.PHONE, group_id, person_id)


def may_see(card: e.CardState, author_id: str | None, revealed: bool, audience: Audience) -> bool:
    """Whether this audience may see a standing card. `revealed` says whether the card's group has been revealed.

    Before the reveal only the writer: the author's phone, or for paper cards the board on which they are entered.
    After it the group and the moderators; a hidden card then stays with the moderators and its author. The projector
    shows none.
    """
    mine = author_id is not None and audience.person_id == author_id
    in_group = audience.group_id == card.group_id
    if audience.kind is Kind.COCKPIT:
        return revealed
    if audience.kind is Kind.BOARD:
        return in_group and (revealed or card.paper)
    if audience.kind is Kind.PHONE:
        return mine or (in_group and revealed and not card.hidden)
    return False


def seen_by(card: e.CardState, author_id: str | None, audience: Audience) -> e.CardState:
    """The card as this audience sees it: `mine` for its author only, and its place only on its own group's board."""
    seen: dict[str, Any] = {"mine": author_id is not None and audience.person_id == author_id}
    if not sees_group(card.group_id, audience):
        seen.update(topic_id=None, rank=0.0)
    return card.model_copy(update=seen)


def sees_group(group_id: str, audience: Audience) -> bool:
    """Whether topics and nominations of this group are open to the audience."""
    return audience.kind is Kind.COCKPIT or (audience.kind is not Kind.SCREEN and audience.group_id == group_id)


def sees_person(person: e.PersonState, audience: Audience) -> bool:
    """People stand one by one only in the cockpit and on their own group's board."""
    return audience.kind is Kind.COCKPIT or (audience.kind is Kind.BOARD and audience.group_id == person.group_id)


def persons_concerned(happening: e.Happening) -> tuple[str, ...]:
    """The people whose phones are told something else than their group's other phones."""
    match happening:
        case e.CardPosted() | e.CardEdited() | e.CardWithdrawn() | e.CardRestored() | e.CardHidden() | e.CardShown():
            return (happening.author_id,) if happening.author_id else ()
        case e.PersonMoved() | e.PersonLeft() | e.PersonReturned():
            return (happening.person.id,)
        case e.SeatTaken():
            return (happening.person_id,)
    return ()


Rule = Callable[[Any, Audience], e.Tiding | None]
H = TypeVar("H", bound=e.Happening)
RULES: dict[type[e.Happening], Rule] = {}


def tell(happening: e.Happening, audience: Audience) -> e.Tiding | None:
    """What this audience is told of a happening; None: nothing that it sees has changed."""
    return RULES[type(happening)](happening, audience)


def _rule(*kinds: type[e.Happening]) -> Callable[[Rule], Rule]:
    def enter(rule: Rule) -> Rule:
        RULES.update(dict.fromkeys(kinds, rule))
        return rule

    return enter


@_rule(e.PlanChanged, e.StageSet, e.CardsRevealed, e.CardsCovered, e.GroupMade, e.GroupRemoved, e.VotingSet)
@_rule(e.TopicJoined, e.TopicsChosen, e.AuthorshipCut, e.TablesShown, e.AppraisingSet)
@_rule(e.CommitmentMade, e.CommitmentEdited, e.CommitmentWithdrawn, e.CommitmentRestored)
def _everybody_turns_the_page(_happening: e.Happening, _audience: Audience) -> e.Tiding:
    return e.PageTurned()


@_rule(e.DoorSet)
def _door(happening: e.DoorSet, _audience: Audience) -> e.Tiding:
    return e.DoorToldOf(open=happening.open)


@_rule(e.TimerSet)
def _timer(happening: e.TimerSet, _audience: Audience) -> e.Tiding:
    return e.TimerToldOf(ends_at=happening.ends_at)


@_rule(e.PictureSet)
def _picture(_happening: e.PictureSet, audience: Audience) -> e.Tiding | None:
    return e.PageTurned() if audience.kind in (Kind.SCREEN, Kind.COCKPIT) else None


@_rule(e.PairMade, e.PairRemoved, e.PersonFixed)
def _asked_of_the_draw(_happening: e.Happening, audience: Audience) -> e.Tiding | None:
    return e.PageTurned() if audience.kind is Kind.COCKPIT else None


@_rule(e.TablesDrawn, e.TableSet)
def _tables(happening: e.TablesDrawn | e.TableSet, audience: Audience) -> e.Tiding | None:
    return e.PageTurned() if happening.shown or audience.kind is Kind.COCKPIT else None


@_rule(e.SeatTaken)
def _seat(happening: e.SeatTaken, audience: Audience) -> e.Tiding | None:
    if audience.kind is Kind.COCKPIT:
        return e.PageTurned()
    if not happening.shown:
        return None
    at_table = audience.group_id and audience.group_id in (happening.table_id, happening.was_table_id)
    if at_table or audience.kind is Kind.SCREEN or audience.person_id == happening.person_id:
        return e.PageTurned()
    return e.PeopleCounted(present=happening.present)


@_rule(e.WishesSet)
def _wishes(happening: e.WishesSet, _audience: Audience) -> e.Tiding:
    return e.WishesCounted(wished=happening.wished)


@_rule(e.PhoneChanged, e.LinkMade, e.LinkRevoked)
def _who_comes_in(_happening: e.Happening, audience: Audience) -> e.Tiding | None:
    return e.PageTurned() if audience.kind in (Kind.COCKPIT, Kind.BOARD) else None


@_rule(e.PersonArrived, e.PersonReturned)
def _person_arrived(happening: e.PersonArrived | e.PersonReturned, audience: Audience) -> e.Tiding:
    if audience.person_id == happening.person.id:
        return e.PageTurned()
    if sees_person(happening.person, audience):
        return e.PersonSeated(person=happening.person, present=happening.present)
    return e.PeopleCounted(present=happening.present)


@_rule(e.PersonDescribed)
def _person_described(happening: e.PersonDescribed, audience: Audience) -> e.Tiding | None:
    if audience.kind is Kind.COCKPIT:
        return e.PageTurned()
    if not sees_person(happening.person, audience):
        return None
    return e.PersonSeated(person=happening.person, present=happening.present)


@_rule(e.PersonMoved)
def _person_moved(happening: e.PersonMoved, audience: Audience) -> e.Tiding:
    if audience.kind is Kind.BOARD and audience.group_id == happening.was_person.group_id:
        return e.PersonGone(person_id=happening.person.id, present=happening.present)
    if audience.person_id == happening.person.id:
        return e.PageTurned()
    if sees_person(happening.person, audience):
        return e.PersonSeated(person=happening.person, present=happening.present)
    return e.PeopleCounted(present=happening.present)


@_rule(e.PersonLeft)
def _person_left(happening: e.PersonLeft, audience: Audience) -> e.Tiding:
    if audience.person_id == happening.person.id:
        return e.PageTurned()
    if sees_person(happening.person, audience):
        return e.PersonGone(person_id=happening.person.id, present=happening.present)
    return e.PeopleCounted(present=happening.present)


@_rule(e.CardPosted, e.CardEdited, e.CardRestored, e.CardHidden, e.CardShown)
def _card(
    happening: e.CardPosted | e.CardEdited | e.CardRestored | e.CardHidden | e.CardShown, audience: Audience
) -> e.Tiding:
    card, author_id, written = happening.card, happening.author_id, happening.written
    if may_see(card, author_id, happening.revealed, audience):
        return e.CardPinned(card=seen_by(card, author_id, audience), written=written)
    if isinstance(happening, e.CardHidden) and may_see(_uncovered(card), author_id, happening.revealed, audience):
        return e.CardTaken(card_id=card.id, group_id=card.group_id, written=written)
    return e.CardCounted(group_id=card.group_id, written=written)


@_rule(e.CardWithdrawn)
def _card_withdrawn(happening: e.CardWithdrawn, audience: Audience) -> e.Tiding:
    card, written = happening.card, happening.written
    if may_see(card, happening.author_id, happening.revealed, audience):
        return e.CardTaken(card_id=card.id, group_id=card.group_id, written=written)
    return e.CardCounted(group_id=card.group_id, written=written)


@_rule(e.CardPlaced)
def _card_placed(happening: e.CardPlaced, audience: Audience) -> e.Tiding | None:
    if not sees_group(happening.group_id, audience):
        return None
    return e.CardMoved(card_id=happening.card_id, topic_id=happening.topic_id, rank=happening.rank)


@_rule(e.TopicMade)
def _topic_made(happening: e.TopicMade, audience: Audience) -> e.Tiding | None:
    return e.TopicPinned(topic=happening.topic) if sees_group(happening.topic.group_id, audience) else None


@_rule(e.TopicRemoved)
def _topic_removed(happening: e.TopicRemoved, audience: Audience) -> e.Tiding | None:
    return e.TopicTaken(topic_id=happening.topic.id) if sees_group(happening.topic.group_id, audience) else None


@_rule(e.TopicNamed)
def _topic_named(happening: e.TopicNamed, audience: Audience) -> e.Tiding | None:
    if not sees_group(happening.group_id, audience):
        return e.PageTurned() if happening.on_ballot else None
    return e.TopicTitled(topic_id=happening.topic_id, title=happening.title)


@_rule(e.TopicCategorised)
def _topic_categorised(happening: e.TopicCategorised, audience: Audience) -> e.Tiding | None:
    if not sees_group(happening.group_id, audience):
        return None
    return e.TopicCoded(topic_id=happening.topic_id, category=happening.category)


@_rule(e.TopicPlaced)
def _topic_placed(happening: e.TopicPlaced, audience: Audience) -> e.Tiding | None:
    if not sees_group(happening.group_id, audience):
        return None
    return e.TopicMoved(topic_id=happening.topic_id, rank=happening.rank)


@_rule(e.TopicsNominated)
def _nominated(happening: e.TopicsNominated, audience: Audience) -> e.Tiding:
    if sees_group(happening.group_id, audience):
        return e.NominationsSet(group_id=happening.group_id, topic_ids=happening.topic_ids)
    return e.NominationsCounted(group_id=happening.group_id, count=len(happening.topic_ids))


@_rule(e.BallotCast)
def _ballot(happening: e.BallotCast, _audience: Audience) -> e.Tiding:
    return e.BallotsCounted(voted=happening.voted)


@_rule(e.EntryWritten, e.EntryEdited, e.EntryRestored, e.EntryWithdrawn)
def _entry(
    happening: e.EntryWritten | e.EntryEdited | e.EntryRestored | e.EntryWithdrawn, audience: Audience
) -> e.Tiding | None:
    """The own table sees what it writes; proposals lie open to everybody once `open`; the projector looks anew."""
    entry, progress = happening.entry, happening.progress
    if sees_group(entry.table_id, audience):
        if isinstance(happening, e.EntryWithdrawn):
            return e.EntryTaken(entry_id=entry.id, table_id=entry.table_id, progress=progress)
        return e.EntryPinned(entry=entry, progress=progress)
    if audience.kind is Kind.SCREEN or (happening.open and entry.content.kind == "proposal"):
        return e.PageTurned()
    return e.EntriesCounted(table_id=entry.table_id, progress=progress) if happening.shown else None


@_rule(e.AppraisalGiven)
def _appraisal(happening: e.AppraisalGiven, _audience: Audience) -> e.Tiding:
    return e.AppraisalsCounted(appraised=happening.appraised)


@_rule(e.FeedbackGiven)
def _feedback(happening: e.FeedbackGiven, _audience: Audience) -> e.Tiding:
    return e.FeedbackCounted(answered=happening.answered)


def _uncovered(card: e.CardState) -> e.CardState:
    return card.model_copy(update={"hidden": False})
