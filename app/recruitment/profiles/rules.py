"""Which sections a profile has, and how the entries of its lists are put in and taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


class SavedElsewhere(Conflict):
    """A step was saved from another device or page since this one was opened; `saved` is what stands."""

    def __init__(self, saved: dict[str, Any], saved_at: dt.datetime) -> None:
        super().__init__(
            say(
                "This step was saved somewhere else while you wrote here. Nothing is lost: what you typed is "
                "in the form, what was saved there stands above it. Save again to keep what is in the form."
            )
        )
        self.saved, self.saved_at = saved, saved_at


@dataclass(frozen=True, slots=True)
class Page:
    """The opened page that saves: its own key, and when what it showed had been saved.

    `opened_with` is "" for what had never been saved, None where the page does not say: nothing is compared.
    `turn` grows with each sending of the page; 0 where no script counts them.
    """

    key: str
    opened_with: str | None
    turn: int = 0

    @property
    def stamp(self) -> str:
        """Give what is remembered of the page beside what it saves: its writer."""
        return f"{self.key}.{self.turn}"

    def wrote(self, writer: str | None) -> bool:
        """Tell whether it was this page that wrote what stands."""
        return writer is not None and writer.partition(".")[0] == self.key

    def is_overtaken(self, writer: str | None) -> bool:
        """Tell whether a later sending of the same page has arrived before this one."""
        return self.wrote(writer) and int(str(writer).partition(".")[2] or 0) > self.turn

    def knows(self, writer: str | None, saved_at: str) -> bool:
        """Tell whether the page wrote what stands, or has shown it."""
        return self.opened_with is None or self.wrote(writer) or saved_at == self.opened_with


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


def demand_unchanged(entry: Mapping[str, Any], values: Mapping[str, Any], page: Page | None) -> None:
    """Raise SavedElsewhere when an entry was saved by another page since `page` was opened, differently."""
    if page is None or page.knows(entry.get("writer"), entry.get("saved_at", "")):
        return
    stands = {name: entry.get(name) for name in values}
    if stands != values and entry.get("saved_at"):
        raise SavedElsewhere(stands, dt.datetime.fromisoformat(entry["saved_at"]))


def _place(entries: list[Entry], number: int) -> int:
    for place, entry in enumerate(entries):
        if entry["id"] == number:
            return place
    raise NotFound(say("This entry is not there any more."))
