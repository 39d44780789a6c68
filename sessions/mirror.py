"""Who says what about whom, as every screen shows it. The numbers are those of `dialog.attribution`.

Only cards that their group has revealed and nobody has hidden are counted and shown (`queries.said`). A view asks for
these in the step `mirror`; before it, what one group wrote is not for another group's eyes.

    {% from "parts/result.html" import matrix, image_sides, to_others_table, chosen_topics %}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialog import queries
from dialog.attribution import Image, Said, images, to_others, who_about_whom
from dialog.models import Card, Dialogue
from dialog.store import Db
from dialog.words import Valence
from sessions.results import Cell, share_cell
from sessions.stakeholders import Who, everybody_addressed, taking_part


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixShown:
    """Who speaks about whom, for one valence. `cells` hold mentions by author, then addressee."""

    valence: str
    authors: Sequence[Who]
    addressees: Sequence[Who]
    cells: Mapping[str, Mapping[str, int]]
    mentions: int
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardShown:
    """A card in the mirror, in the shape of the macro `card`, with its author's stakeholder."""

    id: str
    valence: str
    text: str
    addressees: Sequence[str]
    author: str
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageShown:
    """Self-image and others' image of one stakeholder. On each side what works comes first."""

    who: Who
    own: Sequence[CardShown]
    others: Sequence[CardShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToOthersShown:
    """How many of a stakeholder's failing cards are not addressed to itself. Counts cards."""

    who: Who
    elsewhere: int
    failing: int
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenShown:
    """A topic chosen for round 2 and the stakeholders whose groups it comes from."""

    topic_id: str
    title: str
    place: int
    authors: Sequence[Who]


def matrices(db: Db, dialogue: Dialogue) -> dict[str, MatrixShown]:
    """The matrices by valence: "works" and "fails", both always there."""
    plan = queries.plan(dialogue)
    authors, addressees = taking_part(plan), everybody_addressed(plan)
    said = queries.said(db, dialogue.id)
    counted = who_about_whom(said, [one.key for one in authors], [one.key for one in addressees])
    return {
        valence.value: MatrixShown(
            valence=valence.value,
            authors=authors,
            addressees=addressees,
            cells=matrix.mentions,
            mentions=matrix.mentions_in_all,
            cards=matrix.cards_in_all,
        )
        for valence, matrix in counted.items()
    }


def image(db: Db, dialogue: Dialogue, stakeholder: str) -> ImageShown:
    """What this stakeholder says about itself and what the others say about it. KeyError for one who takes no part."""
    found = {one.key: one for one in taking_part(queries.plan(dialogue))}[stakeholder]
    said = queries.said(db, dialogue.id)
    seen = images(said, stakeholder)
    shown = _cards(db, dialogue, said)
    return ImageShown(
        who=found,
        own=_in_order(seen.of_itself, shown),
        others=_in_order(seen.of_others_together, shown),
    )


def _in_order(side: Image, shown: Mapping[str, CardShown]) -> list[CardShown]:
    return [shown[card_id] for card_id in (*side.works, *side.fails)]


def _cards(db: Db, dialogue: Dialogue, said: Sequence[Said]) -> dict[str, CardShown]:
    text_of: dict[str, Card] = {card.id: card for card in queries.cards(db, dialogue.id)}
    return {
        one.card_id: CardShown(
            id=one.card_id,
            valence=Valence(one.valence).value,
            text=text_of[one.card_id].text,
            addressees=one.addressees,
            author=one.stakeholder,
        )
        for one in said
    }


def attribution(db: Db, dialogue: Dialogue) -> list[ToOthersShown]:
    """For each stakeholder, how much of what it says does not work is addressed to others only."""
    said = queries.said(db, dialogue.id)
    counted = ((one, to_others(said, one.key)) for one in taking_part(queries.plan(dialogue)))
    return [
        ToOthersShown(
            who=one,
            elsewhere=count.elsewhere,
            failing=count.failing,
            cell=share_cell(count.elsewhere, count.failing),
        )
        for one, count in counted
    ]


def chosen(db: Db, dialogue: Dialogue) -> list[ChosenShown]:
    """The topics chosen for round 2, in the moderator's order."""
    by_key = {one.key: one for one in taking_part(queries.plan(dialogue))}
    stakeholder_of = {group.id: group.stakeholder for group in queries.groups(db, dialogue.id)}
    topics = {topic.id: topic for topic in queries.topics(db, dialogue.id)}
    shown: list[ChosenShown] = []
    for place, topic_id in enumerate((one for one in dialogue.chosen_topics if one in topics), start=1):
        together = [topics[topic_id], *(topic for topic in topics.values() if topic.joined_to == topic_id)]
        authors = {stakeholder_of[topic.group_id] for topic in together}
        shown.append(
            ChosenShown(
                topic_id=topic_id,
                title=topics[topic_id].title,
                place=place,
                authors=[one for key, one in by_key.items() if key in authors],
            )
        )
    return shown
