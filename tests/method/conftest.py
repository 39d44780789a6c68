"""The afternoon in which the tests of the method take place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialog.store import Store
from tests.method.second_half import SecondHalf
from tests.people import Afternoon


@pytest.fixture
def sqlite_store(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Store]:
    """A file of the test's own, for what only SQLite can get wrong, and for tests that take long."""
    store = Store(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'own.sqlite')}")
    yield store
    store.dispose()


@pytest.fixture
def afternoon(store: Store) -> Afternoon:
    """A planned dialogue with groups J1, T1 and L1 and nobody in the room yet, on each database."""
    return Afternoon(store)


@pytest.fixture
def half(store: Store) -> SecondHalf:
    """A dialogue in the step `mix`, with six people and two chosen topics, on each database."""
    return SecondHalf(store)
