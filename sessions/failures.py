"""Counts what goes wrong, never what goes right. A whole room shares one network address, so the limits are generous.

The counts are kept for the time of their limit only, under a keyed hash of the address: in memory, and where several
workers serve the same people also in Redis. While that is away each worker counts for itself.
"""

import hashlib
import hmac
from collections.abc import Callable

from flask import current_app, request
from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from sessions.crossing import connections_to, crossing
from sessions.settings import Settings


def too_many(limit: RateLimitItem, *of_what: str) -> bool:
    """Whether this network address has failed too often at this lately."""
    return not _count(lambda counter: counter.test(limit, *of_what, _address()))


def count_failure(limit: RateLimitItem, *of_what: str) -> None:
    _count(lambda counter: counter.hit(limit, *of_what, _address()))


def _count(ask: Callable[[MovingWindowRateLimiter], bool]) -> bool:
    """Whether all counters say that there is room left."""
    alone = ask(_counter("failures", MemoryStorage))
    others = crossing()
    if others is None or others.away:
        return alone
    try:
        return ask(_counter("failures_of_all", _shared)) and alone
    except StorageError:
        return alone


def _counter(name: str, storage: Callable[[], MemoryStorage | RedisStorage]) -> MovingWindowRateLimiter:
    counter = current_app.extensions.get(name) or MovingWindowRateLimiter(storage())
    assert isinstance(counter, MovingWindowRateLimiter)
    current_app.extensions[name] = counter
    return counter


def _shared() -> RedisStorage:
    settings: Settings = current_app.extensions["settings"]
    pool, prefix = connections_to(settings.redis_url), f"{settings.redis_prefix}/failures"
    return RedisStorage("redis://", connection_pool=pool, key_prefix=prefix, wrap_exceptions=True)


def _address() -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, (request.remote_addr or "").encode(), hashlib.sha256).hexdigest()
