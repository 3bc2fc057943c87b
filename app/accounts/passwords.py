"""Passwords by argon2id; a semaphore keeps a rush of sign-ins from taking all memory."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

# OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_busy = threading.BoundedSemaphore(4)
_decoy = HASHER.hash("no account has this password")


def hash_password(password: str) -> str:
    """Hash a password with a salt of its own."""
    with _busy:
        return HASHER.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Check a password; without a hash (none, or empty) the same work is done, so that time tells nothing."""
    with _busy:
        try:
            return HASHER.verify(password_hash or _decoy, password) and bool(password_hash)
        except (VerifyMismatchError, InvalidHashError):
            return False
