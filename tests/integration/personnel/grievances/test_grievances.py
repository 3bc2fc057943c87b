"""A grievance goes its steps: who answers, what silence does, what both sides agree, how it ends."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.accounts.holidays.models import Holiday
from app.accounts.models import RoleGrant
from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.grievances import agreeing, answering, deciding, queries, services
from app.personnel.grievances.models import GrievanceProcedure, GrievanceStep
from app.personnel.grievances.states import AgreementKind, Ending, GrievanceState, Outcome, StepState
from app.platform.db import transaction
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.ids import new_id
from app.web.checked_files import KeptFile
from tests.factories.accounts import make_account, make_actor
from tests.integration.personnel.grievances.conftest import day

REMEDY = {"remedy": "Rosters come two weeks ahead.", "remedy_due_on": dt.date(2026, 12, 18)}


def letters(session):
    rows = session.scalars(select(Notice).order_by(Notice.id))
    return [(row.template, row.context["letter"]) for row in rows]


def test_filing_opens_the_first_step_and_a_letter_confirms_it(session, acts):
    grievance = acts.again(acts.file())
    step = grievance.current
    assert (grievance.number, grievance.state, step.level) == ("G-2026-0001", GrievanceState.AT_STEP, 1)
    assert (acts.decider(grievance), step.due_on, step.moved) == ("boss", dt.date(2026, 12, 4), "")
    [(template, letter)] = letters(session)
    assert template == "grievance_received"
    assert (letter["decider"]["name"], letter["answer_due_on"]) == ("Boss", "2026-12-04")
    assert acts.mails() == [("boss", "A grievance waits for your answer")]


def test_holidays_of_the_agency_are_no_business_days(session, acts, town):
    session.add(Holiday(agency_id=town.agency.id, on=dt.date(2026, 11, 26), name="Thanksgiving"))
    session.flush()
    assert acts.again(acts.file()).current.due_on == dt.date(2026, 12, 7)


def test_only_who_is_in_service_files_and_out_of_time_only_with_a_reason(session, acts):
    with pytest.raises(Conflict, match="in service"):
        services.file_grievance(
            session, filing=_filing(acts), file=None, actor=make_actor(session), at=acts.at
        )
    with pytest.raises(Invalid) as caught:
        acts.file(happened_on=dt.date(2026, 9, 1))
    assert list(caught.value.fields) == ["late_reason"]
    late = acts.file(happened_on=dt.date(2026, 9, 1), late_reason="I was at sea.")
    assert late.late_reason == "I was at sea."
    assert acts.file(late_reason="Not needed").late_reason == ""


def _filing(acts):
    return services.Filing(
        matter=acts.file().matter,
        statement="x",
        remedy_sought="y",
        provisions="",
        happened_on=dt.date(2026, 11, 9),
    )


def test_an_answer_waits_for_the_grievant_who_accepts_it_and_the_remedy_is_tracked(session, acts):
    grievance = acts.file()
    acts.answer(grievance, outcome=Outcome.PARTLY, **REMEDY)
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.appeal_due_on) == (GrievanceState.ANSWERED, dt.date(2026, 12, 4))
    assert grievance.remedies == []
    services.accept(session, grievance_id=grievance.id, actor=acts.actor("grievant"), at=acts.at)
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.ending) == (GrievanceState.REMEDY, Ending.ACCEPTED)
    [remedy] = grievance.remedies
    assert (remedy.what, remedy.due_on) == (REMEDY["remedy"], REMEDY["remedy_due_on"])

    def finish(by, done_on=dt.date(2026, 11, 20)):
        answering.finish_remedy(
            session,
            grievance_id=grievance.id,
            remedy_id=remedy.id,
            done_on=done_on,
            note="Posted.",
            actor=acts.actor(by),
            at=acts.at,
        )

    with pytest.raises(Forbidden):
        finish("boss")
    with pytest.raises(Invalid):
        finish("officer", dt.date(2026, 11, 21))
    finish("officer")
    assert acts.again(grievance).state is GrievanceState.CLOSED
    with pytest.raises(Conflict):
        finish("officer")


def test_the_letter_of_a_decision_names_the_way_on(session, acts):
    acts.answer(acts.file())
    template, letter = letters(session)[-1]
    assert (template, letter["outcome"], letter["signed_by"]["name"]) == (
        "grievance_decision",
        "denied",
        "Boss",
    )
    assert letter["further"]["title"] == "Step 2, next supervisor in line"
    assert letter["further"]["due_on"] == "2026-12-04"


@pytest.mark.parametrize(
    ("outcome", "values", "field"),
    [
        (Outcome.DENIED, {"findings": "  "}, "findings"),
        (Outcome.DENIED, REMEDY, "remedy"),
        (Outcome.GRANTED, {}, "remedy"),
        (Outcome.PARTLY, {"remedy": "Pay"}, "remedy_due_on"),
    ],
)
def test_an_answer_that_is_not_whole_is_refused(acts, outcome, values, field):
    grievance = acts.file()
    with pytest.raises(Invalid) as caught:
        acts.answer(grievance, outcome=outcome, **values)
    assert list(caught.value.fields) == [field]
    assert acts.again(grievance).state is GrievanceState.AT_STEP


def test_only_who_is_named_answers_and_only_once(acts):
    grievance = acts.file()
    with pytest.raises(Forbidden):
        acts.answer(grievance, by="officer")
    for by in ("head", "stranger", "grievant"):
        with pytest.raises(NotFound):
            acts.answer(grievance, by=by)
    acts.answer(grievance)
    with pytest.raises(Conflict):
        acts.answer(grievance)


def test_the_way_through_every_step_to_the_award(session, acts):
    grievance = acts.file()
    deciders = []
    for by in ("boss", "head", "authority"):
        deciders.append(acts.decider(grievance))
        acts.answer(grievance, by=by)
        acts.go_on(grievance)
    assert deciders == ["boss", "head", "authority"]
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.hearing.arbitrator) == (GrievanceState.OUTSIDE, "")
    award = answering.Answer(Outcome.GRANTED, "The agreement was not kept.", **REMEDY)

    def record(award_on=dt.date(2026, 11, 20)):
        answering.record_award(
            session,
            grievance_id=grievance.id,
            values=award,
            award_on=award_on,
            actor=acts.actor("officer"),
            at=acts.at,
        )

    with pytest.raises(Conflict, match="who hears it"):
        record()
    answering.arrange_hearing(
        session,
        grievance_id=grievance.id,
        arbitrator="Ada Reuter",
        hearing_on=dt.date(2026, 12, 2),
        place="Room 4",
        actor=acts.actor("officer"),
        at=acts.at,
    )
    with pytest.raises(Invalid):
        record(dt.date(2026, 11, 21))
    record()
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.ending) == (GrievanceState.REMEDY, Ending.AWARD)
    assert grievance.hearing.outcome is Outcome.GRANTED


def test_silence_moves_a_grievance_on_by_the_clock_exactly_once(session, acts):
    grievance = acts.file()
    assert acts.watch(day(4, hour=23)) == 0  # the last day itself
    assert acts.watch(day(5, hour=3)) == 0  # still the last day in New York
    assert acts.watch(day(5)) == 1
    assert acts.watch(day(5)) == 0
    grievance = acts.again(grievance)
    assert [(step.level, step.state) for step in grievance.steps] == [
        (1, StepState.MISSED),
        (2, StepState.OPEN),
    ]
    assert (acts.decider(grievance), grievance.current.due_on) == ("head", dt.date(2026, 12, 18))
    told = [who for who, subject in acts.mails() if "not answered in time" in subject or "limit" in subject]
    assert sorted(told) == ["grievant", "officer", "second"]
    with pytest.raises(NotFound):  # who missed it sees it still, but may not answer
        acts.answer(grievance, by="stranger")
    with pytest.raises(Forbidden):
        acts.answer(grievance, by="boss")


def test_silence_at_the_last_step_lets_the_grievant_go_outside(acts):
    grievance = acts.file()
    for when in (day(5), day(19), day(20, month=12, hour=15) + dt.timedelta(days=20)):
        assert acts.watch(when) == 1
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.level) == (GrievanceState.ANSWERED, 3)
    acts.go_on(grievance, at=day(20) + dt.timedelta(days=21))
    assert acts.again(grievance).state is GrievanceState.OUTSIDE


def test_under_another_procedure_silence_only_opens_the_way(session, acts, town):
    answering.set_procedure(
        session, agency_id=town.agency.id, name="california", actor=acts.actor("officer"), at=acts.at
    )
    grievance = acts.file()
    assert acts.watch(day(5)) == 1
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.level) == (GrievanceState.ANSWERED, 1)
    assert grievance.appeal_due_on == dt.date(2026, 12, 18)
    assert acts.watch(day(19)) == 1
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.ending) == (GrievanceState.CLOSED, Ending.LAPSED)


def test_at_a_last_step_with_nothing_after_it_silence_stays_overdue_and_is_told_once(session, acts, town):
    answering.set_procedure(
        session, agency_id=town.agency.id, name="california", actor=acts.actor("officer"), at=acts.at
    )
    grievance = acts.file()
    when = acts.at
    for _ in range(3):
        when += dt.timedelta(days=40)
        assert acts.watch(when) == 1
        acts.go_on(grievance, at=when)
    for _ in range(2):
        assert acts.watch(when + dt.timedelta(days=60)) == 0
    assert acts.again(grievance).state is GrievanceState.AT_STEP
    told = [who for who, subject in acts.mails() if subject == "An answer is overdue"]
    assert sorted(told) == ["officer", "second"]


def test_the_decider_is_reminded_three_days_and_one_day_before_once_each(acts):
    acts.file()
    for when in (day(30, month=11), day(1), day(1, hour=18), day(3), day(4)):
        acts.watch(when)
    assert acts.mails().count(("boss", "Your answer to a grievance is due")) == 2


def test_an_answer_that_is_not_taken_further_in_time_stands(acts):
    grievance = acts.file()
    acts.answer(grievance, outcome=Outcome.GRANTED, **REMEDY)
    assert acts.watch(day(4)) == 0
    with pytest.raises(Conflict, match="4 December 2026"):
        acts.go_on(grievance, at=day(5))
    assert acts.watch(day(5)) == 1
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.ending, len(grievance.remedies)) == (
        GrievanceState.REMEDY,
        Ending.LAPSED,
        1,
    )
    acts.watch(day(22))
    acts.watch(day(23))
    assert acts.mails().count(("officer", "A remedy is overdue")) == 1


@pytest.mark.parametrize(
    ("about", "email", "expected"),
    [
        ("nobody", "", "boss"),
        ("supervisor", "", "authority"),
        ("next_supervisor", "", "boss"),
        ("other", "authority@harbour.example", "boss"),
    ],
)
def test_who_the_complaint_is_about_never_answers_it(acts, about, email, expected):
    grievance = acts.file(about=about, about_email=email)
    assert acts.decider(grievance) == expected
    assert bool(acts.again(grievance).current.moved) == (expected == "authority")


def test_who_the_complaint_is_about_cannot_read_it_either(session, acts):
    grievance = acts.file(about="other", about_email="officer@harbour.example")
    with pytest.raises(NotFound):
        queries.get_grievance(session, grievance.id, acts.actor("officer"))
    assert queries.get_grievance(session, grievance.id, acts.actor("second")).id == grievance.id
    assert acts.mails() == [("boss", "A grievance waits for your answer")]


@pytest.mark.parametrize("email", ["nobody@harbour.example", "grievant@harbour.example"])
def test_a_complaint_about_somebody_unknown_or_oneself_is_refused(acts, email):
    with pytest.raises(Invalid) as caught:
        acts.file(about="other", about_email=email)
    assert list(caught.value.fields) == ["about_email"]


def test_a_party_gives_the_step_up_to_somebody_outside_the_line(session, acts):
    grievance = acts.file()
    answering.recuse(
        session, grievance_id=grievance.id, reason="We are cousins.", actor=acts.actor("boss"), at=acts.at
    )
    assert acts.decider(grievance) == "authority"
    with pytest.raises(NotFound):
        queries.get_grievance(session, grievance.id, acts.actor("boss"))


def test_who_gave_it_up_is_never_named_again_nor_reads_it(session, acts, town):
    grievance = acts.file()
    for name in ("boss", "authority"):
        answering.recuse(
            session, grievance_id=grievance.id, reason="We are cousins.", actor=acts.actor(name), at=acts.at
        )
    assert acts.decider(grievance) == "officer"
    answering.recuse(
        session, grievance_id=grievance.id, reason="I too.", actor=acts.actor("officer"), at=acts.at
    )
    assert acts.decider(grievance) == "second"
    free = {account.name for account in deciding.list_free(session, acts.again(grievance))}
    assert free == {"Head", "Stranger"}
    for name in ("boss", "authority", "officer"):
        with pytest.raises(NotFound):
            queries.get_grievance(session, grievance.id, acts.actor(name))


def test_the_decider_is_reminded_anew_of_a_later_limit(session, acts):
    grievance = acts.file()
    acts.watch(day(3))
    grievance.current.due_on = dt.date(2026, 12, 11)
    session.flush()
    acts.watch(day(10))
    assert acts.mails().count(("boss", "Your answer to a grievance is due")) == 2


def test_two_first_choices_of_a_procedure_at_once_are_explained(session, acts, town):
    row = {
        "agency_id": town.agency.id,
        "name": "iowa",
        "set_by": town.people["officer"].id,
        "set_at": acts.at,
    }
    session.add(GrievanceProcedure(**row))
    session.flush()
    session.expunge_all()
    with pytest.raises(Invalid) as refused, transaction() as opened:
        opened.add(GrievanceProcedure(**row))
    assert list(refused.value.fields) == ["name"]


def test_the_officer_names_somebody_free_and_never_a_party(session, acts, town):
    grievance = acts.file(about="next_supervisor")

    def assign(name, reason="On leave", by="officer"):
        answering.assign(
            session,
            grievance_id=grievance.id,
            account_id=town.people[name].id,
            reason=reason,
            actor=acts.actor(by),
            at=acts.at,
        )

    for name in ("grievant", "head", "officer"):
        with pytest.raises(Invalid):
            assign(name)
    with pytest.raises(Invalid):
        assign("stranger", reason=" ")
    with pytest.raises(Forbidden):
        assign("stranger", by="boss")
    assign("stranger")
    assert acts.decider(grievance) == "stranger"


def test_without_anybody_free_the_officers_are_told(session, acts, town):
    for role in ("authority", "officer", "second", "administrator"):
        session.delete(town.people[role].role_grants[0])
    watcher = make_account(
        session, email="new@harbour.example", roles=[(Role.GRIEVANCE_OFFICER, town.agency.id)]
    )
    session.flush()
    grievance = acts.file(about="other", about_email="boss@harbour.example")
    assert acts.again(grievance).current.decider_id == watcher.id
    again = acts.file(about="supervisor")
    assert acts.again(again).current.decider_id == watcher.id
    session.execute(delete(RoleGrant).where(RoleGrant.account_id == watcher.id))
    grant = (Role.AGENCY_ADMINISTRATOR, town.agency.id)
    make_account(session, email="giver@harbour.example", roles=[grant])
    assert acts.again(acts.file(about="supervisor")).current.decider_id is None
    assert acts.mails()[-1] == ("giver", "A grievance officer is needed")


def test_more_time_needs_both_sides(session, acts):
    grievance = acts.file()
    own = agreeing.propose(
        session,
        grievance_id=grievance.id,
        kind=AgreementKind.EXTENSION,
        terms="A witness is away.",
        until_on=dt.date(2026, 12, 11),
        actor=acts.actor("boss"),
        at=acts.at,
    )

    def answer(by, is_agreed=True):
        agreeing.answer_proposal(
            session,
            grievance_id=grievance.id,
            agreement_id=own,
            is_agreed=is_agreed,
            actor=acts.actor(by),
            at=acts.at,
        )

    with pytest.raises(Conflict, match="other side"):
        answer("boss")
    with pytest.raises(NotFound):
        answer("stranger")
    assert acts.again(grievance).current.due_on == dt.date(2026, 12, 4)
    answer("grievant")
    assert acts.again(grievance).current.due_on == dt.date(2026, 12, 11)
    assert acts.watch(day(5)) == 0
    with pytest.raises(Conflict):
        answer("grievant")


def test_a_proposal_of_more_time_dies_with_its_limit_and_two_of_a_kind_do_not_wait(session, acts):
    grievance = acts.file()

    def propose(until):
        return agreeing.propose(
            session,
            grievance_id=grievance.id,
            kind=AgreementKind.EXTENSION,
            terms="More papers come.",
            until_on=until,
            actor=acts.actor("grievant"),
            at=acts.at,
        )

    with pytest.raises(Invalid):
        propose(dt.date(2026, 12, 4))
    propose(dt.date(2026, 12, 9))
    with pytest.raises(IntegrityError), session.begin_nested():
        propose(dt.date(2026, 12, 10))
    session.expire_all()
    acts.watch(day(5))
    [row] = acts.again(grievance).agreements
    assert (row.state.value, row.answered_by) == ("refused", None)


def test_a_settlement_ends_the_grievance_and_is_tracked(session, acts):
    grievance = acts.file()
    own = agreeing.propose(
        session,
        grievance_id=grievance.id,
        kind=AgreementKind.SETTLEMENT,
        terms="One day of leave is given back.",
        until_on=dt.date(2026, 12, 1),
        actor=acts.actor("grievant"),
        at=acts.at,
    )
    agreeing.answer_proposal(
        session,
        grievance_id=grievance.id,
        agreement_id=own,
        is_agreed=True,
        actor=acts.actor("officer"),
        at=acts.at,
    )
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.ending) == (GrievanceState.REMEDY, Ending.SETTLED)
    assert grievance.current.state is StepState.ENDED
    assert [row.what for row in grievance.remedies] == ["One day of leave is given back."]
    assert acts.watch(day(5)) == 0


def test_who_withdraws_ends_it_for_good(session, acts):
    grievance = acts.file()

    def withdraw(by):
        services.withdraw(session, grievance_id=grievance.id, reason="", actor=acts.actor(by), at=acts.at)

    for by in ("boss", "officer"):
        with pytest.raises(NotFound):
            withdraw(by)
    withdraw("grievant")
    grievance = acts.again(grievance)
    assert (grievance.state, grievance.ending) == (GrievanceState.CLOSED, Ending.WITHDRAWN)
    with pytest.raises(Conflict):
        withdraw("grievant")
    with pytest.raises(Conflict):
        acts.answer(grievance)
    assert acts.watch(day(5)) == 0


def test_papers_come_from_both_sides_and_no_other(session, acts):
    grievance = acts.file()
    paper = KeptFile("roster.pdf", "application/pdf", 12, "a" * 64)

    def add(by):
        services.add_file(session, grievance_id=grievance.id, file=paper, actor=acts.actor(by), at=acts.at)

    for by in ("grievant", "boss"):
        add(by)
    for by in ("head", "stranger"):
        with pytest.raises(NotFound):
            add(by)
    assert [row.side.value for row in acts.again(grievance).files] == ["grievant", "office"]


def test_one_person_never_answers_two_steps(session, acts, town):
    grievance = acts.file()
    acts.answer(grievance)
    acts.go_on(grievance)
    twice = GrievanceStep(
        id=new_id("grs"), grievance_id=grievance.id, level=9, decider_id=town.people["boss"].id, moved="",
        appeal="", opened_at=acts.at, due_on=dt.date(2026, 12, 4), state=StepState.OPEN, findings="",
        remedy="",
    )  # fmt: skip
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add(twice)
