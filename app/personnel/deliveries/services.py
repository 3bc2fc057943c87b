"""Recording that a notice was delivered; the days are counted anew from the day on which it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.personnel.case_files.models import Purpose
from app.personnel.case_files.services import put_file
from app.personnel.deliveries import rules
from app.personnel.deliveries.models import Delivery, Way
from app.personnel.discipline.letters import tell_employee
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.rules import Proposal, Schedule, schedule
from app.personnel.discipline.services import load_case
from app.personnel.discipline.states import CaseState, move
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.filecheck.kept import KeptFile
from app.platform.locales import write_date

PERMISSION = "personnel.deliveries.record"


@dataclass(frozen=True, slots=True)
class Handover:
    """How and when a notice came into the employee's hands, who brought it, and what shows that."""

    way: Way
    delivered_on: dt.date
    delivered_by: str
    proof: str


def record_delivery(
    session: Session,
    *,
    case_id: str,
    handover: Handover,
    file: KeptFile | None,
    actor: Actor,
    at: dt.datetime,
) -> DisciplinaryCase:
    """Record the delivery of a notice; the day itself is not counted, the days begin with the next one.

    Conflict before the proposal or after another delivery; Invalid for a day before the proposal or ahead.
    """
    case = load_case(session, case_id, actor, PERMISSION)
    rules.check_state(case.state)
    if case.proposed_at is None:
        raise Conflict("Nothing was proposed yet, so there is no notice to deliver.")
    state, zone = move(case.state, CaseState.DELIVERED), case.agency.time_zone
    day = handover.delivered_on
    rules.check_day(day, clock.local_date(case.proposed_at, zone), clock.local_date(at, zone))
    dates = schedule(Proposal(case.action, case.days, case.notice_days, case.reply_days), day)
    session.add(
        Delivery(
            case_id=case.id,
            way=handover.way,
            delivered_on=day,
            delivered_by=handover.delivered_by.strip(),
            proof=handover.proof.strip(),
            recorded_by=str(actor.id),
            recorded_at=at,
        )
    )
    if file is not None:
        title = "Proof of delivery"
        put_file(session, case, purpose=Purpose.DELIVERY, title=title, file=file, actor=actor, at=at)
    case.state, case.delivered_on = state, day
    case.reply_due_on, case.effective_from_on = dates.reply_due_on, dates.effective_from_on
    session.flush()
    _tell(session, case, handover, dates, actor, at)
    return case


def _tell(
    session: Session,
    case: DisciplinaryCase,
    handover: Handover,
    dates: Schedule,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Record the delivery in the trail, and tell the employee the days that follow from it."""
    day = handover.delivered_on
    audit.record(
        session,
        PERMISSION,
        actor=actor,
        at=at,
        subject=case.id,
        agency_id=case.agency_id,
        number=case.number,
        way=handover.way,
        delivered_on=day,
        reply_due_on=dates.reply_due_on,
        effective_from_on=dates.effective_from_on,
    )
    tell_employee(
        session,
        case,
        key="delivered",
        lines=(
            f"The notice of case {case.number} was delivered to you on {write_date(day)}. That day is not "
            "counted.",
            f"You can answer until the end of {write_date(dates.reply_due_on)}. Nothing can take effect "
            f"before {write_date(dates.effective_from_on)}.",
        ),
        at=at,
    )
