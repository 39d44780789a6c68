"""Round 2 from the first wish to the close, with every frame and every snapshot of all connections searched."""

import json
from collections.abc import Iterator
from typing import Any

from dialog import promise_queries, queries, table_queries
from tests.live.hall import Ear, Guest, Hall
from tests.live.second_half import SecondHalf

NEVER = frozenset(
    """scores effect feasibility resistance was_scores appraisal_id paper_id answers sentence was_answers
    wishes was_topic_ids fixed_at at was_at pair pairs first_id second_id seats was_seats seed was_seed mixing_seed
    author author_id device device_hash tally votes withdrawn""".split()
)
"""Names under which an appraisal, feedback, a wish, a pair, a fixed seat, the draw or an author would travel."""
IN_THE_APPRAISAL = {"AppraisalsCounted", "PageTurned", "TimerToldOf"}


def _names(value: Any) -> Iterator[str]:
    """Every name of a field in JSON values, however deep."""
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _names(inner)


class Watched:
    """A room of which everything that reaches anybody is kept."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.room = hall, SecondHalf(hall)
        self.screen_link = hall.link("screen")[1]
        self.cockpit = hall.cockpit()
        self.others = {
            "screen": hall.listens("", "screen", link=self.screen_link),
            "a group's board": hall.board(hall.group_of["jobcenter"]),
        }
        self.pictures: dict[str, list[Any]] = {}
        self.pages: dict[str, list[str]] = {}

    def look(self) -> None:
        """Fetch everybody's snapshot and every phone's page as they are now."""
        addresses = {
            "cockpit": f"/m/{self.hall.id}/",
            "screen": f"/s/{self.hall.id}/{self.screen_link}/",
            "a group's board": f"/b/{self.hall.id}/{self.hall.group_of['jobcenter']}/",
        }
        for name, address in addresses.items():
            self.pictures.setdefault(name, []).append(self.hall.mara.get(address + "board.json").json())
        for guest in self.room.guests:
            self.pictures.setdefault(guest.id, []).append(self.hall.picture(guest))
            page = guest.browser.get(f"/d/{self.hall.id}/", Accept="text/html")
            assert page.status_code == 200, page.text
            self.pages.setdefault(guest.id, []).append(page.text)

    def reached(self, guest: Guest) -> str:
        """All that has ever reached this person's phone, as text."""
        told = [*self.room.phones[guest.id].frames, *self.pictures.get(guest.id, [])]
        return json.dumps(told, ensure_ascii=False) + "".join(self.pages.get(guest.id, []))

    def everything(self) -> str:
        """All that has ever reached a phone, the projector or a group's board, as text."""
        told = [ear.frames for ear in self.others.values()]
        told += [self.pictures[name] for name in self.others if name in self.pictures]
        return json.dumps(told, ensure_ascii=False) + "".join(self.reached(guest) for guest in self.room.guests)

    def ears(self) -> list[Ear]:
        return [self.cockpit, *self.others.values(), *self.room.phones.values()]

    def hear(self, seq: int) -> None:
        for ear in self.ears():
            ear.hears(seq)

    def names(self) -> set[str]:
        """Every name of a field in every frame and every snapshot, the cockpit's too."""
        return {name for ear in self.ears() for name in _names(ear.frames)} | set(_names(list(self.pictures.values())))


def _topics_chosen(hall: Hall, room: SecondHalf) -> list[str]:
    """Round 1 in short: each group has a topic, and all of them go on."""
    hall.goes_to("sort")
    hall.moderates("reveal_cards", group_id="")
    topics = []
    for guest in room.guests[:3]:
        told = hall.mara.post(f"/b/{hall.id}/{guest.group_id}/topics", title=f"Thema {guest.number}").json()
        topics.append(told["topic"])
    hall.goes_to("nominate")
    for guest, topic in zip(room.guests, topics, strict=False):
        guest.browser.does(f"/d/{hall.id}/nominations", **{"rank-1": topic})
    hall.goes_to("weigh")
    for act in ("open_voting", "close_voting", "reveal_result"):
        hall.moderates(act)
    hall.goes_to("mirror")
    hall.moderates("choose_topics", topic_ids=topics)
    return topics


