"""Cost: the last card of a long afternoon costs what the first one cost."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from dialog.commands.post_card import post_card
from dialog.store import Store
from dialog.words import Step, Valence
from tests.people import BERECHTIGTE, JOBCENTER, TRAEGER, Afternoon, small_plan

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
    assert len(last) <= 20


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
