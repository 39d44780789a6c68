"""A database file of a test's own, for tests that need many rooms and only one database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from dialog.store import Store


def empty(migrated: Path, folder: Path) -> Iterator[Store]:
    """A store with today's schema and nothing in it."""
    store = Store(f"sqlite:///{shutil.copy(migrated, folder / 'own.sqlite')}")
    yield store
    store.dispose()
