"""A person's applications at a glance: state, next step, whose turn it is; narrowed when there are many."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.recruitment.applications import standing
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.following.stages import ended


@dataclass(frozen=True, slots=True)
class Entry:
    """One application; `group` is todo, running or over."""

    application: Application
    status: standing.Status
    is_open: bool
    unread: int
    group: str


def entries(rows: Sequence[Application], unread: Mapping[str, int], at: dt.datetime) -> list[Entry]:
    """Give the entries, those in which the person has to do something first, else as they come."""
    made = []
    for row in rows:
        is_open = standing.is_open(row, at)
        is_draft = row.submission is Submission.DRAFT
        count = unread.get(row.id, 0)
        if count or (is_draft and is_open):
            group = "todo"
        else:
            group = "over" if is_draft or ended(row) else "running"
        made.append(Entry(row, standing.applicant_status(row, at), is_open, count, group))
    order = {"todo": 0, "running": 1, "over": 2}
    return sorted(made, key=lambda entry: order[entry.group])


def narrow(found: Sequence[Entry], group: str, text: str) -> list[Entry]:
    """Keep the entries of a group whose vacancy, agency or number holds the text; "" keeps all."""
    wanted = text.casefold()
    return [
        entry
        for entry in found
        if group in ("", entry.group) and any(wanted in part.casefold() for part in _parts(entry.application))
    ]


def count(found: Sequence[Entry]) -> dict[str, int]:
    """Count the entries of each group."""
    return dict(Counter(entry.group for entry in found))


def _parts(application: Application) -> tuple[str, ...]:
    posting = application.posting
    return posting.title, posting.number, posting.agency.name, application.number or ""
