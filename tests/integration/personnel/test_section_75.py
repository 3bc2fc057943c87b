"""Discipline under New York Civil Service Law, section 75: eight days, a hearing, two months at most."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.decisions import services as decisions
from app.personnel.decisions.models import Decision
from app.personnel.decisions.services import Ruling
from app.personnel.deliveries import services as deliveries
from app.personnel.deliveries.models import Way
from app.personnel.deliveries.services import Handover
from app.personnel.discipline import services
from app.personnel.discipline.models import Charge, DisciplinaryCase
from app.personnel.discipline.regimes import REGIMES
from app.personnel.discipline.rules import propose
from app.personnel.discipline.services import ChargeValues, Draft
from app.personnel.discipline.states import Action, DutyStatus
from app.personnel.replies import answers
from app.personnel.replies.answers import Heard
from app.personnel.replies.states import ReplyKind
from app.platform.db import transaction
from app.platform.errors import Conflict, Invalid
from tests.factories.accounts import make_actor, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

SECTION = REGIMES["new-york"].procedures[0]
LAW = "New York Civil Service Law, section 75"
MOVED = "New York General Construction Law, section 25-a"


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(17), dt.UTC)


def run(act, **values):
    with transaction() as opened:
        return act(opened, **values)


@pytest.fixture
def people(session):
    agency = make_agency(session)
    officer, decider = (make_actor(session, roles=[(Role.HR_OFFICER, agency.id)]) for _ in range(2))
    employee = make_employee(session, agency=agency)
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    return agency, officer, decider, employee


@pytest.fixture
def case(session, people, at):
    """Charges that propose a suspension of 60 days, delivered on 20 November 2026: day 8 is the 28th."""
    agency, officer, decider, employee = people
    run(services.set_regime, agency_id=agency.id, name="new-york", actor=officer, at=at)
    draft = Draft(propose(Action.LONG_SUSPENSION, 60, procedure=SECTION), "Late.", "Warned.", decider.id)
    made = run(services.open_case, employee_id=employee.id, draft=draft, actor=officer, at=at)
    run(
        services.add_charge,
        case_id=made.id,
        values=ChargeValues("Misconduct", "On 2 November.", "Log"),
        actor=officer,
        at=at,
    )
    day = dt.date(2026, 11, 20)
    proposal = {"delivered_on": day, "duty_status": DutyStatus.SUSPENDED}
    run(services.propose_action, case_id=made.id, actor=officer, at=at, **proposal)
    handover = Handover(Way.REGISTERED_MAIL, day, "Post office", "Receipt RR 12.")
    run(deliveries.record_delivery, case_id=made.id, handover=handover, file=None, actor=officer, at=at)
    session.expire_all()
    return session.get(DisciplinaryCase, made.id)


def hear(case, actor, day):
    heard = Heard(ReplyKind.HEARING, day, "Judge Ito, named in writing", "Three witnesses were heard.")
    return run(answers.record_heard, case_id=case.id, heard=heard, actor=actor, at=noon(day))


def decide(session, case, actor, day, days=60, effective_on=None):
    [charge] = session.scalars(select(Charge)).all()
    given = Ruling(Action.LONG_SUSPENSION, days, effective_on or day, {(charge.id, 1): True}, "Proved.")
    return run(decisions.decide_case, case_id=case.id, ruling=given, actor=actor, at=noon(day))


def test_the_charges_give_eight_days_and_the_notice_says_why_not_thirty(session, case):
    assert (case.regime, case.procedure) == ("new-york", "section-75")
    assert (case.reply_due_on, case.effective_from_on) == (dt.date(2026, 11, 28), dt.date(2026, 11, 29))
    letter = session.get(Notice, case.notice_id).context["letter"]
    assert letter["law"] == LAW
    assert letter["shorter_notice_reason"].startswith("section 75 asks for charges, eight days")
    assert "for at most 30 days" in letter["duty_status"]


def test_no_hearing_before_the_eight_days_and_no_decision_before_a_hearing(session, case, people):
    _, officer, decider, _ = people
    with pytest.raises(Invalid) as refused:
        hear(case, officer, dt.date(2026, 11, 28))
    assert refused.value.fields["given_on"].startswith("No hearing before 29 November 2026")
    with pytest.raises(Conflict) as refused:
        decide(session, case, decider, dt.date(2026, 12, 4))
    assert refused.value.message == f"No decision before a hearing on the charges is on record ({LAW})."
    hear(case, officer, dt.date(2026, 12, 3))
    decide(session, case, decider, dt.date(2026, 12, 4))
    letter = session.get(Notice, session.scalars(select(Decision.notice_id)).one()).context["letter"]
    # 4 April 2027, four months later, is a Sunday
    assert [(way["until"], way["law"]) for way in letter["ways_on"]] == [
        ("2026-12-24", f"New York Civil Service Law, section 76(1); {MOVED}"),
        ("2027-04-05", f"New York Civil Service Law, section 76(1), and CPLR 217; {MOVED}"),
    ]


def test_a_suspension_from_the_end_of_december_ends_with_february(session, case, people):
    """From 31 December two months end on 28 February, 59 days later: 60 days are too many from that day."""
    _, officer, decider, _ = people
    hear(case, officer, dt.date(2026, 12, 3))
    with pytest.raises(Invalid) as refused:
        decide(session, case, decider, dt.date(2026, 12, 4), effective_on=dt.date(2026, 12, 31))
    assert refused.value.fields == {
        "days": f"From this day a suspension would be longer than 2 months ({LAW})"
    }
    decide(session, case, decider, dt.date(2026, 12, 4), days=59, effective_on=dt.date(2026, 12, 31))


@pytest.mark.parametrize("days", [63, 100])
def test_no_suspension_beyond_two_months_is_proposed(days):
    with pytest.raises(Invalid) as refused:
        propose(Action.LONG_SUSPENSION, days, procedure=SECTION)
    assert refused.value.fields == {"days": f"A suspension is at most 2 months long ({LAW})"}
