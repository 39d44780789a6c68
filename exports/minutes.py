"""The minutes as a Word file: `write_minutes`.

Everything is text with a real style, so that it can be edited, searched and read aloud: numbered headings, a table of
contents, tables with repeated heads and descriptions, cards as paragraphs that look like cards.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from dialog.words import Valence
from exports.look import VALENCE
from exports.report import Report
from exports.story.content import (
    Block,
    Cards,
    Drawn,
    Facing,
    Facts,
    Gains,
    Grid,
    Head,
    Items,
    Proposal,
    Quote,
    Says,
    Story,
    Way,
    Who,
)
from exports.story.story import story
from exports.word.document import Word
from exports.words import _

TONES: Final = {"plain": "Normal", "note": "Note", "gap": "Gap"}
CARD: Final = {True: ("CardWorks", VALENCE[Valence.WORKS][1]), False: ("CardFails", VALENCE[Valence.FAILS][1])}
"""Style, and colour of the foot, of cards that say what works and what does not."""


def write_minutes(report: Report, path: Path) -> None:
    """Write the minutes of a report, as much of it as has been revealed. Raises OSError."""
    told = story(report)
    word = Word(told.title, _("Minutes of the dialogue"), report.created_on)
    _front(word, told)
    for chapter in told.chapters:
        word.heading(1, chapter.title)
        word.text("Lead", chapter.lead)
        _blocks(word, chapter.blocks)
        for at, section in enumerate(chapter.sections):
            begins_page = section.new_page and (at > 0 or bool(chapter.blocks))
            word.heading(2, section.title, begins_page=begins_page, strip=section.strip)
            if section.kicker:
                word.text("Kicker", section.kicker)
            _blocks(word, section.blocks)
    word.footer(f"{told.title}, {told.place}, {told.day}")
    word.save(path)


def _front(word: Word, told: Story) -> None:
    """The first page, and the table of contents."""
    word.text("Kicker", _("Minutes of the dialogue"))
    word.text("Title", told.title)
    word.text("Subtitle", f"{told.place}, {told.day}")
    if told.rehearsal:
        word.text("Edition", told.rehearsal)
    word.text("Edition", told.edition)
    _blocks(word, told.cover)
    if not told.chapters:
        word.text("Gap", _("No step has been held yet of which these minutes could tell."))
        return
    word.text("TOCHeading", _("Contents"))
    word.contents([*_entries(told)])


def _entries(told: Story) -> Iterator[tuple[int, str, str]]:
    """Level, number and title of everything in the contents."""
    for number, chapter in enumerate(told.chapters, start=1):
        yield 1, str(number), chapter.title
        for at, section in enumerate(chapter.sections, start=1):
            yield 2, f"{number}.{at}", section.title


def _blocks(word: Word, blocks: Sequence[Block]) -> None:
    for block in blocks:
        _block(word, block)


def _block(word: Word, block: Block) -> None:
    match block:
        case Says():
            word.text(TONES[block.tone], block.text)
        case Head():
            word.heading(3, block.text)
        case Items():
            word.bullets(block.items)
        case Facts():
            word.facts(block.rows)
        case Quote():
            word.text("Quote", block.text)
            if block.plain:
                word.text("Plain", _("In plain language: %(text)s") % {"text": block.plain})
        case Cards():
            for card in block.cards:
                style, colour = CARD[card.works]
                word.card(style, card.text, _foot(card), colour)
        case Facing():
            for title, cards in ((block.own_title, block.own), (block.others_title, block.others)):
                word.heading(3, title)
                word.bullets(map(_in_a_line, cards))
        case Gains():
            word.bullets(f"{_name(gain.who)}: {gain.text}" for gain in block.gains)
        case Proposal():
            _proposal(word, block)
        case Way():
            _way(word, block)
        case Grid():
            word.table(block)


def _proposal(word: Word, one: Proposal) -> None:
    word.heading(4, one.title)
    appraised = [(_("Appraisal"), one.appraised)] if one.appraised else []
    word.facts([*one.facts, *appraised, *((_("Agreement"), text) for text in one.promised)])
    if one.answers:
        word.text("Kicker", _("Cards it answers"))
        word.bullets(map(_in_a_line, one.answers))
    if one.brings:
        word.text("Kicker", _("Benefits it brings"))
        word.bullets(one.brings)


def _way(word: Word, way: Way) -> None:
    word.heading(3, way.title)
    cards = [(_("Card"), _in_a_line(card)) for card in way.cards]
    stops = [(stop.name, stop.text) for stop in way.stops]
    word.facts([*cards, *stops, *((_("Agreement"), text) for text in way.ends or (_("none"),))])


def _foot(card: Drawn) -> str:
    """What a card is, who wrote it, and whom it is for."""
    return _("%(valence)s   |   from %(author)s   |   to %(to)s") % {
        "valence": _("+ works well") if card.works else _("− does not work"),
        "author": _name(card.author),
        "to": ", ".join(_name(who) for who in card.to),
    }


def _in_a_line(card: Drawn) -> str:
    return f"{'+' if card.works else '−'} {card.text} ({_name(card.author)})"


def _name(who: Who) -> str:
    return f"{who.sign} {who.name}"
