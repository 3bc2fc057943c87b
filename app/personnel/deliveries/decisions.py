"""Recording that a decision was delivered; the time to contest it may run from that day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.holidays.queries import load_days
from app.personnel.case_files.models import Purpose
from app.personnel.case_files.services import put_file
from app.personnel.decisions.models import Decision
from app.personnel.decisions.queries import find_decision
from app.personnel.deliveries import rules
from app.personnel.deliveries.models import DecisionDelivery
from app.personnel.deliveries.queries import find_decision_delivery
from app.personnel.deliveries.services import Handover
from app.personnel.discipline.letters import tell_employee
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.rules import law_after
from app.personnel.discipline.services import load_case
from app.platform import audit, clock
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.platform.filecheck.kept import KeptFile
from app.platform.locales import write_date

PERMISSION = "personnel.deliveries.record_decision"


def record_decision_delivery(
    session: Session,
    *,
    case_id: str,
    handover: Handover,
    file: KeptFile | None,
    actor: Actor,
    at: dt.datetime,
) -> DisciplinaryCase:
    """Record the delivery of a decision, once; the employee is told until when it can be contested.

    Conflict before the decision or after another delivery; Invalid for a day before the decision or ahead.
    """
    case = load_case(session, case_id, actor, PERMISSION)
    decision = find_decision(session, case.id)
    rules.check_decided(case.state, find_decision_delivery(session, case.id) is not None)
    if decision is None:
        raise Conflict("This case was not decided, so there is no decision to deliver.")
    day, today = handover.delivered_on, clock.local_date(at, case.agency.time_zone)
    rules.check_decision_day(day, decision.decided_on, today)
    session.add(
        DecisionDelivery(
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
        title = "Proof of delivery of the decision"
        put_file(session, case, purpose=Purpose.DELIVERY, title=title, file=file, actor=actor, at=at)
    session.flush()
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
    )
    tell_employee(session, case, key="decision", lines=_lines(session, case, decision, day), at=at)
    return case


def received_on(session: Session, decision: Decision) -> dt.date:
    """Give the day on which a decision was received; until that is on record, the earliest that it can be."""
    found = find_decision_delivery(session, decision.case_id)
    return found.delivered_on if found is not None else decision.decided_on


def last_remedy_day(session: Session, case: DisciplinaryCase, decision: Decision | None) -> dt.date | None:
    """Give the last day on which a penalty can be contested; None where none was imposed.

    Without a delivery on record it is the earliest day that this can be.
    """
    if decision is None or decision.effective_on is None:
        return None
    law = law_after(case.regime, case.procedure, decision.action)
    holidays = load_days(session, case.agency_id, since=decision.decided_on)
    received = received_on(session, decision)
    return max(way.last_day(received, decision.effective_on, holidays) for way in law.remedies)


def _lines(session: Session, case: DisciplinaryCase, decision: Decision, day: dt.date) -> tuple[str, ...]:
    delivered = f"The decision in case {case.number} was delivered to you on {write_date(day)}."
    last_on = last_remedy_day(session, case, decision)
    if last_on is None:
        return (delivered,)
    return (
        delivered,
        f"You can contest it until the end of {write_date(last_on)}. The letter says where and how.",
    )
