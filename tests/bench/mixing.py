"""Mixed tables for 26, 100 and 1,000 people, beside a shuffle and groups that count off.

Process time on one core, the best of several. Pairs are round-1 neighbours and people of one organisation at
one table: `pairs` are those there are, `bound` those that no even seating avoids.
"""

from collections.abc import Callable, Sequence
from random import Random
from time import process_time

from dialog.mixing import MixRule, Person, Rules, Table, draw, examine
from tests.method.mixed import room, tables

RUNS = 5
REGION_NORD = {"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}
FOUR_DIALOGUES = {"jobcenter": 43, "traeger": 22, "leistungsberechtigte": 35}
TEN_TIMES = {stakeholder: 10 * people for stakeholder, people in FOUR_DIALOGUES.items()}
ROOMS = ((REGION_NORD, 8, 5), (FOUR_DIALOGUES, 12, 12), (TEN_TIMES, 12, 120))
PAIRS = (MixRule.NEIGHBOURS, MixRule.ORGANISATIONS)

Way = Callable[[Sequence[Person], Sequence[Table], int], dict[str, str]]


def drawn(people: Sequence[Person], round_tables: Sequence[Table], seed: int) -> dict[str, str]:
    return draw(people, round_tables, Rules(), seed)


def shuffled(people: Sequence[Person], round_tables: Sequence[Table], seed: int) -> dict[str, str]:
    """Everybody in a random order, table after table."""
    order = list(people)
    Random(seed).shuffle(order)
    return {person.id: round_tables[place % len(round_tables)].id for place, person in enumerate(order)}


def counted_off(people: Sequence[Person], round_tables: Sequence[Table], seed: int) -> dict[str, str]:
    """A round-robin as moderators do it by hand: each round-1 group counts off from one, in the order they sit."""
    order = list(people)
    Random(seed).shuffle(order)
    place: dict[str, int] = {}
    seated: dict[str, str] = {}
    for person in order:
        number = place[person.group] = place.get(person.group, -1) + 1
        seated[person.id] = round_tables[number % len(round_tables)].id
    return seated


WAYS: dict[str, Way] = {"drawn": drawn, "shuffle": shuffled, "round-robin": counted_off}


def measure() -> list[dict[str, object]]:
    """A row for each room and each way: with stakeholders and groups only, and with all that people can have."""
    return [
        row
        for sizes, group_of, count in ROOMS
        for rich in (False, True)
        for row in _room(room(sizes, group_of=group_of, wishes=2, rich=rich), tables(count, topics=4), rich)
    ]


def _room(people: list[Person], round_tables: list[Table], rich: bool) -> list[dict[str, object]]:
    rows = [
        {"people": len(people), "tables": len(round_tables), "known": "all" if rich else "groups"}
        | _row(name, way, people, round_tables)
        for name, way in WAYS.items()
    ]
    milliseconds, pairs = float(str(rows[0]["ms"])), int(str(rows[0]["pairs"]))
    for row in rows:
        row["times as long"] = round(milliseconds / float(str(row["ms"])), 1)
        row["pairs to drawn"] = round(int(str(row["pairs"])) / pairs, 2) if pairs else None
    return rows


def _row(name: str, way: Way, people: list[Person], round_tables: list[Table]) -> dict[str, object]:
    times = []
    for seed in range(RUNS):
        start = process_time()
        seated = way(people, round_tables, seed)
        times.append(process_time() - start)
    report = examine(people, round_tables, Rules(), seated)
    hard = [finding for finding in report.findings if finding.rule.hard]
    found, bound = sum(report[rule].count for rule in PAIRS), sum(report[rule].bound for rule in PAIRS)
    return {
        "way": name,
        "ms": round(1000 * min(times), 3),
        "hard rules kept": f"{sum(finding.distance == 0 for finding in hard)} of {len(hard)}",
        "pairs": found,
        "bound": bound,
        "above bound %": round(100 * (found - bound) / bound, 2) if bound else 0.0 if found == 0 else None,
        "wishes": report[MixRule.WISHES].count,
        "wishes at most": report[MixRule.WISHES].bound,
        "proven best": "yes" if report.proven else "no",
    }
