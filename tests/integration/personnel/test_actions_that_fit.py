"""An action fits its kind, its law, its pay scale and whatever else is granted to the same person."""

from __future__ import annotations

import datetime as dt

import pytest

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.actions import returning, services, sights
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.queries import as_of
from app.personnel.actions.rules import Asked, Changes
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests import services as leave
from app.personnel.leave_requests.services import Wish
from app.personnel.pay_scales.rules import Rate
from app.personnel.pay_scales.services import NewScale, approve_version, create_scale, draft_version
from app.personnel.positions.models import Position
from app.personnel.positions.states import PayPeriod
from app.platform.errors import Conflict, Invalid
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.leave import make_entry, make_regime
from tests.factories.personnel import make_appointment, make_employee, make_position

TODAY = dt.date(2026, 11, 20)
RIF = "CFR-351.603"


@pytest.fixture
def agency(session):
    return make_agency(session, name="Works Commission")


@pytest.fixture
def account(session, agency):
    return make_account(session, roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def officer(account):
    return actor_of(account)


@pytest.fixture
def authority(session, agency):
    return actor_of(make_account(session, roles=[(Role.APPOINTING_AUTHORITY, agency.id)]))


@pytest.fixture
def seat(session, agency):
    return make_position(
        session, agency=agency, number="P-8", grade="S-08", pay_min_minor=50_000_00, pay_max_minor=70_000_00
    )


@pytest.fixture
def person(session, agency, seat):
    person = make_employee(session, agency=agency, name="Leo Bright")
    make_appointment(session, position=seat, employee=person)
    return person


@pytest.fixture
def propose(session, person, officer, at):
    def act(kind, code, *, ends_on=None, on=TODAY, papers=(), **changes):
        asked = Asked(
            kind=kind, effective_on=on, changes=Changes(**changes), reason="As agreed.", ends_on=ends_on,
            authority_code=code,
        )  # fmt: skip
        return services.propose_action(
            session, employee_id=person.id, asked=asked, documents=papers, actor=officer, at=at
        )

    return act


@pytest.fixture
def decide(session, authority, at):
    def act(action):
        return services.decide_action(
            session, action_id=action.id, approves=True, reason="", actor=authority, at=at
        )

    return act


@pytest.fixture
def scale(session, agency, officer, at):
    """Pay grades S-02 and S-08 to S-10 by a scale: three steps, 1,000 apart, 10,000 from grade to grade."""
    made = create_scale(
        session,
        values=NewScale(agency.id, "S", "Scale", "USD", PayPeriod.YEAR),
        actor=officer,
        at=at,
    )
    rates = [
        Rate(f"S-{grade:02}", step, (40_000 + (grade - 7) * 10_000 + step * 1000) * 100)
        for grade in (4, 8, 9, 10)
        for step in (1, 2, 3)
    ]
    draft = draft_version(
        session, scale_id=made.id, effective_on=dt.date(2026, 1, 1), authority="Board", rates=rates,
        actor=officer, at=at,
    )  # fmt: skip
    second = actor_of(make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))
    approve_version(session, version_id=draft.id, actor=second, at=at)


def post(session, agency, grade, least, most):
    return make_position(
        session, agency=agency, grade=grade, pay_min_minor=least * 100, pay_max_minor=most * 100
    ).id


def faults(act, *args, **values):
    with pytest.raises(Invalid) as caught:
        act(*args, **values)
    return caught.value.fields


@pytest.mark.parametrize(
    ("code", "law"),
    [
        ("USC-7513", "5 U.S.C. 7513"),
        ("USC-4303", "5 U.S.C. 4303"),
        ("NY-75", "New York Civil Service Law, section 75"),
    ],
)
def test_an_adverse_action_comes_out_of_a_decided_case_alone(propose, code, law):
    found = faults(propose, ActionKind.REDUCTION, code, grade="S-02")
    assert found == {
        "authority_code": f"A reduction under {law} is carried out from a decided case alone. Open a "
        "disciplinary case"
    }


def test_the_form_of_a_reduction_leads_to_a_case(client, person, account):
    sign_in(client, account)
    page = client.get(f"/staff/employees/{person.id}/actions/new/reduction").text
    assert f'href="/staff/employees/{person.id}/cases/new"' in page
    assert 'value="USC-7513"' not in page
    assert 'value="CFR-351.603"' in page
    assert client.get(f"/staff/employees/{person.id}/actions/new/within_grade_increase").status_code == 404


def test_a_reduction_that_somebody_asks_for_needs_the_request(session, agency, propose):
    lower = post(session, agency, "S-04", 40_000, 60_000)
    assert faults(propose, ActionKind.REDUCTION, "CFR-752.401", position_id=lower) == {
        "file": "Attach what the employee signed (5 CFR 335.102, 432.102(b)(11) and 752.401(b))"
    }


