"""The workbook of a forum's comparison: reads dialogue by dialogue, and keeps of each only what it contributes.

In a public workbook every figure is added up from what the public reports of the dialogues tell one by one. So it can
tell nothing that they do not.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from dialog import following_up, forum_queries
from dialog.comparison import recurring
from dialog.comparison.choice import Choice, read_choice
from dialog.comparison.themes import whos
from dialog.comparison.values import Contribution, Names
from dialog.comparison.whole import compare
from dialog.models import Forum
from dialog.similar import similar_cards
from dialog.store import Db
from exports import edition
from exports.contribution import contribution
from exports.forum_sheets import ForumReport, forum_book
from exports.profile import Profile
from exports.report import read_report
from exports.tables.told_over_dialogues import Row, flat_rows
from exports.words import _
from exports.workbook import write_workbook

Reading = Callable[[], AbstractContextManager[Db]]


def write_forum_workbook(
    reading: Reading,
    forum_id: str,
    chosen: Mapping[str, Sequence[str]],
    profile: Profile,
    path: Path,
    today: date,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Write the comparison of what is `chosen` (`dialog.comparison.choice`) to `path`.

    Each dialogue is read in a transaction of its own; `tell` hears how many are done, and of how many. Raises
    NoSuchDialogue for one that is deleted meanwhile, StoreAway or OSError.
    """
    write_workbook(forum_book(read_forum(reading, forum_id, chosen, profile, today, tell)), path)


def read_forum(
    reading: Reading,
    forum_id: str,
    chosen: Mapping[str, Sequence[str]],
    profile: Profile,
    today: date,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> ForumReport:
    """Everything that the workbook tells."""
    choice = read_choice(chosen)
    with reading() as db:
        forum = db.get_one(Forum, forum_id).name
        names = forum_queries.names(db, forum_id)
        held = forum_queries.held(db, forum_id, closed_only=False)
        dialogues = [one for one in held if choice.takes(forum_queries.comparable(one))]
        occurring = forum_queries.occurring(db, dialogues)
        followed = following_up.followed_in_forum(db, forum_id)
    told, cards, together = [], [], []
    for done, dialogue in enumerate(dialogues):
        tell(done, len(dialogues))
        one, rows, sentences = _read(reading, dialogue.id, names, choice, profile, today)
        told.append(one)
        cards += rows
        together += sentences
    tell(len(dialogues), len(dialogues))
    found = recurring.proposals(told, names, choice)
    labels = [who.label for who in whos(told).values()]
    alike = similar_cards(recurring.titles(found), limit=recurring.MOST_PAIRS, names=labels)
    return ForumReport(
        forum=forum,
        profile=profile,
        today=today,
        comparison=compare(told, choice, names, followed, alike),
        cards=cards,
        together=together,
        categories=occurring,
        given=names.given,
    )


def _read(
    reading: Reading, dialogue_id: str, names: Names, choice: Choice, profile: Profile, today: date
) -> tuple[Contribution, list[Row], list[str]]:
    """What one dialogue contributes, its rows of cards, and who is told only together there."""
    with reading() as db:
        report = read_report(db, dialogue_id, today, profile)
    one = contribution(report, dialogue_id)
    together = edition.together(report, report.parts) if profile is Profile.PUBLIC else ()
    sentences = [_("%(dialogue)s: %(sentence)s") % {"dialogue": one.title, "sentence": s.text} for s in together]
    return one, flat_rows(report, one, names, choice), sentences
