"""Passwords, with argon2. Hashing is a tenth of a second of pure computing: in a thread, all else flows on."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent import get_hub

SHORTEST = 10

_argon2 = PasswordHasher()


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return str(get_hub().threadpool.apply(_argon2.hash, (password,)))


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether this is the password.

    Without a stored hash (of nobody, or of somebody who has not chosen one yet) the answer is no, and takes as long.
    """
    found = get_hub().threadpool.apply(_verify, (password, password_hash or _nobody()))
    return bool(found) and bool(password_hash)


def _verify(password: str, password_hash: str) -> bool:
    try:
        return _argon2.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return hash_password("nobody has this password")