def test_a_promotion_leads_up_and_a_reduction_down_and_a_transfer_neither(session, agency, propose):
    up, down = (
        post(session, agency, grade, least, 90_000) for grade, least in (("S-10", 60_000), ("S-04", 30_000))
    )
    assert faults(propose, ActionKind.PROMOTION, "NY-52", position_id=down) == {
        "position": "A promotion leads to a grade higher than S-08. A lower grade is a reduction"
    }
    assert faults(propose, ActionKind.REDUCTION, RIF, position_id=up) == {
        "position": "A reduction leads to a grade lower than S-08. A higher grade is a promotion"
    }
    assert faults(propose, ActionKind.TRANSFER, "NY-70", position_id=up) == {
        "position": "A transfer keeps the grade, S-08. A higher grade is a promotion"
    }
    assert faults(propose, ActionKind.REDUCTION, RIF, position_id=down, pay_minor=50_001_00) == {
        "pay_minor": "A reduction never pays more than is paid now"
    }
    assert propose(ActionKind.REDUCTION, RIF, position_id=down).effect["pay_minor"] == 50_000_00


def test_where_no_scale_is_pay_lies_in_the_range_of_the_post(session, agency, propose):
    up = post(session, agency, "S-10", 60_000, 90_000)
    assert faults(propose, ActionKind.PROMOTION, "NY-52", position_id=up, pay_minor=99_00) | faults(
        propose, ActionKind.REDUCTION, RIF, grade="S-02"
    ) == {
        "pay_minor": f"Position {session.get_one(Position, up).number} pays from $60,000.00 to $90,000.00",
        "grade": "No pay scale names grade S-02 on 20 November 2026. Choose a position of that grade",
    }


def test_pay_follows_from_the_scale(session, agency, propose, scale):
    up = post(session, agency, "S-10", 60_000, 90_000)
    assert faults(propose, ActionKind.PROMOTION, "NY-52", position_id=up, step=2, pay_minor=99_00) == {
        "pay_minor": "Grade S-10, step 2 pays $72,000.00 by the pay scale"
    }
    assert faults(propose, ActionKind.PROMOTION, "NY-52", position_id=up, step=10) == {
        "step": "Grade S-10 ends with step 3"
    }
    effect = propose(ActionKind.PROMOTION, "NY-52", position_id=up).effect
    assert (effect["step"], effect["pay_minor"]) == (1, 71_000_00)


def test_two_times_away_do_not_overlap(propose, decide):
    leave = {"on": dt.date(2026, 12, 10), "ends_on": dt.date(2026, 12, 20)}
    first = propose(ActionKind.LEAVE_WITHOUT_PAY, "NYCRR-5.2", **leave)
    told = (
        "These days fall into leave without pay from 10 December 2026 to 20 December 2026 ({}). Choose other "
        "days"
    )
    later = {"on": dt.date(2026, 12, 15), "ends_on": dt.date(2026, 12, 25)}
    assert faults(propose, ActionKind.LEAVE_WITHOUT_PAY, "NYCRR-5.2", **later) == {
        "effective_on": told.format("waits for approval")
    }
    decide(first)
    assert faults(propose, ActionKind.DETAIL, "USC-3341", duty_station="Dam Road", **later) == {
        "effective_on": told.format("approved, not yet in effect")
    }
    free = {"on": dt.date(2026, 12, 21), "ends_on": dt.date(2026, 12, 25)}
    assert (
        propose(ActionKind.DETAIL, "USC-3341", duty_station="Dam Road", **free).state is ActionState.PROPOSED
    )


def test_what_overlaps_is_looked_at_again_when_it_is_decided(session, person, propose, decide, at):
    first = propose(
        ActionKind.LEAVE_WITHOUT_PAY, "NYCRR-5.2", on=dt.date(2026, 12, 10), ends_on=dt.date(2026, 12, 20)
    )
    values = {name: getattr(first, name) for name in (
        "employee_id", "agency_id", "kind", "state", "effect", "authority_code", "authority", "reason",
        "proposed_by", "proposed_at",
    )}  # fmt: skip
    other = PersonnelAction(
        id="act_01m82mtx3krh22nsgktwdh7bw9", effective_on=dt.date(2026, 12, 15),
        ends_on=dt.date(2026, 12, 25), **values,
    )  # fmt: skip
    session.add(other)
    session.flush()
    assert "from 10 December 2026 to 20 December 2026" in faults(decide, other)["effective_on"]


def test_a_kind_that_follows_from_another_act_is_not_proposed(propose):
    with pytest.raises(Conflict) as caught:
        propose(ActionKind.WITHIN_GRADE_INCREASE, "USC-5335", step=2)
    assert caught.value.message == (
        "A within-grade increase is not proposed here. It follows from the act that it belongs to."
    )


def test_days_ahead_and_back_are_bounded(propose):
    hours = {"weekly_minutes": 1200}
    assert faults(propose, ActionKind.CHANGE_OF_HOURS, "CFR-340.202", on=dt.date(2090, 1, 1), **hours) == {
        "effective_on": "The latest day is 21 November 2027, a year from today"
    }
    assert faults(propose, ActionKind.CHANGE_OF_HOURS, "CFR-340.202", on=dt.date(2026, 9, 20), **hours) == {
        "effective_on": "The earliest day is 21 September 2026. What was wrong before is put right by a "
        "correction of the action that was wrong"
    }
    assert faults(propose, ActionKind.CHANGE_OF_HOURS, "CFR-340.202", on=dt.date(2026, 11, 19), **hours) == {
        "late_reason": "Enter why it is entered after its day"
    }


