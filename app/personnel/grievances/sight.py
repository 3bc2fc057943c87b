"""What the pages about one grievance show, on both sides: its clock, its way so far, what may be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.personnel import history
from app.personnel.grievances import chain, queries
from app.personnel.grievances.models import Grievance
from app.personnel.grievances.states import AgreementState, GrievanceState, StepState
from app.web.dates import format_date

SHOW = queries.SHOW
history.TITLES.update(
    {
        "personnel.grievances.accept": "Answer accepted",
        "personnel.grievances.add_file": "Paper added",
        "personnel.grievances.answer": "Answered",
        "personnel.grievances.answer_proposal": "Proposal answered",
        "personnel.grievances.arrange_hearing": "Hearing arranged",
        "personnel.grievances.assign": "Somebody named to answer",
        "personnel.grievances.create": "Filed",
        "personnel.grievances.escalate": "Limit passed without an answer",
        "personnel.grievances.finish_remedy": "Remedy carried out",
        "personnel.grievances.go_on": "Taken further",
        "personnel.grievances.lapse": "Not taken further in time",
        "personnel.grievances.propose": "Agreement proposed",
        "personnel.grievances.record_award": "Award recorded",
        "personnel.grievances.recuse": "Given up by a party",
        "personnel.grievances.represent": "Representative changed",
        "personnel.grievances.withdraw": "Withdrawn",
    }
)


@dataclass(frozen=True, slots=True)
class Clock:
    """The limit that runs: what ends, when, and how many days are left (less than 0 when it has passed)."""

    text: str
    due_on: dt.date
    left: int

    @property
    def words(self) -> str:
        if self.left < 0:
            return f"ended {-self.left} days ago"
        return "ends today" if self.left == 0 else f"{self.left} days left"


def clock_of(grievance: Grievance, today: dt.date) -> Clock | None:
    """Give the limit that runs now, None where none does."""
    if grievance.state is GrievanceState.AT_STEP:
        step = grievance.current
        return Clock("Answer due", step.due_on, (step.due_on - today).days)
    if grievance.appeal_due_on is not None:
        return Clock("Time to go on", grievance.appeal_due_on, (grievance.appeal_due_on - today).days)
    late = [row.due_on for row in grievance.remedies if row.done_on is None]
    if grievance.state is GrievanceState.REMEDY and late:
        return Clock("Remedy due", min(late), (min(late) - today).days)
    return None


def of(session: Session, grievance: Grievance, at: dt.datetime) -> dict[str, Any]:
    """Give what the page of a grievance shows, whoever reads it."""
    events = history.list_history(session, [grievance.id])
    told = [event for event in events if event.action != SHOW]
    procedure = chain.procedure_of(grievance)
    return {
        "grievance": grievance,
        "procedure": procedure,
        "rule": procedure.step(grievance.level),
        "way_on": procedure.way_on(grievance.level),
        "clock": clock_of(grievance, chain.today_of(grievance, at)),
        "zone": grievance.agency.time_zone,
        "timeline": history.timeline(told, grievance.agency.time_zone),
        "waiting": [row for row in grievance.agreements if row.state is AgreementState.PROPOSED],
        "can_extend": grievance.state in (GrievanceState.AT_STEP, GrievanceState.ANSWERED),
        "missed": [step for step in grievance.steps if step.state is StepState.MISSED],
    }


def told(session: Session, employee: Any) -> str:
    """Say in one line how many grievances somebody has open."""
    count = queries.count_open(session, employee.id)
    if not count:
        return "None is open."
    return "1 is open." if count == 1 else f"{count} are open."


def map_lines(rows: Iterable[Grievance], at: dt.datetime) -> dict[str, str]:
    """Say in one line where each grievance of a list stands, their steps and agencies loaded."""
    lines = {}
    for row in rows:
        runs = row.state in (GrievanceState.AT_STEP, GrievanceState.ANSWERED)
        found = clock_of(row, chain.today_of(row, at)) if runs else None
        lines[row.id] = (
            f"{found.text} {format_date(found.due_on)} ({found.words})" if found else row.state.title
        )
    return lines
