"""Opening a season, choosing in it, reminding, and what comes of choosing nothing."""

from __future__ import annotations

import datetime as dt

import structlog
from sqlalchemy import exc, insert
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.benefit_plans.queries import list_default_plans, list_offers, regime_of
from app.personnel.benefit_plans.rules import year_begins
from app.personnel.benefit_plans.states import Tier
from app.personnel.dependants.models import Dependant
from app.personnel.dependants.queries import list_own as list_dependants
from app.personnel.dependants.rules import may_be_covered
from app.personnel.employees.models import Employee
from app.personnel.enrolments import letters, openings, queries, rules
from app.personnel.enrolments.models import BenefitElection, EnrolmentReminder, EnrolmentWindow
from app.personnel.enrolments.states import Source
from app.personnel.serving import get_own_in_service
from app.platform import audit, clock, db
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

log = structlog.get_logger("meritum.personnel")


def create_window(
    session: Session,
    *,
    agency_id: str,
    values: rules.WindowValues,
    actor: Actor,
    at: dt.datetime,
) -> EnrolmentWindow:
    """Announce an open season; its choices hold from the first pay period or month of the plan year."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.enrolments.create", agency.id)
    plan_year, opens_at, closes_at = values.plan_year, values.opens_at, values.closes_at
    rules.check_window(opens_at, closes_at, plan_year, at)
    effective_from = year_begins(regime_of(session, agency.id), plan_year)
    if effective_from <= clock.local_date(closes_at, agency.time_zone):
        raise Invalid(plan_year="The open season must close before its choices hold")
    for other in queries.list_windows_of(session, agency.id):
        if opens_at < other.closes_at and other.opens_at < closes_at:
            raise Invalid(opens_at=f"It overlaps with the open season for {other.plan_year}")
    window = EnrolmentWindow(
        id=new_id("ewn"),
        agency_id=agency.id,
        plan_year=plan_year,
        opens_at=opens_at,
        closes_at=closes_at,
        effective_from=effective_from,
        created_by=str(actor.id),
        created_at=at,
    )
    session.add(window)
    session.flush()
    _record(session, "create", window.id, agency.id, actor, at, year=plan_year)
    return window


def preview(
    session: Session, *, choice: rules.Choice, account_id: str | None, at: dt.datetime
) -> openings.Preview:
    """Look at a choice of one's own without making it; refused for the same reasons."""
    return _look(session, get_own_in_service(session, account_id), choice, at)


def elect(session: Session, *, choice: rules.Choice, actor: Actor, at: dt.datetime) -> BenefitElection:
    """Choose for oneself: a new version, which another one may follow until the opening closes.

    Conflict when nothing lets the person choose now, with the times; Invalid for a choice that cannot be.
    """
    employee = get_own_in_service(session, actor.id)
    seen = _look(session, employee, choice, at)
    opening = seen.opening
    election = BenefitElection(
        id=new_id("bel"),
        employee_id=employee.id,
        agency_id=employee.agency_id,
        kind=choice.kind,
        version=queries.last_version(session, employee.id, choice.kind) + 1,
        plan_id=choice.plan_id,
        tier=choice.tier,
        effective_from=opening.effective_from,
        source=opening.source,
        window_id=opening.id if opening.source is Source.WINDOW else None,
        event_id=opening.id if opening.source is Source.LIFE_EVENT else None,
        made_by=actor.id,
        made_at=at,
        covered=list(seen.covered),
    )
    session.add(election)
    session.flush()
    _record(
        session,
        "choose",
        election.id,
        employee.agency_id,
        actor,
        at,
        employee=employee.id,
        kind=choice.kind,
        version=election.version,
    )
    return election


def watch(session: Session, *, at: dt.datetime) -> None:
    """Remind in the windows that run, and conclude those that have closed; one that fails stops no other."""
    for window in queries.list_to_watch(session, at):
        if at >= window.closes_at:
            _try_to_conclude(session, window, at)
            continue
        zone = window.agency.time_zone
        days = rules.reminder_due(clock.local_date(window.closes_at, zone), clock.local_date(at, zone))
        if days is not None and not queries.was_reminded(session, window.id, days):
            _remind(session, window, days, at)


def conclude(session: Session, window: EnrolmentWindow, at: dt.datetime) -> int:
    """Enrol in the default plans whoever has nothing of their kind, and count them; done once a window.

    Whoever is enrolled already stays so without a row: silence keeps what one has.
    """
    if window.concluded_at is not None or at < window.closes_at:
        raise Conflict("This open season is not over, or was concluded already.")
    given = 0
    for plan in list_default_plans(session, window.agency_id):
        people = queries.list_without_kind(session, window.agency_id, plan.kind)
        rows = [
            {
                "id": new_id("bel"),
                "employee_id": employee_id,
                "agency_id": window.agency_id,
                "kind": plan.kind,
                "version": 1,
                "plan_id": plan.id,
                "tier": Tier.SELF,
                "effective_from": window.effective_from,
                "source": Source.DEFAULT,
                "made_at": at,
            }
            for employee_id in people
        ]
        if rows:
            session.execute(insert(BenefitElection), rows)
        given += len(rows)
    window.concluded_at = at
    session.flush()
    _record(session, "conclude", window.id, window.agency_id, SYSTEM, at, by_default=given)
    return given


def _try_to_conclude(session: Session, window: EnrolmentWindow, at: dt.datetime) -> None:
    """Conclude a window, or leave it to the next run where somebody chooses at the same moment."""
    window_id = window.id
    try:
        with db.savepoint(session):
            conclude(session, window, at)
    except exc.IntegrityError:
        log.exception("open season not concluded", window=window_id)


def _look(session: Session, employee: Employee, choice: rules.Choice, at: dt.datetime) -> openings.Preview:
    found = openings.list_openings(session, employee, at)
    refusal = "" if found and not choice.opening_id else openings.why_closed(session, employee, at)
    opening = rules.pick(found, choice.opening_id, refusal)
    covered = _covered(session, employee, choice, opening.effective_from)
    offers = list_offers(session, employee.agency_id, choice.kind, opening.effective_from)
    rates = next((offer.rates for offer in offers if offer.plan.id == choice.plan_id), None)
    return openings.Preview(opening, rules.check_choice(choice, rates, len(covered), opening), covered)


def _covered(
    session: Session, employee: Employee, choice: rules.Choice, effective_from: dt.date
) -> tuple[Dependant, ...]:
    own = {row.id: row for row in list_dependants(session, employee.id)}
    chosen = tuple(dict.fromkeys(choice.dependant_ids))
    for dependant_id in chosen:
        row = own.get(dependant_id)
        if row is None or not may_be_covered(row.state, row.ends_on, effective_from):
            raise Invalid(dependants="One of these cannot be covered: the proof is missing, or the age limit")
    return tuple(own[dependant_id] for dependant_id in chosen)


def _remind(session: Session, window: EnrolmentWindow, days: int, at: dt.datetime) -> None:
    people = queries.list_to_remind(session, window)
    silence = regime_of(session, window.agency_id).silence
    for employee_id, name, address in people:
        letters.remind(session, window, employee_id, name, address, silence, days, at)
    session.add(EnrolmentReminder(window_id=window.id, days=days, sent_at=at, told=len(people)))
    session.flush()
    _record(session, "remind", window.id, window.agency_id, SYSTEM, at, days=days, told=len(people))


def _record(
    session: Session,
    act: str,
    subject: str,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"personnel.enrolments.{act}",
        actor=actor,
        at=at,
        subject=subject,
        agency_id=agency_id,
        **details,
    )
