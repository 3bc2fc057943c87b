"""How far the making of a copy has come."""

from __future__ import annotations

import enum


class CopyState(enum.Enum):
    """From the asking until the files are gone again."""

    ASKED = "asked"
    READY = "ready"
    FORGOTTEN = "forgotten"
