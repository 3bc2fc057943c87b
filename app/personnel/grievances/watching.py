"""What the clock does to grievances: remind, escalate once when a limit passes, close what lapsed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.grievances import chain, letters, queries, rules
from app.personnel.grievances.models import Grievance
from app.personnel.grievances.rules import Silence
from app.personnel.grievances.states import Ending, GrievanceState, StepState
from app.platform import clock
from app.platform.actors import SYSTEM
from app.web.dates import format_date

# The date at an agency is at most one day ahead of the date in UTC.
A_DAY = dt.timedelta(days=1)


def watch(session: Session, *, at: dt.datetime) -> int:
    """Do what is due at a moment; twice does no more than once. Count the limits that passed."""
    passed = 0
    for grievance_id in queries.list_overdue(session, at.date() + A_DAY):
        grievance = queries.get_for_clock(session, grievance_id)
        passed += _pass(session, grievance, at)
    for step in queries.list_due(session, at.date() + A_DAY * (max(rules.REMIND_DAYS) + 1)):
        left = (step.due_on - clock.local_date(at, step.grievance.agency.time_zone)).days
        due = [days for days in rules.REMIND_DAYS if 0 <= left <= days]
        if due:
            letters.remind(session, step, min(due), at)
    for remedy, grievance in queries.list_late_remedies(session, at.date()):
        full = queries.get_for_clock(session, grievance.id)
        letters.tell_late(session, full, remedy, at)
    return passed


def _pass(session: Session, grievance: Grievance, at: dt.datetime) -> int:
    """Do what follows when the limit that runs has passed at the agency; 0 while it has not."""
    today = chain.today_of(grievance, at)
    if grievance.state is GrievanceState.ANSWERED:
        if grievance.appeal_due_on is None or grievance.appeal_due_on >= today:
            return 0
        return _lapse(session, grievance, at)
    step = grievance.current
    if grievance.state is not GrievanceState.AT_STEP or step.due_on >= today:
        return 0
    procedure = chain.procedure_of(grievance)
    silence = procedure.silence_at(step.level)
    if silence is Silence.STAYS:
        line = (f"Nobody answered {grievance.number} by {format_date(step.due_on)}, and no step is left.",)
        letters.tell_officers(session, grievance, f"{step.id}:overdue", "An answer is overdue", line, at)
        return 0
    step.state = StepState.MISSED
    if silence is Silence.MOVES_ON:
        opened = chain.open_step(session, grievance, step.level + 1, appeal="", at=at)
        told = f"It goes to the next step by itself: {procedure.step(opened.level).title}. The answer there "
        told += f"is due on {format_date(opened.due_on)}."
    else:
        within = procedure.step(step.level).appeal_within
        if within is not None:
            chain.wait_for_grievant(session, grievance, within, at)
        told = f"You may go on until {format_date(grievance.appeal_due_on)}: "
        told += f"{procedure.way_on(step.level)}."
    session.flush()
    chain.record(session, "escalate", grievance, SYSTEM, at, level=step.level, silence=silence.value)
    lines = (f"Nobody answered your grievance by {format_date(step.due_on)}.", told)
    subject = "Your grievance was not answered in time"
    letters.tell_grievant(session, grievance, f"{step.id}:missed", subject, lines, at)
    missed = f"{procedure.step(step.level).title} was not answered in time. {told}"
    letters.tell_officers(session, grievance, f"{step.id}:missed", "A limit has passed", (missed,), at)
    return 1


def _lapse(session: Session, grievance: Grievance, at: dt.datetime) -> int:
    """Close a grievance that was not taken further in time; what the answer promised is done all the same."""
    promised = chain.promised_by(grievance.current)
    chain.end(session, grievance, Ending.LAPSED, note="", promised=promised, at=at)
    chain.record(session, "lapse", grievance, SYSTEM, at, level=grievance.level)
    lines = ("The time to take it further has passed, so the last answer stands.",)
    letters.tell_grievant(session, grievance, f"{grievance.id}:lapsed", "Your grievance is over", lines, at)
    return 1
