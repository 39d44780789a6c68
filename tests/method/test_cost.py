"""Cost: the last card, entry or appraisal of a long afternoon costs what the first one cost."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from dialog import queries
from dialog.commands.edit_entry import edit_entry
from dialog.commands.open_appraisal import open_appraisal
from dialog.commands.post_card import post_card
from dialog.commands.withdraw_entry import withdraw_entry
from dialog.events import VisionContent
from dialog.models import Appraisal, Benefit, Proposal, Vision
from dialog.store import Store
from dialog.words import Step, Valence
from tests.method.second_half import SecondHalf
from tests.people import BERECHTIGTE, JOBCENTER, TRAEGER, Afternoon, scores, small_plan

SAID = {"valence": Valence.FAILS, "addressees": [JOBCENTER, TRAEGER]}


@contextmanager
def _statements(store: Store) -> Iterator[list[str]]:
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(store.engine, "before_cursor_execute", hear)
    yield said
    event.remove(store.engine, "before_cursor_execute", hear)


def test_a_card_costs_the_same_however_many_cards_people_and_acts_there_are(store: Store) -> None:
    afternoon = Afternoon(store, small_plan(cards_per_person=100))
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    with _statements(store) as first:
        afternoon.act(post_card, anna.actor, text="Die erste", **SAID)
    for stakeholder in (JOBCENTER, TRAEGER, BERECHTIGTE) * 4:
        other = afternoon.join(stakeholder)
        afternoon.write(other.actor, "Dazwischen")
        afternoon.write(anna.actor, "Noch eine")
    with _statements(store) as last:
        afternoon.act(post_card, anna.actor, text="Die letzte", **SAID)
    assert last == first
    assert len(last) <= 12


def test_posting_a_card_reads_no_list_of_people_and_no_journal(store: Store) -> None:
    afternoon = Afternoon(store)
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    with _statements(store) as said:
        afternoon.act(post_card, anna.actor, text="Die erste", **SAID)
    selects = [statement for statement in said if statement.startswith("SELECT")]
    assert not [s for s in selects if "FROM participants" in s and "participants.id =" not in s]
    assert not [s for s in selects if "FROM journal" in s and "journal.client_key =" not in s]
    assert not [s for s in selects if "FROM cards" in s and "cards.id =" not in s and "cards.author_id =" not in s]


def test_the_connection_that_has_just_written_is_used_next(sqlite_store: Store) -> None:
    """Another one would have to read from the file what this one still knows."""
    used: list[Any] = []
    event.listen(sqlite_store.engine, "checkout", lambda connection, *_more: used.append(connection))
    with sqlite_store.reading(), sqlite_store.reading():
        pass
    assert len(set(used)) == 2
    for _ in range(3):
        with sqlite_store.writing():
            pass
        with sqlite_store.reading():
            pass
    assert len(set(used[2:])) == 1


def test_what_a_card_looks_up_has_an_index(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        for query in (
            "SELECT count(*) FROM cards WHERE author_id = 'a' AND withdrawn IS 0",
            "SELECT * FROM journal WHERE dialogue_id = 'd' AND client_key = 'k' AND by = 'b'",
            "SELECT * FROM journal WHERE dialogue_id = 'd' AND scope = 's' AND standing = 'done' ORDER BY seq DESC",
            "SELECT * FROM cards WHERE dialogue_id = 'd' AND group_id = 'g'",
            "SELECT * FROM ballots WHERE dialogue_id = 'd' AND participant_id = 'p'",
        ):
            plan = " ".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}"))
            assert "SCAN" not in plan, f"{query}: {plan}"
            assert "TEMP B-TREE" not in plan, f"{query}: {plan}"


# --- Round 2


class _Work:
    """The steps that SQLite's own machine takes for what is done inside, in tens."""

    def __init__(self, store: Store) -> None:
        self.store, self.steps = store, 0

    def _count(self) -> int:
        self.steps += 1
        return 0

    def _watch(self, connection: Any, *_more: object) -> None:
        connection.set_progress_handler(self._count, 10)

    def __enter__(self) -> "_Work":
        event.listen(self.store.engine, "checkout", self._watch)
        return self

    def __exit__(self, *_exception: object) -> None:
        event.remove(self.store.engine, "checkout", self._watch)
        self.store.dispose()


