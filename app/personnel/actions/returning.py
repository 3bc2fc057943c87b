"""Bringing people back from details that are over, by the clock."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.actions import planning, queries, rules
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.service_records.services import enter_act
from app.platform import audit, clock
from app.platform.actors import SYSTEM
from app.platform.locales import write_date


def return_from_details(session: Session, *, at: dt.datetime) -> int:
    """Enter the return of each person whose detail is over and was not extended, and count them.

    An extension is a detail of its own, from the day after on, proposed by one and approved by another.
    """
    done = 0
    for detail in queries.list_over_details(session, at.date() + rules.DAY):
        employee = queries.get_employee_to_change(session, detail.employee_id)
        session.refresh(detail, with_for_update={"of": PersonnelAction})
        today = clock.local_date(at, employee.agency.time_zone)
        if detail.ends_on is None or detail.ends_on >= today or detail.state is not ActionState.EFFECTED:
            continue
        back = enter_act(
            session,
            employee_id=employee.id,
            agency_id=employee.agency_id,
            kind=ActionKind.RETURN_TO_DUTY,
            effective_on=detail.ends_on + rules.DAY,
            effect=planning.before_detail(session, detail),
            authority=detail.authority,
            reason=f"The detail ended on {write_date(detail.ends_on)}.",
            source=detail.id,
            decided_by=detail.decided_by,
            at=at,
        )
        audit.record(
            session,
            "personnel.actions.take_effect",
            actor=SYSTEM,
            at=at,
            subject=back.id,
            agency_id=back.agency_id,
            employee=employee.id,
            kind=back.kind,
        )
        done += 1
    return done
