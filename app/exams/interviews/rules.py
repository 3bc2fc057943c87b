"""When interviews may be, and how times follow one another."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from app.platform.errors import Conflict, Invalid

MOST_AT_ONCE = 100
MOST = 2000


def times(first: dt.datetime, minutes: int, pause: int, count: int) -> list[dt.datetime]:
    """Give the beginnings of interviews one after another, with a pause between them."""
    step = dt.timedelta(minutes=minutes + pause)
    return [first + step * place for place in range(count)]


def check_first(first: dt.datetime, at: dt.datetime) -> None:
    """Refuse times that lie in the past."""
    if first <= at:
        raise Invalid(starts_at="The first interview must lie ahead.")


def check_count(existing: int, added: int) -> None:
    """Refuse more times than a panel can hold."""
    if existing + added > MOST:
        raise Conflict(f"A panel has at most {MOST} times.")


def order(seed: str, scripts: Sequence[str]) -> list[str]:
    """Put candidates in the order in which they get the free times: by lot, so that nobody is favoured."""
    return sorted(scripts, key=lambda own: hashlib.sha256(f"{seed}|time|{own}".encode()).hexdigest())