def _fill(half: SecondHalf, table_id: str, entries: int, appraisals: int) -> None:
    """As many visions, benefits, proposals, and appraisals of them by other people, as a long afternoon brings."""
    with half.store.writing() as db:
        shared: dict[str, Any] = {"dialogue_id": half.id, "table_id": table_id, "topic_id": None, "withdrawn": False}
        people = [person.id for person in queries.people(db, half.id) if person.id != half.anna.id]
        for number in range(1, entries + 1):
            row = {"id": f"{entries:04}{number:012}", "number": number, **shared}
            db.add(Vision(text="Es ist gut", plain="", **row))
            db.add(Benefit(stakeholder=JOBCENTER, text="Weniger Streit", **row))
            db.add(Proposal(title="Ein Video", what="", first_step="", level=None, process_step=None, **row))
        db.flush()
        for at in range(appraisals):
            who, what = at % len(people), at // len(people) + 1
            db.add(
                Appraisal(
                    id=f"{appraisals:04}{at:012}",
                    dialogue_id=half.id,
                    participant_id=people[who],
                    paper_id=f"paper{who}",
                    stakeholder=JOBCENTER,
                    proposal_id=f"{entries:04}{what:012}",
                    effect=3,
                    feasibility=3,
                    resistance=None,
                )
            )


def _costs_at_a_table(store: Store, entries: int) -> dict[str, tuple[list[str], int]]:
    """The statements, and the work, of the acts of round 2 when so much has been written at the other table."""
    half = SecondHalf(store)
    own = half.table_of(half.anna, half.draw(2))
    (other,) = set(half.tables().values()) - {own}
    _fill(half, other, entries, entries)
    half.go(Step.SOLVE)
    vision_id = half.vision(half.anna.actor, "Eins")
    proposal_id = half.proposal(half.anna.actor, "Ein Video")
    said = [VisionContent(kind="vision", text=text, plain="") for text in ("Eins", "Zwei")]
    costs: dict[str, tuple[list[str], int]] = {}

    def do(name: str, act: Callable[[], object]) -> None:
        with _statements(store) as statements, _Work(store) as work:
            act()
        costs[name] = statements, work.steps

    do("vision", lambda: half.vision(half.anna.actor, "Drei"))
    do("benefit", lambda: half.benefit(half.anna.actor, JOBCENTER, "Vier"))
    do("proposal", lambda: half.proposal(half.anna.actor, "Noch eines", level="A"))
    edited = {"entry_id": vision_id, "was": said[0], "content": said[1]}
    do("edit", lambda: half.act(edit_entry, half.anna.actor, **edited))
    do("withdraw", lambda: half.act(withdraw_entry, half.anna.actor, entry_id=vision_id))
    half.go(Step.APPRAISE)
    half.cockpit(open_appraisal)
    do("appraise", lambda: half.appraise(half.anna.actor, proposal_id, scores(4)))
    do("appraise again", lambda: half.appraise(half.anna.actor, proposal_id, scores(2)))
    do("take back", lambda: half.appraise(half.anna.actor, proposal_id, scores(None)))
    return costs


def test_an_entry_or_an_appraisal_costs_the_same_with_10_and_1000_there(migrated_sqlite: Path, tmp_path: Path) -> None:
    costs = []
    for entries in (10, 1000):
        store = Store(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / f'{entries}.sqlite')}")
        costs.append(_costs_at_a_table(store, entries))
        store.dispose()
    few, many = costs
    for name, (statements, work) in few.items():
        assert many[name][0] == statements, name
        assert len(statements) <= 30, f"{name}: {len(statements)} statements"
        assert many[name][1] <= 1.3 * work, f"{name}: {work} with 10, {many[name][1]} with 1,000"