def _asked_of_the_draw(watched: Watched, topics: list[str]) -> None:
    """Wishes, a pair, a fixed seat and what is known of a person: all of it is kept, and the tables are drawn."""
    hall, (anna, ben, *others) = watched.hall, watched.room.guests
    hall.goes_to("mix")
    for guest in (anna, ben):
        guest.browser.does(f"/d/{hall.id}/wishes", **{"rank-1": topics[0], "rank-2": topics[1]})
    hall.moderates("pair_people", kind="apart", first=anna.number, second=ben.number)
    hall.moderates("fix_person", number=others[0].number, at="2")
    hall.moderates("describe_person", person_id=anna.id, organisation="Verein Verschwiegen", languages=["uk"])
    watched.look()
    watched.hear(watched.room.draws(2))
    watched.look()
    with hall.store.reading() as db:
        assert table_queries.wished(db, hall.id) == 2
        assert len(table_queries.pairs(db, hall.id)) == 1
        assert table_queries.fixed(db, hall.id) == {others[0].id: 2}


def _written(watched: Watched) -> dict[str, str]:
    """Everybody writes at the own table; what each has written last, a proposal, by person."""
    hall, proposals = watched.hall, dict[str, str]()
    kinds = {"envision": ("vision", {"plain": ""}), "translate": ("benefit", {"stakeholder": "traeger"})}
    for step, (kind, more) in kinds.items():
        hall.goes_to(step)
        for guest in watched.room.guests:
            text = f"Geheim: {kind} von {guest.number}"
            guest.browser.does(f"/d/{hall.id}/write/{kind}", text=text, **more)
        watched.look()
    hall.goes_to("solve")
    for guest in watched.room.guests:
        told = guest.browser.post(f"/d/{hall.id}/write/proposal", title=f"Geheim: proposal von {guest.number}")
        proposals[guest.id] = told.json()["entry"]
    watched.look()
    watched.hear(hall.seq())
    return proposals


def _only_the_own_table(watched: Watched, kinds: tuple[str, ...]) -> None:
    room = watched.room
    for guest in room.guests:
        reached, own = watched.reached(guest), room.table_of(guest)
        for other in room.guests:
            for kind in kinds:
                secret = f"Geheim: {kind} von {other.number}"
                assert (secret in reached) == (room.table_of(other) == own), f"{guest.number}: {secret}"


def test_nothing_hidden_reaches_anybody_in_the_whole_of_round_two(hall: Hall) -> None:
    watched = Watched(hall)
    room, (anna, *_others) = watched.room, watched.room.guests
    topics = _topics_chosen(hall, room)
    _asked_of_the_draw(watched, topics)
    tables = room.tables()
    assert not any(table_id in watched.everything() for table_id in tables.values()), "not shown yet"
    assert "Verein Verschwiegen" in json.dumps(watched.pictures["cockpit"])
    watched.hear(hall.moderates("show_tables"))
    watched.look()
    assert all(table_id in watched.reached(anna) for table_id in tables.values())

    proposals = _written(watched)
    _only_the_own_table(watched, ("vision", "benefit", "proposal"))

    appraising = hall.seq()
    hall.goes_to("appraise")
    hall.moderates("open_appraisal")
    for number, guest in enumerate(room.guests):
        for proposal_id in list(proposals.values())[: 1 + number]:
            given = {"proposal": proposal_id, "effect": 1 + number % 5, "feasibility": 5 - number % 5}
            guest.browser.does(f"/d/{hall.id}/appraisals", **given)
        watched.look()
    hall.moderates("close_appraisal")
    watched.hear(hall.moderates("reveal_appraisal"))
    watched.look()
    _only_the_own_table(watched, ("vision", "benefit"))
    with hall.store.reading() as db:
        assert promise_queries.appraised(db, hall.id) == len(room.guests)
    for ear in watched.ears():
        frames = [frame for frame in ear.frames if frame["seq"] > appraising]
        assert {told["type"] for frame in frames for told in frame["tidings"]} <= IN_THE_APPRAISAL

    hall.goes_to("commit")
    promise = {"who": "Jobcenter Nord", "what": "Rückruf am selben Tag", "until": "2027-03-01", "review_on": ""}
    anna.browser.does(f"/d/{hall.id}/promises", proposal_id=proposals[anna.id], **promise)
    watched.look()
    hall.goes_to("close")
    with hall.store.reading() as db:
        question = queries.plan(queries.dialogue(db, hall.id)).feedback[0].key
    said = {f"answer-{question}": "4", "sentence": "Ein Satz, den niemand hört"}
    last = anna.browser.does(f"/d/{hall.id}/feedback", **said)
    watched.hear(last)
    watched.pages.clear()  # The own sentence is shown on the own page.
    watched.look()

    assert watched.names() & NEVER == set()
    own = "".join(watched.pages.pop(anna.id))
    assert said["sentence"] in own
    assert said["sentence"] not in watched.everything() + json.dumps(watched.cockpit.frames, ensure_ascii=False)
    del watched.others["a group's board"]  # It knows the people of its own group.
    assert "Verein Verschwiegen" not in watched.everything()
    room.nobody_missed_anything()
