"""From the sheets of the workbook to blocks on paper: the same tables and sentences, cut into what fits on A4."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from exports.report import Report
from exports.sheet import Facts, Grid, Sentence, Sheet
from exports.sheets import book
from exports.story.content import Block, Head, Says
from exports.story.content import Facts as PaperFacts
from exports.story.paper import grid
from exports.table import Column
from exports.tables.names import german_date

WIDEST = 8
"""Columns that fit side by side on a sheet."""

NAMES = ("number", "title", "topic", "table", "question")
"""Columns that say what a row is about, of which at least one begins each part of a table."""

Keep = Mapping[str, Sequence[str]]
"""Of the table under a heading only these columns."""


def sheets_by_title(report: Report) -> dict[str, Sheet]:
    """All sheets of the workbook."""
    return {sheet.title: sheet for sheet in book(report).sheets}


def on_paper(sheet: Sheet, keep: Keep | None = None, without: Collection[str] = ()) -> Iterator[Block]:
    """The blocks of a sheet, one below the other; without the tables under some headings."""
    return blocks_on_paper(sheet.blocks, sheet.title, keep, without)


def blocks_on_paper(
    blocks: Iterable[Grid | Facts | Sentence], title: str, keep: Keep | None = None, without: Collection[str] = ()
) -> Iterator[Block]:
    """The same of some blocks; `title` says to whom does not see a table what it is part of."""
    for block in blocks:
        match block:
            case Sentence(text=text):
                yield Says(text=text)
            case Facts(rows=rows):
                yield PaperFacts(rows=tuple((name, _value(value)) for name, value in rows))
            case Grid(heading=heading) if heading not in without:
                yield from tables(block, title, (keep or {}).get(heading, ()))


def tables(block: Grid, sheet: str, keep: Sequence[str] = ()) -> Iterator[Block]:
    """A table, in parts where it is too wide for a sheet of paper. Who does not see it hears what it is called."""
    if block.heading:
        yield Head(text=block.heading)
    if not block.table.rows:
        if block.nothing:
            yield Says(text=block.nothing, tone="gap")
        return
    what = f"{sheet}: {block.heading}" if block.heading else sheet
    columns = [column for column in block.table.columns if not keep or column.key in keep]
    note = block.note
    for number, (title, part, heads) in enumerate(_parts(columns), start=1):
        more = f" ({number})" if number > 1 else ""
        in_full = f"{what} – {title}" if title else f"{what}{more}"
        yield grid(title, in_full, block.table, part, heads=heads, note=note)
        note = ""


def _parts(columns: Sequence[Column]) -> Iterator[tuple[str, Sequence[Column], Sequence[str]]]:
    """All columns together where they fit; otherwise first those that stand alone, then each family ("share …").

    With each part its title, and the heads of its columns.
    """
    families = list(dict.fromkeys(column.key.split(" ")[0] for column in columns if " " in column.key))
    if len(columns) <= WIDEST and len(families) != 1:
        yield "", columns, [column.head for column in columns]
        return
    if len(columns) <= WIDEST:
        title, short = _without_what_all_say([column.head for column in columns if " " in column.key])
        shorter = iter(short)
        yield title, columns, [next(shorter) if " " in column.key else column.head for column in columns]
        return
    alone = [column for column in columns if " " not in column.key]
    named = [column for column in alone if column.key in NAMES] or alone[:1]
    if len(alone) > len(named):
        yield "", alone, [column.head for column in alone]
    for family in families:
        of_it = [column for column in columns if column.key.startswith(f"{family} ")]
        title, heads = _without_what_all_say([column.head for column in of_it])
        for at in range(0, len(of_it), WIDEST):
            some = [*(column.head for column in named), *heads[at : at + WIDEST]]
            yield title, [*named, *of_it[at : at + WIDEST]], some


def _without_what_all_say(heads: Sequence[str]) -> tuple[str, Sequence[str]]:
    """ "Share: A" and "Share: B" are "A" and "B" under the title "Share"."""
    first = {head.partition(": ")[0] for head in heads}
    if len(first) > 1 or not all(": " in head for head in heads):
        return "", heads
    return first.pop(), [head.partition(": ")[2] for head in heads]


def _value(value: str | int | date) -> str:
    return german_date(value) if isinstance(value, date) else str(value)
