"""The last day has passed: service ends, the post is vacant, and the papers are written."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.actions.rules import Changes
from app.personnel.actions.services import carry_out
from app.personnel.actions.states import ActionKind
from app.personnel.benefit_plans.states import BenefitKind
from app.personnel.contributions.services import settle
from app.personnel.employees.states import EmployeeState
from app.personnel.separations import letters, papers, queries, recording, rules
from app.personnel.separations.models import Separation
from app.personnel.separations.states import SeparationKind, SeparationState, move
from app.platform import clock, db
from app.platform.actors import SYSTEM
from app.platform.errors import Conflict, Invalid

Place = tuple[dt.date, str]


def effect_due(session: Session, *, at: dt.datetime) -> int:
    """Put into effect everything that was accepted and whose last day has passed; count them."""
    done, place = effect_batch(session, after=None, at=at)
    while place is not None:
        more, place = effect_batch(session, after=place, at=at)
        done += more
    return done


def effect_batch(session: Session, *, after: Place | None, at: dt.datetime) -> tuple[int, Place | None]:
    """Put a batch into effect; give how many, and after which place the next begins, None at the end.

    One that cannot be put into effect stops no other: the office hears of it once, and it is tried again.
    """
    done = 0
    due = queries.list_to_effect(session, at.date() + dt.timedelta(days=2), after)
    for _, separation_id in due:
        separation = queries.get_for_clock(session, separation_id)
        is_over = separation.last_day < clock.local_date(at, separation.agency.time_zone)
        if is_over and separation.state is SeparationState.ACCEPTED:
            done += _effect_or_tell(session, separation, at)
    return done, due[-1] if due else None


def _effect_or_tell(session: Session, separation: Separation, at: dt.datetime) -> bool:
    try:
        with db.savepoint(session):
            effect(session, separation, at)
    except (Conflict, Invalid) as error:
        letters.tell_stuck(session, queries.get_for_clock(session, separation.id), str(error), at)
        return False
    return True


def effect(session: Session, separation: Separation, at: dt.datetime) -> None:
    """End the service: the post becomes vacant, and the certificate of service is written.

    Contributions posted for pay periods after the last day are taken out again; leave follows by itself, as
    it does whatever ends a service. The statement of what leave is left goes to payroll with the papers.
    """
    state = move(separation.state, SeparationState.EFFECTED)
    regime = queries.regime_of(session, separation.agency_id)
    if separation.employee.state is EmployeeState.ACTIVE:
        code, authority = rules.authority_of(separation.kind, regime)
        carry_out(
            session,
            employee_id=separation.employee_id,
            kind=ActionKind.SEPARATION,
            effective_on=separation.last_day,
            changes=Changes(),
            authority_code=code,
            authority=authority,
            reason=f"{separation.kind.title}. {separation.reason}"[:1000].strip(),
            source=separation.id,
            approved_by=separation.decided_by,
            actor=SYSTEM,
            at=at,
        )
    separation.state, separation.effected_at = state, at
    session.flush()
    after = separation.last_day + dt.timedelta(days=1)
    for kind in BenefitKind:
        settle(session, separation.employee, kind, after, "Service has ended", at)
    recording.record(session, "effect", separation, SYSTEM, at, last_day=separation.last_day)
    if separation.kind is not SeparationKind.DEATH:
        letters.promise_certificate(session, separation, at)
        papers.promise_statement(session, separation, at)
