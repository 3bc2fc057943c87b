"""What must stand before an action is proposed, and the notice that is then promised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.notices.models import Notice
from app.personnel import letters
from app.personnel.allegations.queries import list_ever_named
from app.personnel.case_files.models import Purpose
from app.personnel.case_files.queries import list_files
from app.personnel.discipline import queries, rules
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.states import DutyStatus
from app.personnel.employees.models import Employee
from app.personnel.improvement.queries import find_failed_opportunity
from app.personnel.penalty_factors.models import Stage
from app.personnel.penalty_factors.queries import map_answers
from app.personnel.penalty_factors.rules import demand_all
from app.platform import clock
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid


def demand_ready(
    session: Session, case: DisciplinaryCase, duty_status: DutyStatus, actor: Actor, at: dt.datetime
) -> None:
    """Refuse a proposal that lacks what its procedure asks for."""
    law = rules.procedure_of(case.regime, case.procedure)
    rules.check_charges(len(case.charges))
    investigators = list_ever_named(session, case.allegation_id)
    check_official(
        session,
        case.deciding_official_id,
        case.employee,
        opener=case.opened_by,
        proposer=actor.id,
        investigators=investigators,
    )
    rules.check_investigator(actor.id, investigators)
    rules.check_duty_status(law, duty_status)
    rules.check_proposal(law, rules.Proposal(case.action, case.days, case.notice_days, case.reply_days))
    if law.needs_failed_period:
        today = clock.local_date(at, case.agency.time_zone)
        found = find_failed_opportunity(session, case.employee_id, today)
        rules.check_failed_period(law, found is not None)
    if law.needs_factors:
        demand_all(map_answers(session, case.id, Stage.PROPOSAL).keys(), "Nothing is proposed")


def promise_notice(
    session: Session,
    case: DisciplinaryCase,
    dates: rules.Schedule,
    duty_status: DutyStatus,
    actor: Actor,
    at: dt.datetime,
) -> Notice:
    position = queries.find_position(session, case.employee_id)
    if position is None:
        raise Conflict("This person holds no position now, so no action can be proposed.")
    files = [file.title for file in list_files(session, case.id, Purpose.EVIDENCE)]
    return notices.promise(
        session,
        template="proposed_action",
        subject=case.id,
        agency_id=case.agency_id,
        account_id=case.employee.account_id,
        name=case.employee.name,
        email=case.employee.email,
        letter=letters.proposed_action(case, position, dates, duty_status, files, actor),
        actor=actor,
        at=at,
        key=f"proposed_action:{case.id}",
    )


def check_official(
    session: Session,
    official: str,
    employee: Employee,
    *,
    opener: str | None,
    proposer: str | None = None,
    investigators: Collection[str] = (),
) -> None:
    """Raise Invalid unless the holder of an account may decide a case about this employee."""
    if official not in {account_id for account_id, _ in queries.list_officials(session, employee.agency_id)}:
        raise Invalid(deciding_official_id="Select a deciding official from the list")
    if official in investigators:
        raise Invalid(
            deciding_official_id="Who was named to investigate what the case rests on cannot decide it"
        )
    rules.check_deciding_official(official, opener=opener, proposer=proposer, subject=employee.account_id)
