"""Increases within the grade: found from the service, judged, decided, looked at again."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.notices.models import Notice
from app.personnel.actions.queries import as_of
from app.personnel.actions.services import take_effect_of_due
from app.personnel.performance.models import PerformanceRegime
from app.personnel.performance.services import set_regimes
from app.personnel.within_grade import services
from app.personnel.within_grade.models import StepIncrease
from app.personnel.within_grade.states import IncreaseState
from app.platform.errors import Conflict, Invalid, NotFound
from tests.conftest import sign_in
from tests.factories.accounts import make_agency
from tests.factories.performance import make_increase, make_plan, make_rating


@pytest.fixture
def row(session, line):
    return make_increase(session, employee=line.employee)


@pytest.fixture
def act(session, actor, at):
    class Act:
        def judge(self, row, is_acceptable=True, by="supervisor", grounds="Late filing in May.", when=at):
            return services.determine(
                session,
                increase_id=row.id,
                is_acceptable=is_acceptable,
                grounds=grounds,
                actor=actor(by),
                at=when,
            )

        def decide(self, row, by="officer", is_approved=True, when=at):
            return services.decide(
                session, increase_id=row.id, is_approved=is_approved, actor=actor(by), at=when
            )

        def ask(self, row, by="employee", request="The figures are wrong.", when=at):
            return services.ask_again(session, increase_id=row.id, request=request, actor=actor(by), at=when)

        def answer(self, row, is_granted, by="second", when=at):
            return services.reconsider(
                session,
                increase_id=row.id,
                is_granted=is_granted,
                answer="Looked at.",
                actor=actor(by),
                at=when,
            )

    return Act()


def rated(session, line, level):
    return make_rating(session, plan=make_plan(session, employee=line.employee), level=level)


def test_what_falls_due_is_found_once(session, line, at):
    # service began on 3 March 2025, so 52 weeks are over on 2 March 2026 and pay rises on Sunday 8 March
    before = dt.datetime(2026, 1, 10, 15, tzinfo=dt.UTC)
    assert services.find_due(session, at=before) == 0
    soon = dt.datetime(2026, 1, 12, 15, tzinfo=dt.UTC)
    assert services.find_due(session, at=soon) == 3
    assert services.find_due(session, at=soon) == 0
    found = session.scalars(select(StepIncrease).where(StepIncrease.employee_id == line.employee.id)).one()
    assert (found.from_step, found.to_step, found.waiting_from, found.due_on, found.state) == (
        1,
        2,
        dt.date(2025, 3, 3),
        dt.date(2026, 3, 8),
        IncreaseState.DUE,
    )


def test_one_that_no_longer_falls_due_lapses(session, line, at):
    stale = make_increase(session, employee=line.employee, waiting_from=dt.date(2024, 1, 1))
    services.find_due(session, at=at)
    session.refresh(stale)
    assert stale.state is IncreaseState.LAPSED


def states_of(session):
    return {row.employee_id: (row.agency_id, row.state) for row in session.scalars(select(StepIncrease))}


def test_one_granted_before_its_day_is_not_listed_twice(session, line, row, act, at):
    row.waiting_from, row.due_on = dt.date(2025, 3, 3), dt.date(2026, 11, 29)
    rated(session, line, 3)
    act.judge(row)
    act.decide(row)
    assert services.find_due(session, at=at) == 2
    assert states_of(session)[line.employee.id] == (row.agency_id, IncreaseState.GRANTED)


def test_one_that_moves_to_another_agency_is_due_there_once_more(session, line, row, act, at):
    row.waiting_from = dt.date(2025, 3, 3)
    rated(session, line, 3)
    act.judge(row)
    old, new = row.agency_id, make_agency(session, name="Roads").id
    line.employee.agency_id = new
    session.flush()
    for days in range(3):  # in whichever order the agencies are looked at, two days are enough
        services.find_due(session, at=at + dt.timedelta(days=days))
    session.refresh(row)
    assert old != new
    assert (row.agency_id, row.state, row.determined_by) == (new, IncreaseState.DUE, None)


def test_the_day_follows_the_service_until_somebody_has_decided(session, line, row, at):
    row.waiting_from = dt.date(2025, 3, 3)
    session.flush()
    services.find_due(session, at=at)
    session.refresh(row)
    assert (row.due_on, row.state) == (dt.date(2026, 3, 8), IncreaseState.DUE)


def test_an_agency_whose_rule_is_unknown_keeps_no_other_from_its_increases(session, agency, line, people, at):
    other, setter = make_agency(session, name="Roads").id, people["officer"].id
    session.add(
        PerformanceRegime(agency_id=other, subject="within_grade", name="gone", set_by=setter, set_at=at)
    )
    session.flush()
    assert services.find_due(session, at=at) == 3


def test_a_grant_carries_out_the_step(session, line, row, act):
    rated(session, line, 3)
    act.judge(row)
    with pytest.raises(NotFound):
        act.decide(row, by="supervisor")
    act.decide(row)
    assert (row.state, row.effective_on) == (IncreaseState.GRANTED, dt.date(2026, 11, 29))
    due = dt.datetime(2026, 11, 29, 15, tzinfo=dt.UTC)
    assert take_effect_of_due(session, at=due) == 1
    assert [as_of(session, line.employee.id, dt.date(2026, 11, day)).step for day in (28, 29)] == [1, 2]


def test_who_judged_the_work_does_not_decide(session, line, row, act):
    rated(session, line, 3)
    act.judge(row, by="officer")
    with pytest.raises(Conflict, match="another person"):
        act.decide(row, by="officer")
    act.decide(row, by="second", is_approved=False)
    assert (row.state, row.is_acceptable) == (IncreaseState.DUE, None)


def test_a_denial_has_its_letter_and_is_looked_at_again_by_a_third_person(session, line, row, act):
    rated(session, line, 2)
    act.judge(row, is_acceptable=False)
    act.decide(row)
    letter = session.scalar(select(Notice).where(Notice.subject == row.id))
    assert (row.state, row.reply_until) == (IncreaseState.DENIED, dt.date(2026, 12, 5))
    assert (letter.template, letter.context["letter"]["reply_until"]) == ("increase_denied", "2026-12-05")
    with pytest.raises(NotFound):
        act.ask(row, by="supervisor")
    with pytest.raises(Invalid):
        act.ask(row, request=" ")
    with pytest.raises(Conflict, match="5 December 2026"):
        act.ask(row, when=dt.datetime(2026, 12, 6, 15, tzinfo=dt.UTC))
    act.ask(row, when=dt.datetime(2026, 12, 5, 15, tzinfo=dt.UTC))
    with pytest.raises(Conflict, match="took part"):
        act.answer(row, True, by="officer")
    act.answer(row, True)
    assert (row.state, row.effective_on) == (IncreaseState.GRANTED, row.due_on)


def test_an_upheld_denial_is_judged_anew_and_counts_from_the_next_pay_period(session, line, row, act):
    rating = rated(session, line, 2)
    act.judge(row, is_acceptable=False)
    act.decide(row)
    act.ask(row)
    act.answer(row, False)
    assert row.state is IncreaseState.UPHELD
    rating.summary_level = 3
    later = dt.datetime(2027, 2, 1, 15, tzinfo=dt.UTC)
    act.judge(row, when=later)
    act.decide(row, when=later)
    assert (row.state, row.effective_on) == (IncreaseState.GRANTED, dt.date(2027, 2, 7))


def test_its_pages(client, session, line, row, people):
    rated(session, line, 2)
    sign_in(client, people["employee"])
    assert "Next step due" in client.get("/my/step-increases").text
    assert client.get(f"/my/team/step-increases/{row.id}").status_code == 404
    sign_in(client, people["supervisor"])
    page = f"/my/team/step-increases/{row.id}"
    assert client.get(page).status_code == 200
    against = client.post(page, data={"verdict": "acceptable", "grounds": ""})
    assert (against.status_code, "level 2" in against.text) == (422, True)
    assert client.post(page, data={"verdict": "not", "grounds": ""}).status_code == 422
    assert client.post(page, data={"verdict": "not", "grounds": "Late filing."}).status_code == 303
    sign_in(client, people["officer"])
    staff = f"/staff/step-increases/{row.id}"
    assert client.get("/staff/step-increases").status_code == 200
    assert client.get("/staff/step-increases?state=odd").status_code == 200
    assert client.get(f"{staff}/decide").status_code == 200
    assert client.post(f"{staff}/decide", data={"verdict": "approve"}).status_code == 303
    assert client.get(staff).status_code == 200
    sign_in(client, people["employee"])
    assert "Ask for reconsideration" in client.get("/my/step-increases").text
    ask = f"/my/step-increases/{row.id}/reconsideration"
    assert client.get(ask).status_code == 200
    assert client.post(ask, data={"request": "The figures are wrong."}).status_code == 303
    sign_in(client, people["second"])
    assert client.get(f"{staff}/reconsider").status_code == 200
    done = client.post(f"{staff}/reconsider", data={"verdict": "uphold", "answer": "Looked at."})
    assert done.status_code == 303
    sign_in(client, people["stranger"])
    assert client.get(staff).status_code == 404


def test_what_fell_due_before_the_rule_was_chosen_is_not_listed(session, agency, line, actor, at):
    names = {"within_grade": "us-5-cfr-531"}
    set_regimes(session, agency_id=agency.id, names=names, actor=actor("officer"), at=at)
    assert services.find_due(session, at=at) == 0
