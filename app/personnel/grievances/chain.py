"""What several acts share: a step is opened, a grievance ends, an act is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.personnel.grievances import deciding, letters
from app.personnel.grievances.models import Grievance, GrievanceRemedy, GrievanceStep
from app.personnel.grievances.rules import Limit, Procedure, ends_on, procedures
from app.personnel.grievances.states import (
    AgreementKind,
    AgreementState,
    Ending,
    GrievanceState,
    StepState,
    move,
)
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.ids import new_id

Promised = tuple[str, dt.date]


def today_of(grievance: Grievance, at: dt.datetime) -> dt.date:
    """Give the date at the agency."""
    return clock.local_date(at, grievance.agency.time_zone)


def procedure_of(grievance: Grievance) -> Procedure:
    """Give the procedure that the grievance was filed under."""
    return procedures()[grievance.procedure]


def last_day(session: Session, grievance: Grievance, limit: Limit, at: dt.datetime) -> dt.date:
    """Give the last day of a limit that begins today, by the holidays of the agency."""
    today = today_of(grievance, at)
    return ends_on(today, limit, load_days(session, grievance.agency_id, since=today))


def open_step(
    session: Session, grievance: Grievance, level: int, *, appeal: str, at: dt.datetime
) -> GrievanceStep:
    """Open a step: somebody answers it, and its limit begins to run."""
    rule = procedure_of(grievance).step(level)
    choice = deciding.choose(session, grievance, rule, level)
    due_on = last_day(session, grievance, rule.answer_within, at)
    grievance.level, grievance.appeal_due_on = level, None
    step = GrievanceStep(
        id=new_id("grs"),
        level=level,
        decider_id=choice.account_id,
        moved=choice.moved,
        appeal=appeal,
        opened_at=at,
        due_on=due_on,
        state=StepState.OPEN,
        findings="",
        remedy="",
    )
    grievance.state = move(grievance.state, GrievanceState.AT_STEP)
    grievance.steps.append(step)
    expire(grievance, at, {AgreementKind.EXTENSION})
    session.flush()
    letters.tell_decider(session, grievance, step, rule, at)
    return step


def wait_for_grievant(session: Session, grievance: Grievance, within: Limit, at: dt.datetime) -> None:
    """Let the time begin in which the grievant may go on."""
    last = last_day(session, grievance, within, at)
    grievance.state, grievance.appeal_due_on = move(grievance.state, GrievanceState.ANSWERED), last
    session.flush()


def end(
    session: Session,
    grievance: Grievance,
    ending: Ending,
    *,
    note: str,
    promised: Sequence[Promised],
    at: dt.datetime,
) -> None:
    """End the dispute; it is closed once what was promised is done, at once where nothing was."""
    to = GrievanceState.REMEDY if promised else GrievanceState.CLOSED
    grievance.state = move(grievance.state, to)
    grievance.ending, grievance.ending_note, grievance.ended_at = ending, note, at
    grievance.appeal_due_on = None
    grievance.closed_at = None if promised else at
    if grievance.current.state is StepState.OPEN:
        grievance.current.state = StepState.ENDED
    expire(grievance, at, set(AgreementKind))
    for what, due_on in promised:
        grievance.remedies.append(
            GrievanceRemedy(id=new_id("grm"), what=what, due_on=due_on, promised_at=at, done_note="")
        )
    session.flush()


def promised_by(step: GrievanceStep) -> list[Promised]:
    """Give what an answer promised."""
    return [(step.remedy, step.remedy_due_on)] if step.remedy_due_on is not None else []


def expire(grievance: Grievance, at: dt.datetime, kinds: set[AgreementKind]) -> None:
    """Close proposals that nobody can agree to any more."""
    for row in grievance.agreements:
        if row.state is AgreementState.PROPOSED and row.kind in kinds:
            row.state, row.answered_at = AgreementState.REFUSED, at


def record(
    session: Session, act: str, grievance: Grievance, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Write an act into the audit trail; nothing of what the grievance says stands there."""
    audit.record(
        session,
        f"personnel.grievances.{act}",
        actor=actor,
        at=at,
        subject=grievance.id,
        agency_id=grievance.agency_id,
        **details,
    )
