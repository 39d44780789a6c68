"""A loop of its own for what a test does at the same time."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """As `asyncio.run`, in a thread of its own: where a browser is open, this thread has a loop already."""
    with ThreadPoolExecutor(max_workers=1) as own:
        return own.submit(asyncio.run, work).result()
