"""A record changes by actions alone: proposed by one, decided by another, in effect on their day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.notices import compose
from app.notices.models import Notice
from app.personnel.actions import queries, services
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Asked, Changes
from app.personnel.actions.states import ActionKind, ActionState, Standing
from app.personnel.appointments.models import Appointment
from app.personnel.employees.states import EmployeeState
from app.personnel.reporting import find_supervisor, is_above, list_team, supervises
from app.platform import clock
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_actor, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

HIRED = dt.date(2020, 2, 29)
TODAY = dt.date(2026, 11, 20)
LATER = dt.datetime(2026, 12, 8, 15, 0, tzinfo=dt.UTC)
ACTORS = {}


def acting(account):
    """Give the actor of an account, whose roles are read once."""
    if account.id not in ACTORS:
        ACTORS[account.id] = actor_of(account)
    return ACTORS[account.id]


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def officer(session, agency):
    account = make_account(session, name="Ada Officer", roles=[(Role.HR_OFFICER, agency.id)])
    acting(account)
    return account


@pytest.fixture
def authority(session, agency):
    return make_account(session, name="Ben Authority", roles=[(Role.APPOINTING_AUTHORITY, agency.id)])


@pytest.fixture
def person(session, agency):
    account = make_account(session, name="Nia Okafor")
    return make_employee(session, agency_id=agency.id, account_id=account.id, name=account.name)


@pytest.fixture
def seat(session, agency):
    return make_position(session, agency=agency, number="P-1", title="Clerk", grade="A-05")


@pytest.fixture
def appointment(session, person, seat):
    return make_appointment(session, position=seat, employee=person, starts_on=HIRED)


@pytest.fixture
def better(session, agency):
    return make_position(
        session, agency=agency, number="P-2", title="Chief clerk", grade="A-08", pay_min_minor=60_000_00,
        pay_max_minor=80_000_00,
    )  # fmt: skip


@pytest.fixture
def promotion(better):
    return Asked(
        kind=ActionKind.PROMOTION,
        effective_on=TODAY,
        changes=Changes(position_id=better.id),
        reason="Best on the promotion list.",
        authority_code="NY-52",
    )


@pytest.fixture
def propose(session, person, appointment, officer, at):
    def act(asked, by=officer):
        return services.propose_action(session, employee_id=person.id, asked=asked, actor=acting(by), at=at)

    return act


@pytest.fixture
def decide(session, authority, at):
    def act(action, by=authority, approves=True, reason="", when=at):
        return services.decide_action(
            session, action_id=action.id, approves=approves, reason=reason, actor=acting(by), at=when
        )

    return act


def lwop(**values):
    given = {
        "kind": ActionKind.LEAVE_WITHOUT_PAY,
        "effective_on": dt.date(2026, 12, 7),
        "ends_on": dt.date(2027, 3, 7),
        "changes": Changes(),
        "reason": "Care of a parent.",
        "authority_code": "NYCRR-5.2",
    }
    return Asked(**given | values)


def told(record):
    return (
        record.position_id, record.grade, record.step, record.pay_minor, record.standing, record.valid_from,
        record.valid_to,
    )  # fmt: skip


def test_a_promotion_moves_the_person_the_seat_and_the_history(
    session, propose, decide, promotion, person, seat, better, appointment
):
    action = propose(promotion)
    assert action.state is ActionState.PROPOSED
    assert seat.incumbent_id == person.id
    decide(action)
    live = session.scalar(select(Appointment).where(Appointment.ended_on.is_(None)))
    assert action.state is ActionState.EFFECTED
    assert (seat.incumbent_id, better.incumbent_id) == (None, person.id)
    assert (appointment.ended_on, appointment.end_reason) == (dt.date(2026, 11, 19), promotion.reason)
    assert (live.position_id, live.starts_on, live.source) == (better.id, TODAY, action.id)
    before, after = (queries.as_of(session, person.id, day) for day in (dt.date(2026, 11, 19), TODAY))
    pay, least = 45_000_00, 60_000_00
    assert told(before) == (seat.id, "A-05", 1, pay, Standing.IN_SERVICE, HIRED, TODAY)
    assert told(after) == (better.id, "A-08", 1, least, Standing.IN_SERVICE, TODAY, None)
    assert queries.as_of(session, person.id, HIRED - dt.timedelta(days=1)) is None


def test_the_notice_says_what_changes_and_by_what_authority(session, propose, decide, promotion, person):
    action = decide(propose(promotion))
    notice = session.get_one(Notice, action.notice_id)
    page = compose.render_html(notice.template, notice.context)
    assert (notice.subject, notice.account_id) == (action.id, person.account_id)
    for text in ("Chief clerk (P-2)", "$60,000.00 a year", "New York Civil Service Law, section 52"):
        assert text in page
    assert [change["label"] for change in notice.context["letter"]["changes"]] == ["Position", "Grade", "Pay"]


def test_who_proposed_does_not_decide_nor_anybody_on_their_own_record(
    session, propose, decide, promotion, officer, person, agency
):
    action = propose(promotion)
    with pytest.raises(Conflict, match="somebody else"):
        decide(action, by=officer)
    own = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    person.account_id = own.id
    session.flush()
    with pytest.raises(Conflict, match="your own record"):
        decide(action, by=own)
    with pytest.raises(Conflict, match="your own record"):
        propose(promotion, by=own)


def test_an_agency_acts_on_its_own_people_only(session, propose, decide, promotion):
    other = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    with pytest.raises(Forbidden):
        propose(promotion, by=other)
    with pytest.raises(NotFound):
        decide(propose(promotion), by=other)


def test_refusing_asks_for_a_reason_and_changes_nothing(session, propose, decide, promotion, person, seat):
    action = propose(promotion)
    with pytest.raises(Invalid) as caught:
        decide(action, approves=False)
    assert caught.value.fields == {"reason": "Enter the reason for refusing the action"}
    decide(action, approves=False, reason="The list has expired.")
    assert (action.state, action.outcome_reason) == (ActionState.REFUSED, "The list has expired.")
    assert (seat.incumbent_id, len(queries.list_service_records(session, person.id))) == (person.id, 1)
    with pytest.raises(Conflict, match="cannot be approved"):
        decide(action)


def test_an_action_ahead_takes_effect_by_the_clock(session, propose, decide, person, at):
    action = decide(propose(lwop()))
    assert action.state is ActionState.APPROVED
    assert services.take_effect_of_due(session, at=at) == 0
    assert queries.as_of(session, person.id, dt.date(2026, 12, 7)).standing is Standing.IN_SERVICE
    assert services.take_effect_of_due(session, at=LATER) == 1
    held = queries.as_of(session, person.id, dt.date(2026, 12, 7))
    assert (action.state, held.standing) == (ActionState.EFFECTED, Standing.ON_LEAVE_WITHOUT_PAY)
    assert queries.as_of(session, person.id, dt.date(2026, 12, 7), at).standing is Standing.IN_SERVICE
    assert services.take_effect_of_due(session, at=LATER) == 0


def test_one_that_is_no_longer_possible_is_cancelled_on_its_day(
    session, propose, decide, promotion, better, outbox, officer
):
    action = decide(propose(replace(promotion, effective_on=dt.date(2026, 12, 7))))
    make_appointment(session, position=better, starts_on=dt.date(2026, 11, 30))
    assert services.take_effect_of_due(session, at=LATER) == 0
    session.refresh(action)
    assert action.state is ActionState.CANCELLED
    assert action.outcome_reason == "Position P-2 can no longer be filled by this action."


def test_an_approved_action_can_be_called_off_until_its_day(session, propose, decide, officer, at):
    action = decide(propose(lwop()))

    def cancel(reason):
        return services.cancel_action(
            session, action_id=action.id, reason=reason, actor=acting(officer), at=at
        )

    with pytest.raises(Invalid) as caught:
        cancel(" ")
    assert caught.value.fields == {"reason": "Enter the reason for cancelling the action"}
    assert cancel("The parent has recovered.").state is ActionState.CANCELLED
    assert services.take_effect_of_due(session, at=LATER) == 0


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        (
            {"effective_on": dt.date(2020, 2, 28)},
            "effective_on",
            "The earliest day is 21 September 2026. What was wrong before is put right by a correction",
        ),
        ({"ends_on": dt.date(2026, 12, 1)}, "ends_on", "The last day must not be before the first"),
        ({"ends_on": None}, "ends_on", "Enter the last day"),
        ({"reason": " "}, "reason", "Enter the reason"),
        ({"authority_code": "NY-52"}, "authority_code", "Select a legal authority for this kind of action"),
    ],
)
def test_a_proposal_is_refused_with_the_reason(propose, changes, field, sentence):
    with pytest.raises(Invalid) as caught:
        propose(lwop(**changes))
    assert sentence in caught.value.fields[field]


def test_a_detail_is_bound_by_the_days_of_its_law(propose):
    asked = Asked(
        kind=ActionKind.DETAIL, effective_on=TODAY, ends_on=dt.date(2027, 3, 20), reason="Flood.",
        changes=Changes(duty_station="Dam Road"), authority_code="USC-3341",
    )  # fmt: skip
    with pytest.raises(Invalid) as caught:
        propose(asked)
    assert caught.value.fields == {"ends_on": "At most 120 days at a time (5 U.S.C. 3341(b))"}
    assert propose(replace(asked, ends_on=dt.date(2027, 3, 19))).state is ActionState.PROPOSED


def test_two_actions_do_not_set_the_same_value(propose, promotion, better):
    propose(lwop())
    with pytest.raises(Invalid) as caught:
        propose(lwop(effective_on=dt.date(2026, 12, 1)))
    assert caught.value.fields == {
        "effective_on": "These days fall into leave without pay from 7 December 2026 to 7 March 2027 (waits "
        "for approval). Choose other days"
    }
    assert propose(promotion).state is ActionState.PROPOSED  # sets other values, earlier


def test_a_seat_has_one_incumbent(session, propose, promotion, better):
    make_appointment(session, position=better)
    with pytest.raises(Invalid) as caught:
        propose(promotion)
    assert caught.value.fields == {"position": "Position P-2 is held by somebody else"}


def test_a_step_rises_by_one_and_not_beyond_the_grade(session, person, appointment, officer, at):
    def rise(step):
        with pytest.raises(Invalid) as caught:
            services.carry_out(
                session, employee_id=person.id, kind=ActionKind.WITHIN_GRADE_INCREASE, effective_on=TODAY,
                changes=Changes(step=step), authority_code="USC-5335", authority="5 U.S.C. 5335",
                reason="Due.", source=None, approved_by=officer.id, actor=acting(officer), at=at,
            )  # fmt: skip
        return caught.value.fields

    assert rise(1) == rise(3) == {"step": "The step must be the next one after the one now: 2"}


def test_nobody_acts_on_a_separated_person_but_to_reinstate(
    session, propose, decide, promotion, person, better, officer, at
):
    services.carry_out(
        session, employee_id=person.id, kind=ActionKind.SEPARATION, effective_on=dt.date(2026, 11, 2),
        changes=Changes(), authority_code="NYCRR-5.3", authority="4 NYCRR 5.3", reason="Resigned.",
        source=None, approved_by=officer.id, actor=acting(officer), at=at,
    )  # fmt: skip
    assert (person.state, person.separated_on) == (EmployeeState.SEPARATED, dt.date(2026, 11, 2))
    last, next_day = (queries.as_of(session, person.id, dt.date(2026, 11, day)) for day in (2, 3))
    assert (last.standing, next_day.standing) == (Standing.IN_SERVICE, Standing.SEPARATED)
    assert next_day.position_id is None
    with pytest.raises(Conflict, match="Only a reinstatement is possible"):
        propose(promotion)
    back = Asked(
        kind=ActionKind.REINSTATEMENT, effective_on=TODAY, changes=Changes(position_id=better.id),
        reason="Came back within a year.", authority_code="NYCRR-5.4",
    )  # fmt: skip
    decide(propose(back))
    assert (person.state, person.separated_on) == (EmployeeState.ACTIVE, None)
    assert better.incumbent_id == person.id
    assert queries.service_began_on(session, person.id) == HIRED


def test_a_correction_is_a_new_version_and_the_old_is_still_known(
    session, propose, decide, promotion, person, better, officer, at
):
    action = decide(propose(promotion))
    later = at + dt.timedelta(days=3)
    correction = services.propose_correction(
        session, action_id=action.id, effective_on=dt.date(2026, 11, 16), changes=Changes(step=3),
        takes_back=False, reason="The letter named the Monday and step 3.", actor=acting(officer), at=later,
    )  # fmt: skip
    decide(correction, when=later)
    live = session.scalar(select(Appointment).where(Appointment.ended_on.is_(None)))
    assert (action.state, correction.state) == (ActionState.CORRECTED, ActionState.EFFECTED)
    now, then = (queries.as_of(session, person.id, dt.date(2026, 11, 17), known) for known in (None, at))
    assert (now.grade, now.step, now.action_id) == ("A-08", 3, correction.id)
    assert (then.grade, then.step) == ("A-05", 1)
    assert (live.position_id, live.starts_on) == (better.id, dt.date(2026, 11, 16))


def test_an_action_taken_back_leaves_the_record_as_if_it_had_not_happened(
    session, propose, decide, promotion, person, seat, better, officer, at
):
    action = decide(propose(promotion))
    correction = services.propose_correction(
        session, action_id=action.id, effective_on=TODAY, changes=Changes(), takes_back=True,
        reason="Another person of this name was meant.", actor=acting(officer), at=at,
    )  # fmt: skip
    decide(correction)
    assert queries.as_of(session, person.id, TODAY).position_id == seat.id
    assert (seat.incumbent_id, better.incumbent_id) == (person.id, None)


def test_a_correction_that_changes_nothing_or_comes_twice_is_refused(
    session, propose, decide, promotion, officer, at, appointment
):
    action = decide(propose(promotion))

    def correct(changes, on=TODAY, of=action.id, takes_back=False):
        return services.propose_correction(
            session, action_id=of, effective_on=on, changes=changes, takes_back=takes_back, reason="Wrong.",
            actor=acting(officer), at=at,
        )  # fmt: skip

    with pytest.raises(Invalid, match="changes nothing"):
        correct(Changes())
    with pytest.raises(Invalid, match="by today at the latest"):
        correct(Changes(step=2), on=dt.date(2026, 11, 21))
    correct(Changes(step=2))
    with pytest.raises(Conflict, match="waits for approval already"):
        correct(Changes(step=3))
    first = session.scalar(select(PersonnelAction).where(PersonnelAction.source == appointment.id))
    with pytest.raises(Conflict, match="No correction takes an appointment back"):
        correct(Changes(), of=first.id, takes_back=True)


def test_lines_lead_up_over_vacant_posts(session, agency, person, seat, appointment):
    head = make_position(session, agency=agency)
    empty = make_position(session, agency=agency, reports_to_id=head.id)
    leader = make_account(session)
    chief = make_employee(session, agency_id=agency.id, account_id=leader.id)
    make_appointment(session, position=head, employee=chief)
    seat.reports_to_id = empty.id
    session.flush()
    assert find_supervisor(session, person.id) is chief
    assert list_team(session, chief.id) == [person]
    assert list_team(session, person.id) == []
    assert find_supervisor(session, chief.id) is None
    assert supervises(session, leader.id, person.id)
    assert is_above(session, leader.id, person.id)
    assert not is_above(session, person.account_id, chief.id)
    assert not supervises(session, None, person.id)


def day(days):
    """Write a day so many days from today."""
    return (clock.local_date(clock.now(), "America/New_York") + dt.timedelta(days=days)).isoformat()


def form(**values):
    return {
        "effective_on": day(0), "position": "P-2", "authority_code": "NY-52", "reason": "On the list.",
        "late_reason": "The list came late.", "idempotency_key": "0" * 32,
    } | values  # fmt: skip


def test_the_pages_lead_from_the_choice_to_the_decision(
    client, session, person, appointment, better, officer, authority, seat
):
    sign_in(client, officer)
    chosen = client.get(f"/staff/employees/{person.id}/actions/new")
    assert "Promotion" in chosen.text
    path = f"/staff/employees/{person.id}/actions/new/promotion"
    key = client.get(path).text.split('name="idempotency_key"')[1].split('value="')[1].split('"')[0]
    made = client.post(path, data=form(idempotency_key=key))
    assert made.status_code == 303, made.text
    page = client.get(made.location)
    assert "Waits for approval" in page.text
    assert "Decide</a>" not in page.text
    assert person.name in client.get("/staff/actions").text
    sign_in(client, authority)
    assert "Chief clerk (P-2)" in client.get(f"{made.location}/decide").text
    assert client.post(f"{made.location}/decide", data={"decision": "approve"}).status_code == 303
    assert "In effect" in client.get(made.location).text
    assert client.get("/staff/actions?kind=promotion&state=effected&text=nia").text.count("Nia Okafor") >= 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"position": "P-99"}, "There is no position with this number"),
        ({"position": ""}, "Enter the position to which the person goes"),
        ({"step": "0"}, "Step must be"),
        ({"effective_on": "2019-01-01"}, "The earliest day is "),
        ({"effective_on": "2090-01-01"}, "a year from today"),
        ({"effective_on": day(-3), "late_reason": ""}, "Enter why it is entered after its day"),
        ({"effective_on": "2026-02-30"}, "must be a real date"),
        ({"authority_code": "LAW"}, "Select one of the choices on the page"),
        ({"reason": ""}, "Enter reason"),
    ],
)
def test_a_wrong_proposal_is_told_at_the_field(
    client, session, person, appointment, better, officer, values, sentence
):
    sign_in(client, officer)
    path = f"/staff/employees/{person.id}/actions/new/promotion"
    key = client.get(path).text.split('name="idempotency_key"')[1].split('value="')[1].split('"')[0]
    answer = client.post(path, data=form(idempotency_key=key, **values))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert session.scalar(select(PersonnelAction).where(PersonnelAction.kind == ActionKind.PROMOTION)) is None


def test_unknown_kinds_and_other_agencies_are_not_found(client, session, person, appointment, officer):
    sign_in(client, officer)
    assert client.get(f"/staff/employees/{person.id}/actions/new/separation").status_code == 404
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)]))
    assert client.get(f"/staff/employees/{person.id}/actions/new/promotion").status_code == 404
    assert client.get(f"/staff/employees/{person.id}/service").status_code == 404


def test_the_service_page_shows_a_day_and_what_was_known(client, session, person, appointment, officer):
    sign_in(client, officer)
    path = f"/staff/employees/{person.id}/service"
    today = client.get(path)
    assert "Clerk (P-1)" in today.text
    assert "Continuous permanent service" in today.text
    assert "No service is known for this day." in client.get(f"{path}?on=2019-05-05").text
    assert "Nothing was known of a service then." in client.get(f"{path}?known=2020-01-01").text
    assert client.get(f"{path}?on=2026-02-30").status_code == 200


def test_a_person_sees_the_whole_file_and_who_opened_it(client, session, person, appointment, officer):
    sign_in(client, officer)
    client.get(f"/staff/employees/{person.id}")
    client.get(f"/staff/employees/{person.id}")
    account = session.get_one(type(officer), person.account_id)
    sign_in(client, account)
    page = client.get("/my/personnel-file").text
    assert page.count("Ada Officer") == 1
    assert "Clerk (P-1)" in page
    sign_in(client, make_account(session))
    assert "There is no service record for your account." in client.get("/my/personnel-file").text


def test_the_queue_shows_what_waits_for_a_decision(client, session, propose, promotion, authority, officer):
    path = f"/staff/actions/{propose(promotion).id}"
    sign_in(client, authority)
    assert path in client.get("/staff/").text
    sign_in(client, officer)
    assert path not in client.get("/staff/").text


def test_carrying_out_needs_no_second_decision(session, person, appointment, at):
    actor = make_actor(session)
    action = services.carry_out(
        session, employee_id=person.id, kind=ActionKind.CHANGE_OF_HOURS, effective_on=TODAY,
        changes=Changes(weekly_minutes=1200), authority_code="CFR-340.202", authority="5 CFR 340.202",
        reason="Part-time agreement.", source="fwa_1", approved_by=actor.id, actor=actor, at=at,
    )  # fmt: skip
    assert (action.state, action.proposed_by, action.decided_by) == (ActionState.EFFECTED, None, actor.id)
    assert queries.as_of(session, person.id, TODAY).weekly_minutes == 1200
