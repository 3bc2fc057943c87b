"""Changing cycles: the rule of an agency, making, starting and closing a period, and reminding in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.awards import regimes as award_regimes
from app.personnel.performance import letters, queries, regimes, rules
from app.personnel.performance.models import PerformanceCycle, PerformancePlan, PerformanceRegime
from app.personnel.performance.rules import CycleValues
from app.personnel.performance.states import IN_FORCE, CycleState, PlanState, move_cycle
from app.personnel.within_grade import regimes as increase_regimes
from app.platform import audit, clock
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

SUBJECTS: dict[str, Callable[[], Mapping[str, object]]] = {
    regimes.SUBJECT: regimes.load,
    increase_regimes.SUBJECT: increase_regimes.load,
    award_regimes.SUBJECT: award_regimes.load,
}
NEVER_ISSUED = "The cycle was closed before this plan was issued."


def set_regimes(
    session: Session, *, agency_id: str, names: dict[str, str], actor: Actor, at: dt.datetime
) -> None:
    """Say under which rules an agency rates, raises and rewards; what began keeps its rule."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.performance.set_regimes", agency.id)
    for subject, name in names.items():
        if name not in SUBJECTS[subject]():
            raise Invalid(**{subject: "Select a rule."})
        row = session.get(PerformanceRegime, (agency.id, subject))
        if row is None:
            row = PerformanceRegime(agency_id=agency.id, subject=subject)
            session.add(row)
        row.name, row.set_by, row.set_at = name, str(actor.id), at
    session.flush()
    audit.record(
        session,
        "personnel.performance.set_regimes",
        actor=actor,
        at=at,
        subject=agency.id,
        agency_id=agency.id,
        rules=names,
    )


def create_cycle(
    session: Session, *, agency_id: str, values: CycleValues, actor: Actor, at: dt.datetime
) -> PerformanceCycle:
    """Make a cycle under the agency's rule, from which its days follow."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.performance.create_cycle", agency.id)
    regime = regimes.find(queries.find_regime(session, agency.id, regimes.SUBJECT))
    plans_due_on, ratings_due_on = rules.check_cycle(values, regime.plan)
    cycle = PerformanceCycle(
        id=new_id("pcy"),
        agency_id=agency.id,
        title=values.title,
        starts_on=values.starts_on,
        ends_on=values.ends_on,
        plans_due_on=plans_due_on,
        progress_due_on=values.progress_due_on,
        ratings_due_on=ratings_due_on,
        regime=regime.name,
        state=CycleState.DRAFT,
        created_by=str(actor.id),
        created_at=at,
    )
    session.add(cycle)
    session.flush()
    record(session, "create_cycle", cycle, actor, at, rule=regime.name)
    return cycle


def start_cycle(session: Session, *, cycle_id: str, actor: Actor, at: dt.datetime) -> int:
    """Start a cycle, or take in who came since: make a plan to write for everybody in service; count them."""
    cycle = queries.get_cycle(session, cycle_id, actor, lock=True)
    actor.demand("personnel.performance.start", cycle.agency_id)
    if cycle.state is not CycleState.RUNNING:
        cycle.state = move_cycle(cycle.state, CycleState.RUNNING)
    rows = queries.load_without_plan(session, cycle)
    if rows:
        session.execute(
            insert(PerformancePlan),
            [
                {
                    "id": new_id("ppl"),
                    "cycle_id": cycle.id,
                    "employee_id": employee_id,
                    "agency_id": cycle.agency_id,
                    "person": name,
                    "supervisor_id": supervisor_id,
                    "position_title": title,
                    "unit": unit,
                    "state": PlanState.DRAFT,
                }
                for employee_id, name, title, unit, supervisor_id in rows
            ],
        )
    session.flush()
    record(session, "start", cycle, actor, at, plans=len(rows))
    return len(rows)


def close_cycle(session: Session, *, cycle_id: str, actor: Actor, at: dt.datetime) -> PerformanceCycle:
    """Close a cycle when every plan that was issued is rated; plans never issued become void."""
    cycle = queries.get_cycle(session, cycle_id, actor, lock=True)
    actor.demand("personnel.performance.close", cycle.agency_id)
    counted = queries.count_states(session, [cycle.id]).get(cycle.id, {})
    waiting = sum(counted.get(state, 0) for state in IN_FORCE)
    if waiting:
        raise Conflict(f"{waiting} plans are not rated yet. Rate them, or void them with a reason.")
    cycle.state, cycle.closed_at = move_cycle(cycle.state, CycleState.CLOSED), at
    session.execute(
        update(PerformancePlan)
        .where(PerformancePlan.cycle_id == cycle.id, PerformancePlan.state == PlanState.DRAFT)
        .values(state=PlanState.VOID, void_reason=NEVER_ISSUED)
    )
    session.flush()
    record(session, "close", cycle, actor, at, void=counted.get(PlanState.DRAFT, 0))
    return cycle


def remind(session: Session, *, at: dt.datetime) -> int:
    """Mail supervisors about each step of a running cycle that nears its day, and count the mails."""
    sent = 0
    for cycle in queries.list_running(session):
        today = clock.local_date(at, cycle.agency.time_zone)
        for step, due_on, states in (
            ("plans", cycle.plans_due_on, (PlanState.DRAFT,)),
            ("progress", cycle.progress_due_on, tuple(IN_FORCE)),
            ("ratings", cycle.ratings_due_on, tuple(IN_FORCE)),
        ):
            left = rules.reminder_due(due_on, today)
            if left is None:
                continue
            waiting = queries.load_open_work(session, cycle.id, states, without_progress=step == "progress")
            for account, count in waiting:
                letters.remind(session, cycle, step, due_on, left, account, count, at)
                sent += 1
    if sent:
        audit.record(
            session, "personnel.performance.remind", actor=SYSTEM, at=at, subject="cycles", mails=sent
        )
    return sent


def record(
    session: Session, act: str, cycle: PerformanceCycle, actor: Actor, at: dt.datetime, **details: object
) -> None:
    """Record an act on a cycle in the trail."""
    audit.record(
        session,
        f"personnel.performance.{act}",
        actor=actor,
        at=at,
        subject=cycle.id,
        agency_id=cycle.agency_id,
        **details,
    )
