"""Rooms to mix: small ones with everything in them, made from a seed, and the sizes that dialogues really have."""

from collections.abc import Mapping, Sequence
from random import Random

from dialog.mixing import MixRule, Person, Report, Rules, Table

TOPICS = ("erreichbarkeit", "sprache", "praktika", "wege")
LANGUAGES = ("uk", "ar", "fa")


def tables(count: int, *, topics: int = 3, locked: Sequence[int] = ()) -> list[Table]:
    """Tables T1, T2 …; the topics go round. Without topics nobody can be granted a wish."""
    return [
        Table(
            id=f"t{number}",
            name=str(number),
            topic=TOPICS[(number - 1) % topics] if topics else None,
            locked=number in locked,
        )
        for number in range(1, count + 1)
    ]


def room(
    sizes: Mapping[str, int], *, group_of: int = 12, seed: int = 1, wishes: int = 1, rich: bool = True
) -> list[Person]:
    """People by stakeholder in round-1 groups of at most `group_of`; with organisations, languages, wishes if rich."""
    random = Random(seed)
    people: list[Person] = []
    for stakeholder, size in sizes.items():
        groups = max(1, -(-size // group_of))
        for place in range(size):
            needs = rich and stakeholder == "leistungsberechtigte" and random.random() < 0.1
            speaks = rich and (needs or random.random() < 0.15)
            at_work = stakeholder != "leistungsberechtigte"
            people.append(
                Person(
                    id=f"{stakeholder[0]}{place}",
                    number=str(1000 + len(people)),
                    stakeholder=stakeholder,
                    group=f"{stakeholder[0]}-{place % groups}",
                    organisation=f"{stakeholder} {random.randrange(1 + size // 4)}" if rich and at_work else "",
                    languages=(random.choice(LANGUAGES),) if speaks else (),
                    needs_interpreter=needs,
                    wishes=tuple(random.sample(TOPICS, wishes)) if rich else (),
                )
            )
    return people


def some_rules(
    people: Sequence[Person], tables: Sequence[Table], seed: int, *, pairs: int = 2, fixed: int = 1
) -> Rules:
    """Pairs that never contradict: everybody is in at most one of them."""
    random = Random(seed)
    chosen = [person.id for person in people]
    random.shuffle(chosen)
    take = iter(chosen)
    return Rules(
        together=tuple((next(take), next(take)) for _ in range(pairs)),
        apart=tuple((next(take), next(take)) for _ in range(pairs)),
        fixed={next(take): random.choice(tables).id for _ in range(fixed)},
    )


def counts(report: Report) -> dict[MixRule, int]:
    return {finding.rule: finding.count for finding in report.findings}
