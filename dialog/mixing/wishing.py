"""How many people can sit at a table with a wished topic, at the most: a flow through topics with so many seats."""

from collections import Counter

from dialog.mixing.levels import fixed_at, quota, sizes
from dialog.mixing.room import Room

Kind = tuple[str, frozenset[str]]
"""A stakeholder and the wished topics that have a table."""

Node = tuple[str, ...] | tuple[str, Kind]
SOURCE: Node = ("source",)
SINK: Node = ("sink",)


def granted(room: Room, person: int, table: int) -> bool:
    """The table's topic is one of those this person wished for."""
    topic = room.tables[table].topic
    return topic is not None and topic in room.people[person].wishes


def most_granted(room: Room, *, even: bool) -> int:
    """A proven upper bound for the people at a wished topic.

    Whoever is held or fixed counts as they sit. The others flow: people with the same stakeholder and the same
    wishes, to the seats their stakeholder can have at a topic (where stakeholders are spread evenly: `even`), to
    the seats of the topic. Other rules are left out, so no seating with even sizes can grant more.
    """
    sure = sum(granted(room, person, table) for person, table in (*room.held.items(), *room.fixed.items()))
    free = [person for person in room.drawn if person not in room.fixed]
    topics = sorted({topic for table in room.open if (topic := room.tables[table].topic) is not None})
    waiting = Counter(
        (room.people[person].stakeholder, wishes)
        for person in free
        if (wishes := frozenset(topics).intersection(room.people[person].wishes))
    )
    left = _places(room, topics)
    share = _shares(room, topics) if even else {}
    return sure + _flow(waiting, left, share)


def _places(room: Room, topics: list[str]) -> dict[str, int]:
    """Free seats at all tables of a topic, at the most.

    A table has `low` seats or one more, whichever tables those `extra` ones are; one with more has them for its
    fixed people alone.
    """
    levels, fixed = sizes(room), fixed_at(room, room.drawn)
    low = min(levels, default=0)
    extra = sum(level > low and level > there for level, there in zip(levels, fixed, strict=True))
    places: dict[str, int] = {}
    for topic in topics:
        at = [fixed[place] for place, table in enumerate(room.open) if room.tables[table].topic == topic]
        places[topic] = sum(max(low - there, 0) for there in at) + min(extra, sum(there <= low for there in at))
    return places


def _shares(room: Room, topics: list[str]) -> dict[tuple[str, str], int]:
    """Free seats of a stakeholder at all tables of a topic, at the most."""
    shares: dict[tuple[str, str], int] = {}
    for stakeholder in sorted({room.people[person].stakeholder for person in room.drawn}):
        members = [person for person in room.drawn if room.people[person].stakeholder == stakeholder]
        low, high = quota(len(members), len(room.open))
        extra = len(members) - low * len(room.open) if high > low else 0
        fixed = fixed_at(room, members)
        for topic in topics:
            at = [place for place, table in enumerate(room.open) if room.tables[table].topic == topic]
            most = low * len(at) + min(extra, len(at))
            shares[stakeholder, topic] = max(0, most - sum(fixed[place] for place in at))
    return shares


def _flow(waiting: Counter[Kind], left: dict[str, int], share: dict[tuple[str, str], int]) -> int:
    """The largest flow from kinds of people to topics, grown one augmenting path after another."""
    capacity: dict[tuple[Node, Node], int] = {}
    onward: dict[Node, list[Node]] = {SOURCE: [], SINK: []}

    def join(start: Node, end: Node, most: int) -> None:
        if (start, end) in capacity:
            return
        capacity[start, end] = most
        capacity[end, start] = 0
        onward.setdefault(start, []).append(end)
        onward.setdefault(end, []).append(start)

    for topic, most in left.items():
        join(("topic", topic), SINK, most)
    for kind, people in sorted(waiting.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
        stakeholder, wishes = kind
        join(SOURCE, ("kind", kind), people)
        for topic in sorted(wishes):
            join(("kind", kind), ("share", stakeholder, topic), people)
            seats = share.get((stakeholder, topic), left[topic])
            join(("share", stakeholder, topic), ("topic", topic), min(left[topic], seats))
    total = 0
    while path := _path(capacity, onward):
        some = min(capacity[step] for step in path)
        total += some
        for start, end in path:
            capacity[start, end] -= some
            capacity[end, start] += some
    return total


def _path(capacity: dict[tuple[Node, Node], int], onward: dict[Node, list[Node]]) -> list[tuple[Node, Node]]:
    """The shortest way from source to sink with something left on every step, or nothing."""
    came: dict[Node, Node] = {SOURCE: SOURCE}
    queue = [SOURCE]
    for node in queue:
        for after in onward[node]:
            if after not in came and capacity[node, after] > 0:
                came[after] = node
                queue.append(after)
    path: list[tuple[Node, Node]] = []
    node = SINK
    while node in came and node != SOURCE:
        path.append((came[node], node))
        node = came[node]
    return path
