"""Awards: proposed within their limits, decided by another, told to the person."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.queries import as_of
from app.personnel.actions.rules import Changes
from app.personnel.actions.services import carry_out, take_effect_of_due
from app.personnel.actions.states import ActionKind
from app.personnel.awards import services
from app.personnel.awards.rules import Nomination
from app.personnel.awards.states import AwardKind, AwardState
from app.personnel.employees.models import Employee
from app.personnel.service_records.models import ServiceRecord
from app.personnel.within_grade import queries as increases
from app.personnel.within_grade.rules import next_increase
from app.platform.errors import Conflict, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.performance import make_award, make_plan, make_rating


@pytest.fixture
def propose(session, line, actor, at):
    def act(kind=AwardKind.SPECIAL_ACT, amount=500_00, hours=None, by="supervisor", employee=None):
        return services.nominate(
            session,
            employee_id=(employee or line.employee).id,
            asked=Nomination(kind, amount, hours, "The index, two months early."),
            actor=actor(by),
            at=at,
        )

    return act


def decide(session, award, actor, at, by="authority", is_approved=True, reason=""):
    return services.decide(
        session, award_id=award.id, is_approved=is_approved, reason=reason, actor=actor(by), at=at
    )


def test_one_proposes_and_another_decides(session, propose, actor, at):
    award = propose(by="officer")
    assert (award.amount_minor, award.currency, award.state) == (500_00, "USD", AwardState.NOMINATED)
    with pytest.raises(Conflict, match="another person"):
        decide(session, award, actor, at, by="officer")
    with pytest.raises(Invalid):
        decide(session, award, actor, at, is_approved=False)
    decide(session, award, actor, at)
    assert award.state is AwardState.APPROVED
    with pytest.raises(Conflict):
        decide(session, award, actor, at, is_approved=False, reason="No money.")


def test_a_share_of_pay_needs_the_rating_of_record(session, line, propose):
    with pytest.raises(Conflict, match="level 3"):
        propose(AwardKind.PERFORMANCE, 100_00)
    make_rating(session, plan=make_plan(session, employee=line.employee), level=4)
    with pytest.raises(Invalid) as refused:
        propose(AwardKind.PERFORMANCE, 4_500_01)
    assert set(refused.value.fields) == {"amount_minor"}
    assert propose(AwardKind.PERFORMANCE, 4_500_00).amount_minor == 4_500_00


def test_hours_off_add_up_over_a_year(propose):
    assert propose(AwardKind.TIME_OFF, None, 40).hours == 40
    assert propose(AwardKind.TIME_OFF, None, 40).hours == 40
    with pytest.raises(Invalid) as refused:
        propose(AwardKind.TIME_OFF, None, 1)
    assert "0 are left" in refused.value.fields["hours"]


@pytest.fixture
def outstanding(session, line):
    make_rating(session, plan=make_plan(session, employee=line.employee), level=5)


def test_a_quality_step_is_entered_as_an_action_and_keeps_the_waiting_period(
    session, line, propose, outstanding, actor, at
):
    before = as_of(session, line.employee.id, at.date())
    award = propose(AwardKind.QUALITY_STEP, None)
    assert (award.grade, award.to_step, award.effective_on) == (before.grade, before.step + 1, None)
    with pytest.raises(Conflict, match="waits for its decision"):
        propose(AwardKind.QUALITY_STEP, None)
    with pytest.raises(Conflict, match="another person"):
        decide(session, propose(AwardKind.HONOR, None, by="officer"), actor, at, by="officer")
    decide(session, award, actor, at)
    assert award.effective_on == dt.date(2026, 11, 29)  # the first pay period from 20 November on
    take_effect_of_due(session, at=at + dt.timedelta(days=10))
    found = as_of(session, line.employee.id, award.effective_on)
    assert (found.step, found.grade) == (before.step + 1, before.grade)
    acts = session.scalars(select(PersonnelAction).where(PersonnelAction.source == award.id)).all()
    assert [(one.kind, one.authority_code) for one in acts] == [
        (ActionKind.QUALITY_STEP_INCREASE, "USC-5336")
    ]
    service = increases.load_service(session, Employee.id == line.employee.id, dt.date(2026, 12, 1))
    regime = increases.regime_of(session, line.employee.agency_id)
    due = next_increase(regime, service[line.employee.id], dt.date(2026, 12, 1))
    assert (due.from_step, due.waiting_from) == (before.step + 1, before.valid_from)


def test_a_quality_step_needs_the_highest_level(session, line, propose):
    make_rating(session, plan=make_plan(session, employee=line.employee), level=4)
    with pytest.raises(Conflict, match="level 5"):
        propose(AwardKind.QUALITY_STEP, None)


def test_one_quality_step_in_52_weeks(session, line, propose, outstanding, actor, at):
    decide(session, propose(AwardKind.QUALITY_STEP, None), actor, at)
    take_effect_of_due(session, at=at + dt.timedelta(days=10))
    with pytest.raises(Conflict, match="28 November 2027"):
        propose(AwardKind.QUALITY_STEP, None)


def test_a_step_that_changed_meanwhile_is_not_raised(session, line, propose, outstanding, actor, at):
    award = propose(AwardKind.QUALITY_STEP, None)
    carry_out(
        session,
        employee_id=line.employee.id,
        kind=ActionKind.WITHIN_GRADE_INCREASE,
        effective_on=at.date(),
        changes=Changes(step=award.to_step),
        authority_code="",
        authority="Rule",
        reason="Due.",
        source=None,
        approved_by=actor("authority").id,
        actor=actor("officer"),
        at=at,
    )
    with pytest.raises(Conflict, match="has changed since"):
        decide(session, award, actor, at)
    decide(session, award, actor, at, is_approved=False, reason="The step came by itself.")
    assert award.state is AwardState.REFUSED


def test_there_is_no_step_over_the_last(session, line, propose, outstanding):
    for record in session.scalars(select(ServiceRecord).where(ServiceRecord.employee_id == line.employee.id)):
        record.step = 10
    session.flush()
    with pytest.raises(Conflict, match="last one"):
        propose(AwardKind.QUALITY_STEP, None)


def test_the_page_says_whether_a_quality_step_is_possible(client, session, line, people):
    sign_in(client, people["supervisor"])
    new = f"/my/team/{line.employee.id}/award"
    assert "needs a rating of record of level 5" in client.get(new).text
    assert client.post(new, data={"kind": "quality_step", "reason": "Yes."}).status_code == 422
    make_rating(session, plan=make_plan(session, employee=line.employee), level=5)
    assert "would count from" in client.get(new).text
    assert client.post(new, data={"kind": "quality_step", "reason": "Yes."}).status_code == 303


@pytest.mark.parametrize("name", ["employee", "stranger", "auditor"])
def test_nobody_else_proposes(propose, name):
    with pytest.raises(NotFound):
        propose(by=name)


def test_its_pages(client, session, line, people):
    sign_in(client, people["supervisor"])
    new = f"/my/team/{line.employee.id}/award"
    assert client.get(new).status_code == 200
    wrong = client.post(new, data={"kind": "special_act", "amount_minor": "999999", "reason": "Yes."})
    assert (wrong.status_code, "At most $10,000.00" in wrong.text) == (422, True)
    assert client.post(new, data={"kind": "odd", "reason": "Yes."}).status_code == 422
    assert client.post(new, data={"kind": "honor", "reason": "Yes."}).status_code == 303
    assert client.get(f"/my/team/{line.supervisor.id}/award").status_code == 404
    award = make_award(session, employee=line.employee)
    sign_in(client, people["officer"])
    assert client.get("/staff/awards?state=nominated").status_code == 200
    assert client.get(f"/staff/awards/{award.id}").status_code == 200
    assert client.post(f"/staff/awards/{award.id}/decide", data={"verdict": "refuse"}).status_code == 422
    assert client.post(f"/staff/awards/{award.id}/decide", data={"verdict": "approve"}).status_code == 303
    sign_in(client, people["employee"])
    assert "$500.00" in client.get("/my/awards").text
    sign_in(client, people["stranger"])
    assert client.get(f"/staff/awards/{award.id}").status_code == 404
