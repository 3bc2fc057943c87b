"""Typed, unguessable ids: a three-letter noun, an underscore, 26 characters that sort by time."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PATTERN = re.compile(r"[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}")

_bits: ContextVar[Callable[[int], int]] = ContextVar("id_bits", default=secrets.randbits)


def new_id(prefix: str) -> str:
    """Make an id: 48 bits of milliseconds, so that indexes grow at one end, and 80 random bits."""
    number = (int(time.time() * 1000) & ((1 << 48) - 1)) << 80 | _bits.get()(80)
    digits = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    return f"{prefix}_{''.join(reversed(digits))}"


def is_id(text: str, prefix: str) -> bool:
    """Tell whether `text` is an id of the named kind."""
    return text.startswith(f"{prefix}_") and PATTERN.fullmatch(text) is not None


@contextmanager
def seeded(bits: Callable[[int], int]) -> Iterator[None]:
    """Take the random part of ids from `bits`, for demonstration data that must come out the same."""
    token = _bits.set(bits)
    try:
        yield
    finally:
        _bits.reset(token)
