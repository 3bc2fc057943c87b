"""Absolute addresses for letters and mail, which have no request to take them from."""

from __future__ import annotations

_base = "http://localhost:8000"


def bind(base: str) -> None:
    """Make `base`, without a slash at its end, the address that this process writes."""
    global _base
    _base = base


def absolute(path: str) -> str:
    """Give the absolute address of a path of ours, which begins with a slash."""
    return f"{_base}{path}"
