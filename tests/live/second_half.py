"""The second half of an afternoon in a hall: people at mixed tables who write, each with a connection of the own."""

from typing import Any

from dialog import table_queries
from tests.live.hall import Ear, Guest, Hall, signed

STAKEHOLDERS = ("jobcenter", "traeger", "leistungsberechtigte")


class SecondHalf:
    """Everybody's phone listens from the beginning; nothing here connects it anew."""

    def __init__(self, hall: Hall, people: int = 6) -> None:
        self.hall = hall
        self.guests = [hall.joins(STAKEHOLDERS[number % 3]) for number in range(people)]
        self.came_at = hall.seq()
        self.phones = {guest.id: hall.phone(guest) for guest in self.guests}

    def tables(self) -> dict[str, str]:
        """The ids of the tables by their number."""
        with self.hall.store.reading() as db:
            return {table.name: table.id for table in table_queries.tables(db, self.hall.id)}

    def table_of(self, guest: Guest) -> str:
        """The id of the table at which somebody sits, also before the tables are shown; "" for none."""
        with self.hall.store.reading() as db:
            return table_queries.table_of(db, guest.id) or ""

    def at(self, table_id: str) -> list[Guest]:
        return [guest for guest in self.guests if self.table_of(guest) == table_id]

    def draws(self, tables: int) -> int:
        return self.hall.moderates("draw_mixed_groups", tables=tables)

    def sits_down(self, tables: int = 2) -> None:
        """Draw the tables, show them, and let them begin to write."""
        self.hall.goes_to("mix")
        self.draws(tables)
        self.hall.moderates("show_tables")
        self.hall.goes_to("envision")

    def seats(self, guest: Guest, table_id: str) -> int:
        return self.hall.moderates("seat_person", person_id=guest.id, table_id=table_id)

    def tablet(self, table_id: str) -> tuple[str, Ear]:
        """A tablet that came in by the link of its table: the id of the link, and what it hears."""
        link_id, _ = self.hall.link("board", table_id)
        return link_id, self.hall.listens(signed(links=[link_id]), "board", group=table_id)

    def writes(self, guest: Guest, text: str) -> int:
        """A sentence of the ideal, from a phone."""
        return guest.browser.does(f"/d/{self.hall.id}/write/vision", text=text, plain="")

    def write_on(self, table_id: str, text: str) -> int:
        """A sentence of the ideal, from a table's page."""
        return self.hall.mara.does(f"/b/{self.hall.id}/{table_id}/write/vision", text=text, plain="")

    def hear_their_own_table(self, word: str) -> None:
        """Everybody who has a table writes. Each phone hears those at its own table, each once, and nobody else."""
        before = self.hall.seq()
        texts: dict[str, list[str]] = {}
        for guest in self.guests:
            if table_id := self.table_of(guest):
                texts.setdefault(table_id, []).append(f"{word} von {guest.number}")
                self.writes(guest, texts[table_id][-1])
        assert len(texts) > 1, "people sit at more than one table"
        self._hear_only(before, {guest.id: texts.get(self.table_of(guest), []) for guest in self.guests})

    def hear_their_own_group(self, word: str) -> None:
        """The same in round 1, with cards that have been revealed."""
        before = self.hall.seq()
        texts: dict[str, list[str]] = {}
        for guest in self.guests:
            texts.setdefault(guest.group_id, []).append(f"{word} von {guest.number}")
            self.hall.writes(guest, texts[guest.group_id][-1])
        self._hear_only(before, {guest.id: texts[guest.group_id] for guest in self.guests})

    def _hear_only(self, before: int, expected: dict[str, list[str]]) -> None:
        last = self.hall.seq()
        for guest in self.guests:
            ear = self.phones[guest.id]
            ear.hears(last)
            assert heard(ear, before) == expected[guest.id], f"{guest.number} hears the own table"

    def nobody_missed_anything(self, *others: Ear, since: int = 0) -> None:
        """Each connection has heard every act from its beginning, each once and in order."""
        every = list(range((since or self.came_at) + 1, self.hall.seq() + 1))
        for ear in (*self.phones.values(), *others):
            ear.hears(every[-1])
            assert not ear.ended.is_set()
            assert ear.seqs == every


def heard(ear: Ear, after: int) -> list[str]:
    """The texts of cards and entries that a connection was told of after this act, in that order."""
    told = [tiding for frame in list(ear.frames) if frame["seq"] > after for tiding in frame["tidings"]]
    return [text for tiding in told if (text := _text(tiding))]


def _text(tiding: dict[str, Any]) -> str:
    if tiding["type"] == "EntryPinned":
        content = tiding["entry"]["content"]
        return str(content.get("text") or content["title"])
    return str(tiding["card"]["text"]) if tiding["type"] == "CardPinned" else ""
