"""A position is classified anew by two people, from a day on; its holder is promoted with it or guarded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.actions.queries import as_of
from app.personnel.actions.states import ActionKind
from app.personnel.positions.states import PayPeriod
from app.personnel.reclassifications import services
from app.personnel.reclassifications.rules import Classified
from app.personnel.reclassifications.states import ReclassificationState
from app.platform import clock
from app.platform.errors import Conflict, Forbidden, Invalid
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

TODAY = dt.date(2026, 11, 20)
AHEAD = dt.date(2026, 12, 7)
LATER = dt.datetime(2026, 12, 7, 15, 0, tzinfo=dt.UTC)
HIGHER = Classified(
    class_code="20300", class_title="Clerical supervisor", grade="A-06", pay_min_minor=50_000_00,
    pay_max_minor=70_000_00, pay_currency="USD", pay_period=PayPeriod.YEAR,
)  # fmt: skip


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def accounts(session, agency):
    return [make_account(session, roles=[(Role.HR_OFFICER, agency.id)]) for _ in range(2)]


@pytest.fixture
def officer(accounts):
    return actor_of(accounts[0])


@pytest.fixture
def second(accounts):
    return actor_of(accounts[1])


@pytest.fixture
def post(session, agency):
    return make_position(session, agency=agency, number="P-5", title="Clerk", grade="A-05")


@pytest.fixture
def holder(session, agency, post):
    person = make_employee(session, agency=agency, name="Leo Bright")
    make_appointment(session, position=post, employee=person)
    return person


@pytest.fixture
def propose(session, post, officer, at):
    def act(values=HIGHER, on=AHEAD, code="USC-5107", reason="The duties have grown."):
        return services.propose(
            session, position_id=post.id, values=values, effective_on=on, authority_code=code, reason=reason,
            actor=officer, at=at,
        )  # fmt: skip

    return act


@pytest.fixture
def decide(session, second, at):
    def act(found, approves=True, reason="", by=second):
        return services.decide(
            session, reclassification_id=found.id, approves=approves, reason=reason, actor=by, at=at
        )

    return act


def faults(act, *args, **values):
    with pytest.raises(Invalid) as caught:
        act(*args, **values)
    return caught.value.fields


def test_a_vacant_position_changes_on_its_day_and_not_before(session, propose, decide, post):
    found = decide(propose())
    assert (found.state, post.grade) == (ReclassificationState.APPROVED, "A-05")
    assert services.take_effect_of_due(session, at=LATER) == 1
    assert (services.classified(post), found.state) == (HIGHER, ReclassificationState.EFFECTED)
    assert "clerical supervisor" in post.search_text
    assert services.take_effect_of_due(session, at=LATER) == 0


def test_the_holder_is_promoted_with_the_position(session, propose, decide, post, holder):
    decide(propose())
    assert services.take_effect_of_due(session, at=LATER) == 1
    before, held = as_of(session, holder.id, dt.date(2026, 12, 6)), as_of(session, holder.id, AHEAD)
    assert (before.grade, before.pay_minor) == ("A-05", 45_000_00)
    assert (held.grade, held.step, held.pay_minor, held.position_id) == ("A-06", 1, 50_000_00, post.id)
    assert held.action.kind is ActionKind.PROMOTION
    assert held.action.authority == "5 U.S.C. 5107"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        (
            {"grade": "A-04"},
            "grade",
            "Leo Bright holds this position in grade A-05. A grade that is not higher",
        ),
        ({"pay_min_minor": 45_000_00}, "pay_min", "A higher grade pays its holder more."),
        (
            {"pay_currency": "EUR"},
            "pay_currency",
            "Leo Bright holds this position and is paid in USD a year.",
        ),
        (
            {"grade": "A-05"},
            "pay_min",
            "Leo Bright holds this position and is paid $45,000.00, which would be outside its range",
        ),
        ({"pay_max_minor": 1}, "pay_max", "The highest pay must not be less than the lowest pay"),
    ],
)
def test_what_cannot_be_done_to_a_holder_is_refused(propose, holder, change, field, sentence):
    assert faults(propose, replace(HIGHER, **change))[field].startswith(sentence)


def test_a_proposal_names_a_day_a_law_and_a_change(propose, post):
    assert faults(propose, on=dt.date(2026, 11, 19), code="LAW", reason=" ") == {
        "effective_on": "Enter a day from 20 November 2026 to 21 November 2027: a position is classified "
        "anew for the time to come",
        "authority_code": "Select a legal authority",
        "reason": "Enter the reason",
    }
    assert faults(propose, services.classified(post)) == {
        "grade": "Nothing of the class, the grade or the pay would change"
    }


def test_nobody_decides_alone_nor_on_their_own_position(session, agency, propose, decide, officer, holder):
    found = propose()
    with pytest.raises(Conflict, match="somebody else has to decide"):
        decide(found, by=officer)
    own = make_account(session, roles=[(Role.HR_OFFICER, agency.id)])
    holder.account_id = own.id
    session.flush()
    with pytest.raises(Conflict, match="You hold this position"):
        decide(found, by=actor_of(own))
    other = actor_of(make_account(session, roles=[(Role.APPOINTING_AUTHORITY, agency.id)]))
    with pytest.raises(Forbidden):
        services.propose(
            session, position_id=found.position_id, values=HIGHER, effective_on=AHEAD, reason="So.",
            authority_code="NY-118", actor=other, at=LATER,
        )  # fmt: skip


def test_one_waits_at_a_time_and_may_be_refused_or_cancelled(session, propose, decide, officer, at):
    first = propose()
    with pytest.raises(Conflict, match="waits already"):
        propose()
    assert faults(decide, first, approves=False) == {"reason": "Enter the reason for refusing it"}
    assert decide(first, approves=False, reason="No.").state is ReclassificationState.REFUSED
    other = decide(propose())
    cancelled = services.cancel(
        session, reclassification_id=other.id, reason="The budget fell.", actor=officer, at=at
    )
    assert cancelled.state is ReclassificationState.CANCELLED
    assert services.take_effect_of_due(session, at=LATER) == 0


def test_one_that_no_longer_can_is_cancelled_with_the_reason(session, propose, decide, post, at):
    found = decide(propose())
    person = make_employee(session, agency_id=post.agency_id, name="Ana Hill")
    post.pay_min_minor = 60_000_00
    session.flush()
    make_appointment(session, position=post, employee=person)
    assert services.take_effect_of_due(session, at=LATER) == 0
    assert found.state is ReclassificationState.CANCELLED
    assert "A higher grade pays its holder more." in found.outcome_reason


def test_the_pages_lead_from_the_position_to_the_decision(client, session, post, holder, accounts):
    sign_in(client, accounts[0])
    assert f"/staff/positions/{post.id}/reclassify" in client.get(f"/staff/positions/{post.id}").text
    path = f"/staff/positions/{post.id}/reclassify"
    page = client.get(path).text
    key = page.split('name="idempotency_key"')[1].split('value="')[1].split('"')[0]
    given = {
        "idempotency_key": key, "class_code": "20300", "class_title": "Supervisor", "grade": "A-06",
        "pay_currency": "USD", "pay_min": "50000", "pay_max": "70000", "pay_period": "year",
        "authority_code": "NY-118", "reason": "The duties have grown.",
        "effective_on": clock.local_date(clock.now(), "America/New_York").isoformat(),
    }  # fmt: skip
    wrong = client.post(path, data=given | {"effective_on": "2019-01-01"})
    assert (wrong.status_code, "classified anew for the time to come" in wrong.text) == (422, True)
    made = client.post(path, data=given)
    assert made.status_code == 303, made.text
    assert "A-05 to A-06" in client.get("/staff/reclassifications").text
    assert "Decide</a>" not in client.get(made.location).text
    sign_in(client, accounts[1])
    assert "Leo Bright holds the position and is promoted" in client.get(f"{made.location}/decide").text
    assert client.post(f"{made.location}/decide", data={"decision": "approve"}).status_code == 303
    assert "In effect" in client.get(made.location).text
    assert client.get(f"{made.location}/cancel").status_code == 200
    session.expire_all()
    assert post.grade == "A-06"
