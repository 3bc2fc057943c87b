"""How small a group must be to be hidden, as this installation sets it."""

from __future__ import annotations

_smallest = 5


def bind(least: int) -> None:
    """Hide every group of fewer than `least` people in this process."""
    global _smallest
    _smallest = least


def smallest_group() -> int:
    """Give how many people a group must have to be shown."""
    return _smallest
