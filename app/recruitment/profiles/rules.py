"""Which sections a profile has, and how the entries of its lists are put in and taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.platform.errors import Conflict, NotFound
from app.platform.sentences import say

SECTIONS = ("person", "contact", "education", "experience", "licences", "languages")
# These hold a list of entries, each on a page of its own.
LISTS = ("education", "experience", "licences", "languages")
MOST_ENTRIES = 30
# The name belongs to the person and is asked for with the contact details of an application.
NAME = "full_name"

Entry = dict[str, Any]


def entries_of(data: Mapping[str, Any]) -> list[Entry]:
    """Give a copy of the entries of a list, in the order in which they were added."""
    return [dict(entry) for entry in data.get("entries", ())]


def put_entry(
    entries: Iterable[Entry], number: int | None, values: Mapping[str, Any], *, is_complete: bool
) -> list[Entry]:
    """Add an entry, or change the one of that number; Conflict when the list is full."""
    changed = list(entries)
    if number is None:
        if len(changed) >= MOST_ENTRIES:
            raise Conflict(
                say("You can add %(count)s entries at most. Remove one first.", count=MOST_ENTRIES)
            )
        number = max((entry["id"] for entry in changed), default=0) + 1
        changed.append({"id": number})
    changed[_place(changed, number)] = {"id": number, "is_complete": is_complete, **values}
    return changed


def drop_entry(entries: Iterable[Entry], number: int) -> list[Entry]:
    """Take out the entry of that number; NotFound when it is not there."""
    changed = list(entries)
    del changed[_place(changed, number)]
    return changed


def get_entry(entries: Iterable[Entry], number: int) -> Entry:
    """Give the entry of that number; NotFound when it is not there."""
    listed = list(entries)
    return listed[_place(listed, number)]


def _place(entries: list[Entry], number: int) -> int:
    for place, entry in enumerate(entries):
        if entry["id"] == number:
            return place
    raise NotFound(say("This entry is not there any more."))
