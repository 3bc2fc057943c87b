"""How small a group must be to be hidden, as this installation sets it: its figures would tell of persons."""

from __future__ import annotations

_least = 5


def bind(least: int) -> None:
    """Hide every group of fewer than `least` people in this process."""
    global _least
    _least = least


def least_shown() -> int:
    """Give how many people a group must have to be shown."""
    return _least
