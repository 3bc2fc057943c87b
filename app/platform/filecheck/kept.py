"""A file in the store, as the rows that name it describe it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptFile:
    """What a service is told of a file that was checked and put into the store; `digest` names it there."""

    filename: str
    media_type: str
    size: int
    digest: str
