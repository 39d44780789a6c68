"""The afternoon in which the tests of the method take place."""

import pytest

from dialog.store import Store
from tests.people import Afternoon


@pytest.fixture
def afternoon(store: Store) -> Afternoon:
    """A planned dialogue with groups J1, T1 and L1 and nobody in the room yet, on each database."""
    return Afternoon(store)
