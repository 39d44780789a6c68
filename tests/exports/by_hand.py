"""The figures of a room counted by hand from its plain rows, for both profiles. Nothing of the software counts here."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from exports.profile import Profile
from tests.exports.rooms import Room, Row, ballot

WORKS, FAILS = "läuft gut", "läuft schlecht"
SMALL, TOGETHER, COMPLEMENT = "weniger als 5", "nur zusammen", "sonst errechenbar"


class ByHand:
    """One room as one profile may tell it. `part` gives the label of the part to which a stakeholder belongs."""

    def __init__(self, room: Room, profile: Profile) -> None:
        self.room, self.public = room, profile is Profile.PUBLIC
        self.cards = [c for c in room.cards if not c["hidden"] and not c["withdrawn"] and self._revealed(c)]
        self.topics = [topic for topic in room.topics if self._revealed(topic)]
        self.present = Counter(person["stakeholder"] for person in room.here)
        self.voted = Counter(paper["stakeholder"] for paper in room.ballots)
        spoke = {room.stakeholder_of(row) for row in (*self.cards, *self.topics)}
        self.told = not self.public or not spoke and not room.here or len(room.here) >= 5
        self.votes_told = self.told and (not self.public or len(room.ballots) not in (1, 2, 3, 4))
        self.pool = self._pool([self.present, self.voted], spoke, set())
        self.few = {key for key, people in self.appraisers().items() if self.public and any(0 < n < 5 for n in people)}
        marks = [c for key, counts in self._appraisers().items() if key not in self.few for c in counts]
        self.appraisal_pool = self._pool([self.present, *marks], spoke, self.pool)
        self.feedback_pool = self._pool([self.present, *self._answerers().values()], spoke, self.pool)

    def _revealed(self, row: Row) -> bool:
        return bool(self.room.group(row["group_id"])["revealed"])

    def _pool(self, figures: Sequence[Mapping[str, int]], spoke: Iterable[str], start: set[str]) -> set[str]:
        """Try every size, from the smallest on, until the sums tell of nobody."""
        if not self.public:
            return set()
        keys = self.room.keys
        if not self.told:
            return set(keys)
        kept = [row for at, row in enumerate(figures) if not at or sum(row.values()) not in (1, 2, 3, 4)]
        size = {key: min((row[key] for row in kept if row.get(key)), default=0) for key in keys}
        here = {key for key in keys if size[key] or key in set(spoke)}
        small = {key for key in here if size[key] < 5} | (start & here)
        if not small:
            return set()
        for limit in sorted(set(size.values())):
            pool = {key for key in here if size[key] <= limit}
            columns = [[row.get(key, 0) for key in pool] for row in kept]
            enough = all(sum(column) not in (1, 2, 3, 4) for column in columns)
            same = any(set(column) in ({1}, {2}, {3}, {4}) for column in columns)
            if small <= pool and len(pool) > 1 and enough and not same:
                break
        if pool == here and len(self.room.here) <= len(pool):
            self.told = self.votes_told = False
            return set(keys)
        return pool

    def part(self, key: str, pool: set[str] | None = None) -> str:
        """The label of the part."""
        members = self.pool if pool is None else pool
        labels = {who.key: who.label["de"] for who in self.room.plan.stakeholders}
        if key not in members:
            return str(labels[key])
        named = [labels[one] for one in self.room.keys if one in members]
        people = {key for key in self.room.keys if self.present[key]}
        spoke = {self.room.stakeholder_of(row) for row in (*self.cards, *self.topics)}
        if members >= people | spoke:
            return "Alle zusammen"
        return f"{', '.join(named[:-1])} und {named[-1]} (zusammen)"

    def parts(self, pool: set[str] | None = None) -> list[str]:
        return list(dict.fromkeys(self.part(key, pool) for key in self.room.keys))

    def author(self, card: Row) -> str:
        return self.part(self.room.stakeholder_of(card))

    def category(self, key: str | None) -> str:
        if key is None:
            return "ohne Kategorie"
        return next((one.label["de"] for one in self.room.plan.categories if one.key == key), key)

    def topic(self, topic_id: str | None) -> str:
        """The name of a topic with its group."""
        if topic_id is None:
            return "ohne Thema"
        topic = next(one for one in self.room.topics if one["id"] == topic_id)
        group = self.room.group(topic["group_id"])
        return f"{topic['title'] or '(ohne Namen)'} ({self._of_group(group) if self.public else group['name']})"

    def _of_group(self, group: Row) -> str:
        members = self.pool if group["stakeholder"] in self.pool else {group["stakeholder"]}
        whole = self.part(group["stakeholder"])
        short = [who.short["de"] for who in self.room.plan.participating if who.key in members]
        return whole if whole == "Alle zusammen" else " und ".join(", ".join(short).rsplit(", ", 1))

    def category_of(self, card: Row) -> str:
        found = [topic["category"] for topic in self.room.topics if topic["id"] == card["topic_id"]]
        return self.category(found[0] if found else None)

    def raw_votes(self) -> dict[str, int]:
        papers = self.room.ballots
        return {topic: sum(paper["votes"].get(topic, 0) for paper in papers) for topic in ballot(self.room)}

    def voters(self, topic: str, label: str) -> int:
        return sum(topic in paper["votes"] and self.part(paper["stakeholder"]) == label for paper in self.room.ballots)

    def voted_of(self, label: str) -> int:
        return sum(self.part(paper["stakeholder"]) == label for paper in self.room.ballots)

    def balanced(self, topic: str) -> Fraction:
        """The mean of the shares of those stakeholders that voted, each alone."""
        shares = [
            Fraction(sum(topic in p["votes"] for p in self.room.ballots if p["stakeholder"] == key), n)
            for key, n in self.voted.items()
        ]
        return sum(shares, Fraction()) / max(1, len(shares))

    def options(self) -> list[str | None]:
        proposals: list[str | None] = [proposal["id"] for proposal in self.room.proposals]
        return [*proposals, None] if self.room.plan.appraising == "resistance" else proposals

    def asked(self) -> list[str]:
        return ["resistance"] if self.room.plan.appraising == "resistance" else ["effect", "feasibility"]

    def _appraisers(self) -> dict[str | None, list[Counter[str]]]:
        """By proposal the people of each stakeholder: who gave anything, and who gave each mark."""
        return {
            option: [
                Counter(row["stakeholder"] for row in self.room.appraisals if row["proposal_id"] == option),
                *(self._gave(option, asked) for asked in self.asked()),
            ]
            for option in self.options()
        }

    def _gave(self, option: str | None, asked: str) -> Counter[str]:
        rows = [row for row in self.room.appraisals if row["proposal_id"] == option and row[asked] is not None]
        return Counter(row["stakeholder"] for row in rows)

    def appraisers(self) -> dict[str | None, list[int]]:
        return {option: [counts.total() for counts in found] for option, found in self._appraisers().items()}

    def marks(self, option: str | None, asked: str, label: str | None = None) -> list[int]:
        """All marks, or those of a part of the appraisal."""
        rows = [row for row in self.room.appraisals if row["proposal_id"] == option and row[asked] is not None]
        return [r[asked] for r in rows if label in (None, self.part(r["stakeholder"], self.appraisal_pool))]

    def in_all(self, option: str | None, asked: str) -> Fraction | None:
        """The mean of the stakeholders' means; with a pool the plain mean."""
        means = [mean(self.marks(option, asked))]
        if not self.appraisal_pool:
            means = [mean(self.marks(option, asked, self.part(key))) for key in self.room.keys]
        known = [one for one in means if one is not None]
        return sum(known, Fraction()) / len(known) if known else None

    def _answerers(self) -> dict[str, Counter[str]]:
        """Who answered any question, and who each; only questions that enough answered count."""
        found = {"": Counter(paper["stakeholder"] for paper in self.room.feedback if paper["answers"])}
        for question in self.room.plan.feedback:
            papers = [paper for paper in self.room.feedback if question.key in paper["answers"]]
            found[question.key] = Counter(paper["stakeholder"] for paper in papers)
        return found

    def answers(self, question: str, label: str | None = None) -> list[int]:
        papers = [paper for paper in self.room.feedback if question in paper["answers"]]
        of = self.feedback_pool
        return [p["answers"][question] for p in papers if label in (None, self.part(p["stakeholder"], of))]


def mean(marks: Sequence[int]) -> Fraction | None:
    return Fraction(sum(marks), len(marks)) if marks else None


def told_mean(marks: Sequence[int], highest: int, value: Fraction | None = None) -> float | str:
    """With one decimal, halves up; below 10 marks how many are one of the two highest."""
    if not marks:
        return "–"
    found = mean(marks) if value is None else value
    if len(marks) < 10 or found is None:
        return f"{sum(mark >= highest - 1 for mark in marks)} von {len(marks)}"
    return int(10 * found + Fraction(1, 2)) / 10


def share(part: int, of: int) -> float | str:
    """In percent from 10 on, halves up."""
    if of < 10:
        return f"{part} von {of}" if of else "–"
    return int(Fraction(100 * part, of) + Fraction(1, 2)) / 100


def places(values: Sequence[Any], better: Callable[[Any, Any], bool]) -> list[int]:
    """The place of each value; equal ones share it and the next is left out."""
    return [1 + sum(better(other, value) for other in values) for value in values]
