"""What an appeal leaves of a penalty: entered by itself, with the return day and the time to be paid."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.accounts.holidays.models import Holiday
from app.accounts.roles import Role
from app.personnel.actions import services as actions
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.queries import as_of
from app.personnel.actions.rules import Changes
from app.personnel.actions.states import ActionKind, ActionState, Standing
from app.personnel.case_appeals import remedies
from app.personnel.case_appeals import services as appeals
from app.personnel.case_appeals.services import Ending
from app.personnel.case_appeals.states import AppealOutcome
from app.personnel.decisions import effects
from app.personnel.decisions import services as decisions
from app.personnel.decisions.effects import Reduction
from app.personnel.decisions.queries import find_decision
from app.personnel.decisions.services import Ruling
from app.personnel.deliveries.decisions import last_remedy_day, record_decision_delivery
from app.personnel.deliveries.models import Way
from app.personnel.deliveries.services import Handover
from app.personnel.discipline.models import Charge
from app.personnel.discipline.states import Action, CaseState, Forum
from app.personnel.penalty_factors.models import Stage
from app.personnel.positions.models import Position
from app.platform.db import transaction
from app.platform.errors import Conflict, Invalid
from tests.factories.accounts import make_actor, make_agency
from tests.factories.discipline import answer_factors, deliver_case
from tests.factories.personnel import make_appointment, make_employee, make_position

# Delivered on 23 November 2026; the notice has run by 4 January 2027, from which day what is decided holds.
DELIVERED, DECIDED, EFFECTIVE = dt.date(2026, 11, 23), dt.date(2026, 12, 28), dt.date(2027, 1, 4)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(17), dt.UTC)


def run(act, **values):
    with transaction() as opened:
        return act(opened, **values)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def officer(session, agency):
    return make_actor(session, name="Ana Ruiz", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def decider(session, agency):
    return make_actor(session, name="Helen Marsh", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def employee(session, agency):
    employee = make_employee(session, agency=agency, name="Dana Okafor")
    post = make_position(session, agency=agency, title="Clerk", number="P-77")
    make_appointment(session, position=post, employee=employee)
    return employee


def decide(session, employee, officer, decider, action, days=None):
    proposed = Action.REMOVAL if action is Action.DEMOTION else action
    case = deliver_case(
        session, employee=employee, proposer=officer, decider=decider,
        proposed_at=noon(DELIVERED), action=proposed, days=days,
    )  # fmt: skip
    answer_factors(session, case_id=case.id, by=decider.id, stage=Stage.DECISION)
    charge = session.scalars(select(Charge).where(Charge.case_id == case.id)).one()
    found = {(charge.id, 1): True, (charge.id, 2): False}
    ruling = Ruling(action, days, EFFECTIVE, found, "Proved.")
    run(decisions.decide_case, case_id=case.id, ruling=ruling, actor=decider, at=noon(DECIDED))
    return case


def carry_out(case, officer, reduction=Reduction(), day=EFFECTIVE):  # noqa: B008 - frozen
    run(effects.carry_out, case_id=case.id, reduction=reduction, actor=officer, at=noon(day))


def appeal(session, case, officer, outcome, lighter=None, forum=Forum.BOARD, on=dt.date(2027, 1, 8)):
    given = {"case_id": case.id, "actor": officer, "at": noon(on)}
    run(appeals.record_appeal, forum=forum, docket="NY-27", filed_on=on, **given)
    run(appeals.record_outcome, ending=Ending(outcome, on, "Too heavy.", lighter), **given)


def right(case, officer, day, effective_on=None, position_number="", to=Reduction()):  # noqa: B008 - frozen
    righting = remedies.Righting("Pay and leave are given back.", effective_on, position_number, to)
    return run(remedies.apply_remedy, case_id=case.id, righting=righting, actor=officer, at=noon(day))


def standings(session, employee, *days):
    session.expire_all()
    return [as_of(session, employee.id, day).standing for day in days]


def owed(made):
    return made.back_pay_from, made.back_pay_to


IN, OUT, AWAY = Standing.IN_SERVICE, Standing.SEPARATED, Standing.SUSPENDED
MITIGATED, REVERSED = AppealOutcome.MITIGATED, AppealOutcome.REVERSED


def test_a_running_suspension_that_is_reversed_ends_at_once(session, employee, officer, decider):
    case = decide(session, employee, officer, decider, Action.LONG_SUSPENSION, 30)
    carry_out(case, officer)
    appeal(session, case, officer, REVERSED)
    made = right(case, officer, dt.date(2027, 1, 11))
    assert owed(made) == (EFFECTIVE, dt.date(2027, 1, 10))
    days = (EFFECTIVE, dt.date(2027, 1, 10), dt.date(2027, 1, 11), dt.date(2027, 2, 10))
    assert standings(session, employee, *days) == [IN, IN, IN, IN]
    found = select(PersonnelAction.state).where(PersonnelAction.kind == ActionKind.RETURN_TO_DUTY)
    assert session.scalars(found).all() == [ActionState.CANCELLED]


def test_the_return_day_of_a_shortened_suspension_moves(session, employee, officer, decider):
    """Thirty days become twenty: the return is no longer on 3 February, but on 24 January."""
    case = decide(session, employee, officer, decider, Action.LONG_SUSPENSION, 30)
    carry_out(case, officer)
    appeal(session, case, officer, MITIGATED, (Action.LONG_SUSPENSION, 20))
    made = right(case, officer, dt.date(2027, 1, 11))
    assert owed(made) == (None, None)
    back = dt.date(2027, 1, 24)
    assert standings(session, employee, dt.date(2027, 1, 23)) == [AWAY]
    acts = session.scalars(
        select(PersonnelAction).where(
            PersonnelAction.kind == ActionKind.RETURN_TO_DUTY, PersonnelAction.state == ActionState.APPROVED
        )
    ).all()
    assert [(act.effective_on, act.source) for act in acts] == [(back, case.id)]


def test_a_suspension_shortened_after_its_end_is_paid_for(session, employee, officer, decider):
    case = decide(session, employee, officer, decider, Action.LONG_SUSPENSION, 30)
    carry_out(case, officer, day=dt.date(2027, 2, 8))
    appeal(session, case, officer, MITIGATED, (Action.SUSPENSION, 10), on=dt.date(2027, 2, 9))
    made = right(case, officer, dt.date(2027, 3, 1))
    assert owed(made) == (dt.date(2027, 1, 14), dt.date(2027, 2, 2))
    days = (dt.date(2027, 1, 13), dt.date(2027, 1, 14), dt.date(2027, 2, 2), dt.date(2027, 2, 3))
    assert standings(session, employee, *days) == [AWAY, IN, IN, IN]


def test_a_reprimand_in_place_of_a_suspension_leaves_no_day_of_it(session, employee, officer, decider):
    case = decide(session, employee, officer, decider, Action.LONG_SUSPENSION, 30)
    carry_out(case, officer, day=dt.date(2027, 2, 8))
    appeal(session, case, officer, MITIGATED, (Action.REPRIMAND, None), on=dt.date(2027, 2, 9))
    assert owed(right(case, officer, dt.date(2027, 3, 1))) == (EFFECTIVE, dt.date(2027, 2, 2))
    assert standings(session, employee, EFFECTIVE, dt.date(2027, 2, 2)) == [IN, IN]


def test_a_suspension_takes_the_place_of_a_removal(session, employee, officer, decider):
    """The former post is free: nobody was ever separated, and is suspended for thirty days."""
    case = decide(session, employee, officer, decider, Action.REMOVAL)
    carry_out(case, officer)
    appeal(session, case, officer, MITIGATED, (Action.LONG_SUSPENSION, 30))
    with pytest.raises(Invalid, match="The suspension runs until 2027-02-03"):
        right(case, officer, dt.date(2027, 1, 20), dt.date(2027, 2, 3))
    back_on = dt.date(2027, 3, 8)
    made = right(case, officer, back_on, back_on)
    assert owed(made) == (dt.date(2027, 2, 4), dt.date(2027, 3, 7))
    days = (EFFECTIVE, dt.date(2027, 1, 5), dt.date(2027, 2, 3), dt.date(2027, 2, 4), back_on)
    assert standings(session, employee, *days) == [IN, AWAY, AWAY, IN, IN]
    post = session.scalars(select(Position).where(Position.number == "P-77")).one()
    assert post.incumbent_id == employee.id


def test_with_the_post_taken_somebody_comes_back_elsewhere(session, employee, officer, decider, agency):
    case = decide(session, employee, officer, decider, Action.REMOVAL)
    carry_out(case, officer)
    post = session.scalars(select(Position).where(Position.number == "P-77")).one()
    make_appointment(session, position=post, employee=make_employee(session, agency=agency))
    make_position(session, agency=agency, number="P-78")
    appeal(session, case, officer, MITIGATED, (Action.LONG_SUSPENSION, 30))
    back_on = dt.date(2027, 3, 8)
    with pytest.raises(Invalid, match="is held by somebody else"):
        right(case, officer, back_on, back_on)
    made = right(case, officer, back_on, back_on, "P-78")
    assert owed(made) == (dt.date(2027, 2, 4), dt.date(2027, 3, 7))
    assert standings(session, employee, dt.date(2027, 3, 7), back_on) == [OUT, IN]


def test_a_demotion_takes_the_place_of_a_removal(session, employee, officer, decider):
    case = decide(session, employee, officer, decider, Action.REMOVAL)
    carry_out(case, officer)
    appeal(session, case, officer, MITIGATED, (Action.DEMOTION, None))
    back_on = dt.date(2027, 3, 8)
    with pytest.raises(Invalid) as refused:
        right(case, officer, back_on, back_on)
    assert refused.value.fields == {"grade": "Enter the grade or the pay to which the employee is reduced"}
    made = right(case, officer, back_on, back_on, to=Reduction("07"))
    assert owed(made) == (dt.date(2027, 1, 5), dt.date(2027, 3, 7))
    session.expire_all()
    assert as_of(session, employee.id, back_on).grade == "07"


def test_a_suspension_takes_the_place_of_a_demotion(session, employee, officer, decider):
    case = decide(session, employee, officer, decider, Action.DEMOTION)
    carry_out(case, officer, Reduction("07"))
    appeal(session, case, officer, MITIGATED, (Action.SUSPENSION, 14))
    back_on = dt.date(2027, 1, 11)
    made = right(case, officer, back_on, back_on)
    assert owed(made) == (EFFECTIVE, dt.date(2027, 1, 10))
    session.expire_all()
    found = [as_of(session, employee.id, day) for day in (EFFECTIVE, back_on)]
    assert [(held.grade, held.standing) for held in found] == [("09", IN), ("09", AWAY)]
    ahead = select(PersonnelAction).where(PersonnelAction.state == ActionState.APPROVED)
    assert [(act.kind, act.effective_on) for act in session.scalars(ahead)] == [
        (ActionKind.RETURN_TO_DUTY, dt.date(2027, 1, 25))
    ]


def hand_over(case, officer, on, today=None):
    handover = Handover(Way.REGISTERED_MAIL, on, "The post", "Receipt 4711.")
    given = {"case_id": case.id, "handover": handover, "file": None, "actor": officer}
    return run(record_decision_delivery, at=noon(today or on), **given)


def last_day(session, case):
    session.expire_all()
    return last_remedy_day(session, case, decisions_of(session, case))


def decisions_of(session, case):
    return find_decision(session, case.id)


def test_the_time_to_contest_runs_from_the_later_of_effect_and_receipt(session, employee, officer, decider):
    """Thirty days from 4 January are 3 February; from receipt on Friday 15 January they are Sunday 14
    February, which is moved to Monday, and to Tuesday where that is a holiday (5 CFR 1201.23(a)).
    """
    case = decide(session, employee, officer, decider, Action.REMOVAL)
    assert last_day(session, case) == dt.date(2027, 2, 3)
    with pytest.raises(Invalid, match="It was decided on 28 December 2026"):
        hand_over(case, officer, dt.date(2026, 12, 27), dt.date(2027, 1, 15))
    hand_over(case, officer, dt.date(2027, 1, 15))
    assert last_day(session, case) == dt.date(2027, 2, 15)
    session.add(Holiday(agency_id=case.agency_id, on=dt.date(2027, 2, 15), name="Presidents Day"))
    session.flush()
    assert last_day(session, case) == dt.date(2027, 2, 16)
    with pytest.raises(Conflict, match="is on record already"):
        hand_over(case, officer, dt.date(2027, 1, 16))


def test_a_penalty_that_the_record_refuses_is_recorded_so_and_closed(session, employee, officer, decider):
    """The service ended with another act before the removal could be entered."""
    case = decide(session, employee, officer, decider, Action.REMOVAL)
    given = {"case_id": case.id, "reduction": Reduction(), "actor": officer, "at": noon(EFFECTIVE)}
    with pytest.raises(Conflict, match="The service record takes this penalty"):
        run(effects.record_not_entered, reason="Resigned.", **given)
    assert standings(session, employee, dt.date(2027, 1, 5)) == [IN]
    run(
        actions.carry_out, employee_id=employee.id, kind=ActionKind.SEPARATION,
        effective_on=dt.date(2026, 12, 31), changes=Changes(), authority_code="", authority="Resignation",
        reason="Resigned", source=None, approved_by=None, actor=officer, at=noon(dt.date(2026, 12, 31)),
    )  # fmt: skip
    with pytest.raises(Conflict, match="This person is separated"):
        carry_out(case, officer)
    with pytest.raises(Invalid, match="Enter what follows"):
        run(effects.record_not_entered, reason=" ", **given)
    run(effects.record_not_entered, reason="Resigned on 31 December.", **given)
    session.expire_all()
    made = decisions_of(session, case)
    assert case.state is CaseState.NOT_ENTERED
    assert made.refusal.startswith("This person is separated on ")
    assert (made.not_entered_reason, made.officer.name) == ("Resigned on 31 December.", "Ana Ruiz")
    assert made.carried_out_at is None
    hand_over(case, officer, EFFECTIVE)
    closing = {"case_id": case.id, "note": "", "actor": officer}
    with pytest.raises(Conflict, match="can be contested until 3 February 2027"):
        run(appeals.close_case, at=noon(dt.date(2027, 2, 3)), **closing)
    run(appeals.close_case, at=noon(dt.date(2027, 2, 4)), **closing)
    session.expire_all()
    assert (case.state, case.retained_until) == (CaseState.CLOSED, dt.date(2034, 2, 4))


def test_what_was_never_entered_leaves_nothing_to_put_right(session, employee, officer, decider, at):
    case = decide(session, employee, officer, decider, Action.REPRIMAND)
    carry_out(case, officer)
    appeal(session, case, officer, REVERSED, forum=Forum.GRIEVANCE)
    assert owed(right(case, officer, dt.date(2027, 1, 11))) == (None, None)
    run(appeals.close_case, case_id=case.id, note="", actor=officer, at=noon(dt.date(2027, 1, 11)))
    session.expire_all()
    assert case.retained_until == dt.date(2034, 1, 11)


def test_a_reprimand_is_kept_for_four_years(session, employee, officer, decider):
    case = decide(session, employee, officer, decider, Action.REPRIMAND)
    carry_out(case, officer)
    hand_over(case, officer, EFFECTIVE)
    closed = dt.date(2027, 2, 8)
    run(appeals.close_case, case_id=case.id, note="", actor=officer, at=noon(closed))
    session.expire_all()
    assert case.retained_until == dt.date(2031, 2, 8)
