"""The clock of a case: each day that the law sets, where it is laid down, and how it stands today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.regimes import Procedure
from app.personnel.discipline.states import CaseState
from app.platform.calendars import add_days


@dataclass(frozen=True, slots=True)
class Tick:
    """One day of the clock; `law` is empty where the office itself set it."""

    title: str
    on: dt.date
    law: str
    status: str


def ticks(
    case: DisciplinaryCase,
    law: Procedure,
    *,
    decided_on: dt.date | None,
    received_on: dt.date | None,
    last_remedy_on: dt.date | None,
    contested_under: Procedure,
    today: dt.date,
) -> list[Tick]:
    """List the days of a case in the order of time; those of a planned delivery are marked as planned.

    `contested_under` is the procedure whose remedies follow from what was decided; `received_on` the day on
    which the decision was delivered, where that is on record.
    """
    if case.delivered_on is None or case.reply_due_on is None or case.effective_from_on is None:
        return []
    planned = "planned" if case.state is CaseState.PROPOSED else ""
    last_title = "Last day to contest the decision"
    if received_on is None:
        last_title += ", at the earliest: its delivery is not on record yet"
    runs_until = case.effective_from_on if law.is_decided_after_notice else case.reply_due_on
    days: list[tuple[str, dt.date | None, str]] = [
        ("The notice is delivered; this day is not counted", case.delivered_on, ""),
        ("Last day to answer", case.reply_due_on, law.law),
        ("First day for a decision", add_days(runs_until, 1), law.law),
        ("First day on which it may take effect", case.effective_from_on, law.law),
        ("Last day for a decision", _last(case.effective_from_on, law), law.law),
        ("Decided", decided_on, ""),
        ("The decision is delivered; this day is not counted", received_on, ""),
        ("Takes effect", case.effective_on, ""),
        (last_title, last_remedy_on, contested_under.remedies[0].cited),
        ("The file is kept until", case.retained_until, ""),
    ]
    known = [(title, on, cited) for title, on, cited in days if on is not None]
    ordered = sorted(known, key=lambda day: day[1])
    return [Tick(title, on, cited, planned or _status(on, today)) for title, on, cited in ordered]


def days_left(on: dt.date, today: dt.date) -> str:
    """Say how long something runs: its last day counts whole."""
    left = (on - today).days
    if left < 0:
        return "over"
    if left == 0:
        return "ends today"
    return f"{left} day{'' if left == 1 else 's'} left"


def _last(effective_from_on: dt.date, law: Procedure) -> dt.date | None:
    if law.decide_within_days is None:
        return None
    return add_days(effective_from_on, law.decide_within_days)


def _status(on: dt.date, today: dt.date) -> str:
    if on < today:
        return "past"
    return "today" if on == today else f"in {(on - today).days} day{'' if (on - today).days == 1 else 's'}"
