"""Counts what goes wrong, never what goes right. A whole room shares one network address, so the limits are generous.

The counts are kept in memory only, under a keyed hash of the address.
"""

import hashlib
import hmac

from flask import current_app, request
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


def too_many(limit: RateLimitItem, *of_what: str) -> bool:
    """Whether this network address has failed too often at this lately."""
    return not _counter().test(limit, *of_what, _address())


def count_failure(limit: RateLimitItem, *of_what: str) -> None:
    _counter().hit(limit, *of_what, _address())


def _counter() -> MovingWindowRateLimiter:
    counter = current_app.extensions.setdefault("failures", MovingWindowRateLimiter(MemoryStorage()))
    assert isinstance(counter, MovingWindowRateLimiter)
    return counter


def _address() -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, (request.remote_addr or "").encode(), hashlib.sha256).hexdigest()
