"""What a history says of a day agrees with the acts read one after another, whenever they were known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.queries import as_of, list_service_records
from app.personnel.actions.rules import first_day, read_service
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.service_records.services import enter_act, first_service, write_history
from app.platform.ids import new_id
from tests.factories.accounts import make_agency
from tests.factories.personnel import make_employee, make_position

HIRED, BEGAN = dt.date(2016, 2, 29), dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)
SPAN = 4000
EFFECTS = st.fixed_dictionaries(
    {},
    optional={
        "step": st.integers(1, 10),
        "grade": st.sampled_from(["A-05", "A-06"]),
        "weekly_minutes": st.sampled_from([1200, 2400]),
        "standing": st.sampled_from(["in_service", "on_leave_without_pay", "separated"]),
    },
).filter(bool)
ACTS = st.lists(
    st.tuples(st.integers(0, SPAN), EFFECTS, st.booleans(), st.integers(0, SPAN), EFFECTS), max_size=6
)


@dataclass(frozen=True)
class Told:
    """An act as it was told at a moment, and from when on another stands in its place."""

    told_at: dt.datetime
    order: int
    day: dt.date
    effect: dict
    replaced_at: dt.datetime | None = None


def read_one_by_one(acts, on, known_at):
    """Give what holds on a day by the law written as a slow sentence: each act in turn sets its values."""
    held = {}
    heard = [
        act
        for act in acts
        if act.told_at <= known_at and (act.replaced_at is None or act.replaced_at > known_at)
    ]
    for act in sorted(heard, key=lambda act: (first_day(act.day, act.effect), act.order)):
        if first_day(act.day, act.effect) <= on:
            held |= act.effect
    return held or None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, asked=st.lists(st.tuples(st.integers(-30, SPAN + 60), st.integers(0, 40)), min_size=1))
def test_as_of_agrees_with_the_acts_one_by_one(session, acts, asked):
    agency = make_agency(session)
    person, post = make_employee(session, agency=agency), make_position(session, agency=agency)
    begun = first_service(post).effect()
    told = [Told(BEGAN, 0, HIRED, begun)]
    _enter(session, person, ActionKind.APPOINTMENT, HIRED, begun, BEGAN)
    for number, (days, effect, is_corrected, other_days, other) in enumerate(acts, 1):
        at, day = BEGAN + dt.timedelta(days=3 * number), HIRED + dt.timedelta(days=days)
        action = _enter(session, person, ActionKind.PROMOTION, day, effect, at)
        told.append(Told(at, number, day, effect))
        if is_corrected:
            later, other_day = at + dt.timedelta(days=1), HIRED + dt.timedelta(days=other_days)
            _correct(session, action, other_day, other, later)
            told[-1] = replace(told[-1], replaced_at=later)
            told.append(Told(later, number, other_day, other))
    for days, known_days in asked:
        on, known_at = HIRED + dt.timedelta(days=days), BEGAN + dt.timedelta(days=known_days - 1)
        held = as_of(session, person.id, on, known_at)
        assert (read_service(held).effect() if held else None) == read_one_by_one(told, on, known_at)
    rows = list_service_records(session, person.id)[::-1]
    assert [row.valid_to for row in rows] == [*(row.valid_from for row in rows[1:]), None]


def _enter(session, person, kind, day, effect, at):
    return enter_act(
        session,
        employee_id=person.id,
        agency_id=person.agency_id,
        kind=kind,
        effective_on=day,
        effect=effect,
        authority="Rule 1",
        reason="",
        source=None,
        decided_by=None,
        at=at,
    )


def _correct(session, action, day, effect, at):
    action.state = ActionState.CORRECTED
    session.add(
        PersonnelAction(
            id=new_id("act"),
            employee_id=action.employee_id,
            agency_id=action.agency_id,
            kind=ActionKind.CORRECTION,
            state=ActionState.EFFECTED,
            effective_on=day,
            effect=effect,
            authority_code="",
            authority="Rule 1",
            reason="",
            corrects_id=action.id,
            proposed_at=at,
            decided_at=at,
            effected_at=at,
        )
    )
    session.flush()
    write_history(session, action.employee_id, at)
