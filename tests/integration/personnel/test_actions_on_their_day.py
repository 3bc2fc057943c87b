"""What was decided is looked at again on its day, and a correction moves the seat only where it says so."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import event, select, update

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.actions import queries, services
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import SEPARATED, Asked, Changes
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.appointments.models import Appointment
from app.personnel.employees.states import EmployeeState
from app.personnel.service_records.services import enter_act
from app.platform.errors import Forbidden
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import end_appointment, make_appointment, make_employee, make_position

HIRED = dt.date(2020, 2, 29)
TODAY = dt.date(2026, 11, 20)
AHEAD = dt.date(2026, 12, 7)
LATER = dt.datetime(2026, 12, 8, 15, 0, tzinfo=dt.UTC)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def account(session, agency):
    return make_account(session, name="Ada Officer", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def officer(account):
    return actor_of(account)


@pytest.fixture
def authority(session, agency):
    return actor_of(make_account(session, roles=[(Role.APPOINTING_AUTHORITY, agency.id)]))


@pytest.fixture
def person(session, agency):
    return make_employee(session, agency=agency, name="Nia Okafor")


@pytest.fixture
def appointment(session, agency, person):
    seat = make_position(session, agency=agency, number="P-1", grade="A-05")
    return make_appointment(session, position=seat, employee=person, starts_on=HIRED)


@pytest.fixture
def propose(session, person, appointment, officer, at):
    def act(position, on=AHEAD):
        asked = Asked(
            kind=ActionKind.PROMOTION, effective_on=on, changes=Changes(position_id=position.id),
            reason="Best on the promotion list.", authority_code="NY-52",
        )  # fmt: skip
        return services.propose_action(session, employee_id=person.id, asked=asked, actor=officer, at=at)

    return act


@pytest.fixture
def approve(session, authority, at):
    def act(action, by=authority):
        return services.decide_action(session, action_id=action.id, approves=True, reason="", actor=by, at=at)

    return act


def higher(session, agency):
    """Make a vacant post of a higher grade."""
    return make_position(session, agency=agency, grade="A-08", pay_min_minor=50_000_00)


def end(session, appointment, officer, at, ended_on=TODAY):
    return end_appointment(
        session, appointment_id=appointment.id, reason="Resigned.", ended_on=ended_on, actor=officer, at=at
    )


def correct_step(session, person, officer, at, of):
    return services.propose_correction(
        session, action_id=of, effective_on=HIRED, changes=Changes(step=3), takes_back=False,
        reason="The letter named step 3.", actor=officer, at=at,
    )  # fmt: skip


def first_act(session, appointment):
    return session.scalar(select(PersonnelAction.id).where(PersonnelAction.source == appointment.id))


def enter(session, person, kind, on, effect, at):
    return enter_act(
        session, employee_id=person.id, agency_id=person.agency_id, kind=kind, effective_on=on, effect=effect,
        authority="Rule 1", reason="", source=None, decided_by=None, at=at,
    )  # fmt: skip


def test_nobody_who_has_left_is_put_into_a_post_by_the_clock(session, agency, person, propose, approve, at):
    better = higher(session, agency)
    action = approve(propose(better))
    enter(session, person, ActionKind.SEPARATION, TODAY, SEPARATED, at)
    assert services.take_effect_of_due(session, at=LATER) == 0
    session.refresh(action)
    assert action.state is ActionState.CANCELLED
    assert action.outcome_reason.startswith("This person is separated on 7 December 2026.")
    assert better.incumbent_id is None


def test_what_was_called_off_a_moment_ago_does_not_take_effect(session, agency, person, propose, approve):
    first = approve(propose(higher(session, agency)))
    other = make_employee(session, agency=agency)
    make_appointment(session, position=make_position(session, agency=agency), employee=other, starts_on=HIRED)
    second = PersonnelAction(
        id="act_zzzzzzzzzzzzzzzzzzzzzzzzzz", employee_id=other.id, agency_id=agency.id,
        kind=ActionKind.CHANGE_OF_HOURS, state=ActionState.APPROVED, effective_on=AHEAD,
        effect={"weekly_minutes": 1200}, authority_code="", authority="Rule 1", reason="",
        proposed_at=first.proposed_at,
    )  # fmt: skip
    session.add(second)
    session.flush()

    @event.listens_for(session, "after_flush", once=True)
    def call_off(opened, _):
        gone = update(PersonnelAction).where(PersonnelAction.id == second.id)
        opened.connection().execute(gone.values(state=ActionState.CANCELLED, outcome_reason="Not needed."))

    assert services.take_effect_of_due(session, at=LATER) == 1
    session.refresh(second)
    assert (first.state, second.state) == (ActionState.EFFECTED, ActionState.CANCELLED)


def test_the_end_of_an_appointment_calls_off_what_was_to_come(
    session, agency, appointment, person, propose, approve, officer, at
):
    approved = approve(propose(higher(session, agency)))
    correction = correct_step(session, person, officer, at, first_act(session, appointment))
    end(session, appointment, officer, at)
    assert (approved.state, approved.outcome_reason) == (ActionState.CANCELLED, "The appointment ended.")
    assert correction.state is ActionState.PROPOSED
    keys = set(session.scalars(select(Job.key).where(Job.key.contains(approved.id))))
    assert keys == {f"mail:action-cancelled:{approved.id}", f"mail:action-called-off:{approved.id}"}


def test_a_correction_on_the_last_day_leaves_the_post_empty(
    session, appointment, person, officer, approve, at
):
    first = first_act(session, appointment)
    end(session, appointment, officer, at)
    approve(correct_step(session, person, officer, at, first))
    assert queries.as_of(session, person.id, TODAY).step == 3
    assert (person.state, person.separated_on) == (EmployeeState.SEPARATED, TODAY)
    assert session.scalar(select(Appointment.ended_on)) == TODAY
    session.refresh(appointment.position)
    assert appointment.position.incumbent_id is None


def test_a_correction_before_the_first_day_leaves_the_seat_as_it_is(
    session, agency, person, appointment, officer, approve, at
):
    first = first_act(session, appointment)
    end(session, appointment, officer, at, dt.date(2026, 11, 2))
    post = make_position(session, agency=agency)
    again = make_appointment(session, position=post, employee=person, starts_on=AHEAD, created_at=at)
    person.state, person.separated_on = EmployeeState.ACTIVE, None
    session.flush()
    approve(correct_step(session, person, officer, at, first))
    session.refresh(again)
    assert (again.ended_on, post.incumbent_id) == (None, person.id)
    assert (person.state, person.separated_on) == (EmployeeState.ACTIVE, None)


def test_a_post_of_another_agency_is_filled_by_its_own_authority(session, agency, propose, approve):
    roads = make_agency(session, name="Roads")
    post = higher(session, roads)
    action = propose(post, on=TODAY)
    with pytest.raises(Forbidden):
        approve(action)
    assert (action.state, post.incumbent_id) == (ActionState.PROPOSED, None)
    both = [(Role.APPOINTING_AUTHORITY, agency.id), (Role.APPOINTING_AUTHORITY, roads.id)]
    approve(action, by=actor_of(make_account(session, roles=both)))
    assert (action.state, post.incumbent_id) == (ActionState.EFFECTED, action.employee_id)


def test_seniority_is_told_as_it_was_known(client, session, appointment, person, account, at):
    path = f"/staff/employees/{person.id}/service?on=2026-11-20"
    enter(session, person, ActionKind.SEPARATION, dt.date(2026, 2, 28), SEPARATED, at)
    sign_in(client, account)
    now, then = (client.get(f"{path}{known}").text for known in ("", "&known=2026-11-19"))
    assert ("6 years, 8 months" in now, "6 years, 8 months" in then) == (False, True)
