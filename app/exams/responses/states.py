"""The states of a response import."""

from __future__ import annotations

import enum


class ImportState(enum.Enum):
    """An import is in force until another file replaces it; then it is kept, superseded."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