def test_leave_and_leave_without_pay_do_not_take_the_same_days(session, agency, person, propose, at):
    make_regime(session, agency, kept_from=dt.date(2026, 11, 1), first_period_on=dt.date(2026, 11, 1))
    account = make_account(session)
    person.account_id = account.id
    session.flush()

    def ask(day):
        return leave.ask(session, wish=Wish(LeaveKind.SICK, day, day), actor=actor_of(account), at=at)

    make_entry(session, person, 24 * 60, kind=LeaveKind.SICK, effective_on=dt.date(2026, 10, 31))
    asked = {"on": dt.date(2026, 12, 10), "ends_on": dt.date(2026, 12, 22)}
    ask(dt.date(2026, 12, 21))
    assert faults(propose, ActionKind.LEAVE_WITHOUT_PAY, "NYCRR-5.2", **asked) == {
        "effective_on": "These days fall into sick leave on 21 December 2026 (waits "
        "for a decision). Choose other days, or let it be taken back first"
    }
    propose(ActionKind.LEAVE_WITHOUT_PAY, "NYCRR-5.2", **asked | {"ends_on": dt.date(2026, 12, 18)})
    assert faults(ask, dt.date(2026, 12, 17)) == {
        "starts_on": "These days fall into leave without pay from 10 December 2026 to 18 December 2026 (waits"
        " for approval). Choose other days"
    }


@pytest.fixture
def detail(session, agency, propose):
    head = make_position(session, agency=agency, number="P-1", title="Foreman")
    other = make_position(
        session, agency=agency, number="P-9", title="Pipe fitter", unit="Dams", duty_station="2 Dam Road"
    )
    other.reports_to_id = head.id
    session.flush()
    days = {"on": TODAY, "ends_on": dt.date(2026, 11, 30)}
    return propose(ActionKind.DETAIL, "USC-3341", position_id=other.id, **days)


def test_who_is_detailed_keeps_the_post_and_returns_by_the_clock(session, person, seat, detail, decide):
    decide(detail)
    during = as_of(session, person.id, TODAY)
    assert (during.position_id, during.duty_station) == (seat.id, "2 Dam Road")
    told = {change.label: change.after for change in sights.list_changes(session, detail)}
    assert told["Detailed to"] == "Pipe fitter (P-9), Dams, under the Foreman (P-1)"
    assert returning.return_from_details(session, at=dt.datetime(2026, 11, 30, 20, tzinfo=dt.UTC)) == 0
    assert returning.return_from_details(session, at=dt.datetime(2026, 12, 1, 20, tzinfo=dt.UTC)) == 1
    assert returning.return_from_details(session, at=dt.datetime(2026, 12, 2, 20, tzinfo=dt.UTC)) == 0
    after = as_of(session, person.id, dt.date(2026, 12, 1))
    assert (after.position_id, after.duty_station, after.action.kind, after.action.source) == (
        seat.id, seat.duty_station, ActionKind.RETURN_TO_DUTY, detail.id,
    )  # fmt: skip


def test_a_detail_is_extended_by_two_people_or_ended_early(
    session, person, seat, detail, propose, decide, at
):
    decide(detail)
    days = {"on": dt.date(2026, 12, 1), "ends_on": dt.date(2026, 12, 20)}
    decide(propose(ActionKind.DETAIL, "USC-3341", duty_station="3 Dam Road", **days))
    first = dt.datetime(2026, 12, 1, 20, tzinfo=dt.UTC)
    assert services.take_effect_of_due(session, at=first) == 1
    assert returning.return_from_details(session, at=first) == 0
    decide(propose(ActionKind.RETURN_TO_DUTY, "NYCRR-5.2", on=dt.date(2026, 12, 10)))
    assert services.take_effect_of_due(session, at=dt.datetime(2026, 12, 10, 20, tzinfo=dt.UTC)) == 1
    assert as_of(session, person.id, dt.date(2026, 12, 9)).duty_station == "3 Dam Road"
    assert as_of(session, person.id, dt.date(2026, 12, 10)).duty_station == seat.duty_station


def test_a_detail_is_to_another_post_of_the_same_agency(session, seat, propose):
    until = {"ends_on": dt.date(2026, 12, 1)}
    assert faults(propose, ActionKind.DETAIL, "USC-3341", **until) == {
        "position": "Enter the position to which the person is detailed, or where the person works"
    }
    assert faults(propose, ActionKind.DETAIL, "USC-3341", position_id=seat.id, **until) == {
        "position": "Enter the number of another position that is not abolished"
    }
    far = make_position(session)
    assert faults(propose, ActionKind.DETAIL, "USC-3341", position_id=far.id, **until) == {
        "position": "A detail is to a position of the same agency"
    }
