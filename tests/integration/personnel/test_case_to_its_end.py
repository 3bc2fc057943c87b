"""A removal under 7513 from proposal to appeal, and each unlawful shortcut with its first lawful day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.actions.queries import as_of
from app.personnel.actions.states import Standing
from app.personnel.case_appeals import remedies
from app.personnel.case_appeals import services as appeals
from app.personnel.case_appeals.models import CaseAppeal
from app.personnel.case_appeals.states import AppealOutcome
from app.personnel.case_files import services as case_files
from app.personnel.case_files.models import Purpose
from app.personnel.decisions import effects
from app.personnel.decisions import services as decisions
from app.personnel.decisions.models import Decision, Finding
from app.personnel.decisions.services import Ruling
from app.personnel.deliveries import services as deliveries
from app.personnel.deliveries.decisions import record_decision_delivery
from app.personnel.deliveries.models import Way
from app.personnel.deliveries.services import Handover
from app.personnel.discipline import services
from app.personnel.discipline.models import Charge, DisciplinaryCase
from app.personnel.discipline.queries import get_own_case
from app.personnel.discipline.rules import propose
from app.personnel.discipline.services import ChargeValues, Draft
from app.personnel.discipline.states import Action, CaseState, DutyStatus, Forum
from app.personnel.penalty_factors.models import Stage
from app.personnel.replies import answers
from app.personnel.replies import services as replies
from app.personnel.replies.answers import Heard
from app.personnel.replies.models import Reply
from app.personnel.replies.queries import find_representative
from app.personnel.replies.services import Spokesperson
from app.personnel.replies.states import Ground, ReplyKind
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.filecheck.kept import KeptFile
from tests.factories.accounts import make_actor, make_agency
from tests.factories.discipline import answer_factors, lead
from tests.factories.personnel import make_appointment, make_employee, make_position

# Proposed on Friday 20 November 2026 and delivered on the 23rd: day 7 is the 30th, day 30 is 23 December.
DELIVERED, REPLY_DUE = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
EFFECTIVE = dt.date(2026, 12, 23)
REASONS = "The time sheet shows it.\nThe answer does not explain it."
LAW = "5 U.S.C. 7513(b) and 5 CFR 752.404"


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(17), dt.UTC)


def run(act, **values):
    with transaction() as opened:
        return act(opened, **values)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission", address="31 Chambers Street\nNew York, NY 10007")


@pytest.fixture
def proposer(session, agency):
    return make_actor(session, name="Luis Ortega", roles=[(Role.SUPERVISOR, agency.id)])


@pytest.fixture
def decider(session, agency):
    return make_actor(session, name="Helen Marsh", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def officer(session, agency):
    return make_actor(session, name="Ana Ruiz", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def own(session):
    return make_actor(session, name="Dana Okafor")


@pytest.fixture
def employee(session, agency, own, proposer):
    employee = make_employee(session, agency=agency, name="Dana Okafor", account_id=own.id)
    make_appointment(
        session, position=make_position(session, agency=agency, title="Clerk"), employee=employee
    )
    lead(session, boss=proposer, employee=employee)
    return employee


def propose_case(session, employee, proposer, decider, at, *, action=Action.REMOVAL, days=None, procedure=""):
    draft = Draft(propose(action, days), "Two absences.", "Warned in June.", decider.id, procedure)
    case = run(services.open_case, employee_id=employee.id, draft=draft, actor=proposer, at=at)
    charge = ChargeValues("Absence", "On 12 October you were absent.\nOn 19 October too.", "Time sheet")
    run(services.add_charge, case_id=case.id, values=charge, actor=proposer, at=at)
    answer_factors(session, case_id=case.id, by=proposer.id)
    values = {"delivered_on": dt.date(2026, 11, 20), "duty_status": DutyStatus.ON_DUTY}
    run(services.propose_action, case_id=case.id, actor=proposer, at=at, **values)
    session.expire_all()
    return session.get(DisciplinaryCase, case.id)


@pytest.fixture
def proposed(session, employee, proposer, decider, at):
    return propose_case(session, employee, proposer, decider, at)


def deliver(case, actor, day=DELIVERED, today=None):
    handover = Handover(Way.IN_PERSON, day, "Luis Ortega", "Signed for by the employee.")
    at = noon(today or day)
    return run(deliveries.record_delivery, case_id=case.id, handover=handover, file=None, actor=actor, at=at)


@pytest.fixture
def delivered(session, proposed, proposer):
    deliver(proposed, proposer)
    session.expire_all()
    return proposed


def ruling(session, case, action=Action.REMOVAL, days=None, effective_on=EFFECTIVE, sustained=(True, False)):
    [charge] = session.scalars(select(Charge).where(Charge.case_id == case.id)).all()
    found = {(charge.id, number): is_so for number, is_so in enumerate(sustained, 1)}
    return Ruling(action, days, effective_on, found, REASONS)


def decide(session, case, actor, day=dt.date(2026, 12, 1), **values):
    given = ruling(session, case, **values)
    return run(decisions.decide_case, case_id=case.id, ruling=given, actor=actor, at=noon(day))


@pytest.fixture
def decided(session, delivered, decider):
    answer_factors(session, case_id=delivered.id, by=decider.id, stage=Stage.DECISION)
    decide(session, delivered, decider)
    session.expire_all()
    return delivered


def refusal(kind, act, *args, **values) -> str:
    with pytest.raises(kind) as refused:
        act(*args, **values)
    error = refused.value
    return " ".join(error.fields.values()) if isinstance(error, Invalid) else error.message


def test_the_days_are_counted_anew_from_the_real_delivery(session, delivered):
    """Proposed for delivery on the 20th, handed over on the 23rd: nothing counts from the plan any more."""
    days = (delivered.state, delivered.delivered_on, delivered.reply_due_on, delivered.effective_from_on)
    assert days == (CaseState.DELIVERED, DELIVERED, REPLY_DUE, EFFECTIVE)


def test_a_notice_is_not_delivered_before_its_proposal_nor_ahead_nor_twice(session, proposed, proposer):
    early = refusal(Invalid, deliver, proposed, proposer, dt.date(2026, 11, 19), dt.date(2026, 11, 23))
    assert early == (
        "The action was proposed on 20 November 2026, so the notice cannot have been delivered before"
    )
    ahead = refusal(Invalid, deliver, proposed, proposer, dt.date(2026, 11, 24), dt.date(2026, 11, 23))
    assert ahead == "The day of delivery must not be after today"
    deliver(proposed, proposer)
    again = refusal(Conflict, deliver, proposed, proposer)
    assert again == "This case is delivered. A delivery is recorded once, after the proposal."


def test_nothing_is_decided_before_the_notice_is_delivered(session, proposed, decider):
    told = refusal(Conflict, decide, session, proposed, decider)
    assert told == "The notice has not been delivered, so there is nothing to decide yet."


def test_no_decision_before_the_time_to_answer_has_ended(session, delivered, decider):
    answer_factors(session, case_id=delivered.id, by=decider.id, stage=Stage.DECISION)
    told = refusal(Conflict, decide, session, delivered, decider, REPLY_DUE)
    assert told == (
        "No decision before 1 December 2026: the employee may answer until the end of 30 November 2026 "
        f"({LAW})."
    )
    assert decide(session, delivered, decider, dt.date(2026, 12, 1)).decided_on == dt.date(2026, 12, 1)


def test_only_the_deciding_official_decides_and_never_the_proposer(session, delivered, proposer, officer):
    assert refusal(Conflict, decide, session, delivered, proposer) == (
        "You proposed this action, so somebody else has to decide on it."
    )
    assert refusal(Conflict, decide, session, delivered, officer) == (
        "Only the deciding official named in the notice decides this case."
    )


def test_each_factor_is_weighed_before_a_penalty(session, delivered, decider):
    answer_factors(session, case_id=delivered.id, by=decider.id, stage=Stage.DECISION, but=7)
    told = refusal(Conflict, decide, session, delivered, decider)
    assert told.startswith(
        "No penalty is decided before each of the twelve factors is answered. Missing: 7 ("
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"effective_on": dt.date(2026, 12, 22)},
            f"It may take effect from 23 December 2026 on ({LAW})",
        ),
        ({"effective_on": None}, "Enter the day on which it takes effect"),
        ({"sustained": (False, False)}, "No charge is sustained, so no penalty can be imposed"),
        ({"sustained": (True,)}, "Say of each specification whether it is sustained"),
        ({"sustained": (True, True, True)}, "A charge that the notice does not state cannot be sustained"),
        (
            {"action": Action.SUSPENSION, "days": 20},
            "A suspension of this kind is 1 to 14 days long (5 U.S.C. 7503)",
        ),
        ({"action": Action.LONG_SUSPENSION}, "Enter the number of days of the suspension"),
    ],
)
def test_an_unlawful_decision_is_refused_at_its_field(session, delivered, decider, values, sentence):
    answer_factors(session, case_id=delivered.id, by=decider.id, stage=Stage.DECISION)
    assert refusal(Invalid, decide, session, delivered, decider, **values) == sentence
    assert session.scalars(select(Decision)).all() == []


def test_a_penalty_is_never_heavier_than_proposed(session, employee, proposer, decider, at):
    case = propose_case(session, employee, proposer, decider, at, action=Action.LONG_SUSPENSION, days=20)
    deliver(case, proposer)
    session.expire_all()
    answer_factors(session, case_id=case.id, by=decider.id, stage=Stage.DECISION)
    for action, days in ((Action.REMOVAL, None), (Action.DEMOTION, None), (Action.LONG_SUSPENSION, 21)):
        told = refusal(Invalid, decide, session, case, decider, action=action, days=days)
        assert told == "The penalty must not be heavier than the one that was proposed"
    assert decide(session, case, decider, action=Action.LONG_SUSPENSION, days=15).days == 15


def test_a_decision_is_made_once_and_its_letter_gives_the_appeal(session, decided, decider):
    again = refusal(Conflict, decide, session, decided, decider)
    assert again == "This case is decided. A case is decided once."
    decision = session.scalars(select(Decision)).one()
    letter = session.get(Notice, decision.notice_id).context["letter"]
    assert (decided.state, decided.effective_on) == (CaseState.DECIDED, EFFECTIVE)
    assert session.scalars(select(Finding.is_sustained).order_by(Finding.specification)).all() == [
        True,
        False,
    ]
    assert (letter["action"], letter["effective_on"]) == ("removal from service", "2026-12-23")
    assert [one["is_sustained"] for one in letter["charges"][0]["specifications"]] == [True, False]
    assert [(way["title"], way["until"], way["law"]) for way in letter["ways_on"]] == [
        (
            "Appeal to the Merit Systems Protection Board",
            "2027-01-22",
            "5 U.S.C. 7513(d) and 5 CFR 1201.22(b); 5 CFR 1201.23(a)",
        ),
        ("Grievance", "2027-01-22", "5 U.S.C. 7121(e)"),
    ]
    assert len(letter["factors"]) == 12


def carry_out(case, actor, day=EFFECTIVE, reduction=effects.Reduction()):  # noqa: B008 - frozen
    return run(effects.carry_out, case_id=case.id, reduction=reduction, actor=actor, at=noon(day))


def test_a_removal_is_carried_out_from_its_effective_day(session, decided, officer, employee):
    early = refusal(Conflict, carry_out, decided, officer, dt.date(2026, 12, 22))
    assert early == "This takes effect on 23 December 2026. Carry it out from that day on."
    carry_out(decided, officer)
    session.expire_all()
    after = as_of(session, employee.id, dt.date(2026, 12, 24))
    assert (decided.state, after.standing, after.position_id) == (
        CaseState.CARRIED_OUT,
        Standing.SEPARATED,
        None,
    )
    assert refusal(Conflict, carry_out, decided, officer) == (
        "This case is carried out, so there is nothing to carry out."
    )


def appeal(case, actor, filed_on=dt.date(2027, 1, 5), forum=Forum.BOARD, day=None):
    at = noon(day or filed_on)
    values = {"forum": forum, "docket": "NY-0752-27-0031-I-1", "filed_on": filed_on}
    return run(appeals.record_appeal, case_id=case.id, actor=actor, at=at, **values)


def end(case, actor, outcome=AppealOutcome.REVERSED, lighter=None, day=dt.date(2027, 3, 1)):
    ending = appeals.Ending(outcome, day, "The second charge was the only one proved.", lighter)
    return run(appeals.record_outcome, case_id=case.id, ending=ending, actor=actor, at=noon(day))


def hand_over(case, actor, day, today=None):
    handover = Handover(Way.COURIER, day, "Rider of the post", "Receipt 4711.")
    at = noon(today or day)
    return run(record_decision_delivery, case_id=case.id, handover=handover, file=None, actor=actor, at=at)


def close(case, actor, day):
    return run(appeals.close_case, case_id=case.id, note="", actor=actor, at=noon(day))


def test_a_case_is_closed_only_once_nothing_can_follow(session, decided, officer):
    assert refusal(Conflict, close, decided, officer, EFFECTIVE) == "The decision is not carried out yet."
    carry_out(decided, officer)
    unread = refusal(Conflict, close, decided, officer, dt.date(2027, 1, 23))
    assert unread.startswith("When the decision was delivered is not on record.")
    hand_over(decided, officer, dt.date(2026, 12, 2))
    told = refusal(Conflict, close, decided, officer, dt.date(2027, 1, 22))
    assert told == (
        "The decision can be contested until 22 January 2027. Close the case from 23 January 2027 on."
    )
    close(decided, officer, dt.date(2027, 1, 23))
    session.expire_all()
    assert (decided.state, decided.retained_until) == (CaseState.CLOSED, dt.date(2034, 1, 23))


def test_an_appeal_is_recorded_in_its_time_and_reversed_with_a_remedy(session, decided, officer, employee):
    early = refusal(Conflict, appeal, decided, officer, dt.date(2026, 12, 24))
    assert early == "This case is decided. An appeal follows once the decision is carried out."
    carry_out(decided, officer)
    wrong = refusal(Invalid, appeal, decided, officer, forum=Forum.COMMISSION)
    assert wrong == f"This procedure knows no such remedy ({LAW})"
    too_soon = refusal(Invalid, appeal, decided, officer, dt.date(2026, 12, 22), day=dt.date(2027, 1, 5))
    assert too_soon.startswith("It can be contested from 23 December 2026 on")
    made = appeal(decided, officer)
    assert made.due_on == dt.date(2027, 1, 22)
    assert refusal(Conflict, close, decided, officer, dt.date(2027, 2, 1)) == (
        "An appeal is pending. Close the case once it is decided."
    )
    end(decided, officer)
    assert refusal(Conflict, close, decided, officer, dt.date(2027, 3, 2)) == (
        "The appeal changed the action. Put the service record right before the case is closed."
    )
    back_on = dt.date(2027, 3, 8)
    righting = remedies.Righting("Back pay from 24 December 2026, with interest.", back_on)
    run(remedies.apply_remedy, case_id=decided.id, righting=righting, actor=officer, at=noon(back_on))
    close(decided, officer, back_on)
    session.expire_all()
    assert as_of(session, employee.id, back_on).standing is Standing.IN_SERVICE
    assert decided.state is CaseState.CLOSED
    made = session.scalars(select(CaseAppeal)).one()
    assert (made.back_pay_from, made.back_pay_to) == (dt.date(2026, 12, 24), dt.date(2027, 3, 7))


def test_what_comes_of_an_appeal_is_checked(session, decided, officer):
    carry_out(decided, officer)
    appeal(decided, officer)
    mitigated = AppealOutcome.MITIGATED
    assert refusal(Invalid, end, decided, officer, mitigated) == "Select the lighter penalty"
    same = refusal(Invalid, end, decided, officer, mitigated, (Action.REMOVAL, None))
    assert same == "This penalty is not lighter than the one that was decided"
    before = refusal(Invalid, end, decided, officer, AppealOutcome.SUSTAINED, day=dt.date(2027, 1, 4))
    assert before == "The appeal was filed on 5 January 2027, so not before"
    end(decided, officer, mitigated, (Action.LONG_SUSPENSION, 60))
    twice = refusal(Conflict, end, decided, officer)
    assert twice == "What came of this appeal is on record already."


def reply(case, actor, day, text="I had called in."):
    values = {"text": text, "file": None, "title": ""}
    return run(replies.give_reply, case_id=case.id, actor=actor, at=noon(day), **values)


def test_the_employee_answers_while_the_time_runs_and_nobody_else(session, delivered, own, officer):
    reply(delivered, own, REPLY_DUE)
    assert refusal(Conflict, reply, delivered, own, dt.date(2026, 12, 1)) == (
        "The time to answer ended with 30 November 2026."
    )
    assert refusal(NotFound, reply, delivered, officer, DELIVERED) == "There is no such case."
    assert session.scalars(select(Reply.given_on)).all() == [REPLY_DUE]


def test_more_time_is_agreed_and_moves_the_decision(session, delivered, own, officer, decider):
    until = dt.date(2026, 12, 28)
    asked = {"until_on": until, "reason": "My doctor is away."}
    run(replies.ask_more_time, case_id=delivered.id, actor=own, at=noon(REPLY_DUE), **asked)
    waits = refusal(Conflict, decide, session, delivered, decider)
    assert waits == "The employee has asked for more time to answer. Agree or refuse first."
    given = {"is_agreed": True, "answer": "", "actor": officer, "at": noon(REPLY_DUE)}
    run(answers.decide_more_time, case_id=delivered.id, **given)
    session.expire_all()
    assert (delivered.reply_due_on, delivered.effective_from_on) == (until, dt.date(2026, 12, 29))
    reply(delivered, own, until)
    told = refusal(Conflict, decide, session, delivered, decider, until)
    assert told.startswith("No decision before 29 December 2026")


def test_no_more_time_is_agreed_to_once_its_day_has_passed(session, delivered, own, officer):
    until = dt.date(2026, 12, 2)
    asked = {"until_on": until, "reason": "My doctor is away."}
    run(replies.ask_more_time, case_id=delivered.id, actor=own, at=noon(REPLY_DUE), **asked)
    given = {"case_id": delivered.id, "answer": "Too late.", "actor": officer}
    late = noon(until + dt.timedelta(days=1))
    told = refusal(Invalid, run, answers.decide_more_time, is_agreed=True, at=late, **given)
    assert told.startswith("The day until which time was asked for has passed")
    run(answers.decide_more_time, is_agreed=False, at=late, **given)
    session.expire_all()
    assert delivered.reply_due_on == REPLY_DUE


def test_files_of_the_office_never_shut_out_those_of_the_answer(session, delivered, own, monkeypatch):
    monkeypatch.setattr(case_files, "MOST_FILES", 1)

    def put(purpose, digest):
        with transaction() as opened:
            case = get_own_case(opened, delivered.id, own.id, lock=True)
            file = KeptFile("a.pdf", "application/pdf", 9, digest * 64)
            case_files.put_file(
                opened, case, purpose=purpose, title="", file=file, actor=own, at=noon(DELIVERED)
            )

    put(Purpose.EVIDENCE, "a")
    put(Purpose.REPLY, "a")
    for purpose in (Purpose.EVIDENCE, Purpose.REPLY):
        with pytest.raises(Conflict, match="at most 1 files of this kind"):
            put(purpose, "b")


def test_a_representative_is_refused_on_a_ground_and_another_named(session, delivered, own, officer):
    who = Spokesperson("Rex Holt", "Local 12", "rex@example.org")
    run(replies.name_representative, case_id=delivered.id, who=who, actor=own, at=noon(DELIVERED))
    refused = {"ground": Ground.CONFLICT_OF_POSITION, "reason": "He keeps the time sheets."}
    run(answers.refuse_representative, case_id=delivered.id, actor=officer, at=noon(DELIVERED), **refused)
    other = replace(who, name="Ida Wells")
    run(replies.name_representative, case_id=delivered.id, who=other, actor=own, at=noon(DELIVERED))
    assert find_representative(session, delivered.id).name == "Ida Wells"


def test_an_oral_answer_is_recorded_but_no_hearing_under_7513(session, delivered, officer):
    heard = Heard(ReplyKind.ORAL, dt.date(2026, 11, 25), "Helen Marsh", "The employee was ill.")
    run(answers.record_heard, case_id=delivered.id, heard=heard, actor=officer, at=noon(REPLY_DUE))
    hearing = replace(heard, kind=ReplyKind.HEARING)
    told = refusal(
        Invalid,
        run,
        answers.record_heard,
        case_id=delivered.id,
        heard=hearing,
        actor=officer,
        at=noon(REPLY_DUE),
    )
    assert told == f"This procedure knows an oral answer, but no hearing ({LAW})"
    early = replace(heard, given_on=dt.date(2026, 11, 22))
    told = refusal(
        Invalid,
        run,
        answers.record_heard,
        case_id=delivered.id,
        heard=early,
        actor=officer,
        at=noon(REPLY_DUE),
    )
    assert told == "The notice was delivered on 23 November 2026, so not before"


def test_a_suspension_is_followed_by_the_return(session, employee, proposer, decider, officer, at):
    case = propose_case(session, employee, proposer, decider, at, action=Action.SUSPENSION, days=5)
    deliver(case, proposer)
    session.expire_all()
    first = dt.date(2026, 12, 2)
    decide(session, case, decider, action=Action.SUSPENSION, days=5, effective_on=first)
    carry_out(case, officer, first)
    session.expire_all()
    assert as_of(session, employee.id, first).standing is Standing.SUSPENDED
    assert case.state is CaseState.CARRIED_OUT


def test_a_case_without_penalty_is_closed_at_once(session, delivered, decider, officer):
    decide(session, delivered, decider, action=None, effective_on=None, sustained=(False, False))
    assert refusal(Conflict, carry_out, delivered, officer) == (
        "No penalty was imposed, so there is nothing to carry out. Close the case."
    )
    close(delivered, officer, dt.date(2026, 12, 1))
    session.expire_all()
    assert delivered.state is CaseState.CLOSED


def test_an_action_for_performance_rests_on_a_failed_opportunity(session, employee, proposer, decider, at):
    told = refusal(Conflict, propose_case, session, employee, proposer, decider, at, procedure="performance")
    assert told.startswith("No opportunity to improve is on record that ended unacceptable")


def test_the_supervisor_neither_carries_out_nor_closes(session, decided, proposer):
    with pytest.raises(Forbidden):
        carry_out(decided, proposer)
    with pytest.raises(Forbidden):
        close(decided, proposer, EFFECTIVE)


def test_the_employee_does_not_see_a_draft(session, employee, proposer, decider, own, at):
    draft = Draft(propose(Action.REMOVAL, None), "A.", "B.", decider.id)
    case = run(services.open_case, employee_id=employee.id, draft=draft, actor=proposer, at=at)
    with pytest.raises(NotFound):
        reply(case, own, DELIVERED)


def test_a_lighter_penalty_has_its_own_remedies(session, delivered, decider, officer):
    """Removal was proposed and ten days of suspension are decided: these cannot be appealed to the Board."""
    answer_factors(session, case_id=delivered.id, by=decider.id, stage=Stage.DECISION)
    values = {"action": Action.SUSPENSION, "days": 10, "effective_on": EFFECTIVE}
    decide(session, delivered, decider, **values)
    decision = session.scalars(select(Decision)).one()
    letter = session.get(Notice, decision.notice_id).context["letter"]
    assert [way["title"] for way in letter["ways_on"]] == ["Grievance"]
    assert (letter["effective_on"], letter["ends_on"]) == ("2026-12-23", "2027-01-01")
    carry_out(delivered, officer)
    refused = refusal(Invalid, appeal, delivered, officer)
    assert refused == "This procedure knows no such remedy (5 U.S.C. 7503(b) and 5 CFR 752.203)"
    assert appeal(delivered, officer, forum=Forum.GRIEVANCE).due_on == dt.date(2027, 1, 22)
