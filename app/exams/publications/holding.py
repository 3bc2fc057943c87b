"""How long letters are held after a list is published, as this installation sets it."""

from __future__ import annotations

import datetime as dt

_hold = dt.timedelta(0)


def bind(minutes: int) -> None:
    """Hold the letters of this process's publications for so many minutes; with 0 they leave at once."""
    global _hold
    _hold = dt.timedelta(minutes=minutes)


def current() -> dt.timedelta:
    """Give for how long letters are held."""
    return _hold
