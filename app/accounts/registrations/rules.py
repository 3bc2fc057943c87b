"""How long a registration waits for its mail address, and its code."""

from __future__ import annotations

import datetime as dt
import secrets

HOLDS = dt.timedelta(hours=24)
# After this long nothing of a registration is kept, used or not.
KEPT = dt.timedelta(days=2)
DIGITS = 8


def new_code() -> str:
    """Make a code that can be read from one device and typed on another."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def grouped(code: str) -> str:
    """Write a code in two halves, so that it can be typed without losing one's place."""
    return f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"


def plain(typed: str) -> str:
    """Give a typed code without the spaces and hyphens that people type."""
    return "".join(character for character in typed if character.isalnum())
