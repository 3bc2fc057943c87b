"""An opportunity to improve: opened with its notice, talked about, found, confirmed by another."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from app.notices.models import Notice
from app.personnel.improvement import queries, services
from app.personnel.improvement.services import Opening
from app.personnel.improvement.states import ImprovementState, Outcome
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.performance import make_improvement, make_plan

TODAY = dt.date(2026, 11, 20)
ENDS_ON = dt.date(2027, 1, 19)
AFTER = dt.datetime(2027, 1, 20, 15, tzinfo=dt.UTC)


@pytest.fixture
def plan(session, line):
    return make_plan(session, employee=line.employee, supervisor_id=line.supervisor.id)


@pytest.fixture
def own_ids(plan):
    """The ids of the critical and of the other element."""
    return [element.id for element in plan.elements]


@pytest.fixture
def begin(session, plan, own_ids, actor, at):
    def act(by="supervisor", elements=None, delivered_on=TODAY, ends_on=ENDS_ON):
        opening = Opening(
            tuple(elements if elements is not None else own_ids[:1]),
            "In August, 31 of 80 permits were filed under a wrong number.",
            "Ninety-five of one hundred.",
            "A talk each second week.",
            delivered_on,
            ends_on,
        )
        return services.open_improvement(session, plan_id=plan.id, opening=opening, actor=actor(by), at=at)

    return act


@pytest.fixture
def act(session, actor, at):
    class Act:
        def talk(self, row, by="supervisor", held_on=dt.date(2026, 12, 4), when=AFTER):
            return services.check_in(
                session,
                improvement_id=row.id,
                held_on=held_on,
                progress="Eighty of one hundred.",
                help_given="Two days beside a colleague.",
                actor=actor(by),
                at=when,
            )

        def find(self, row, outcome=Outcome.UNACCEPTABLE, by="supervisor", when=AFTER):
            return services.assess(
                session,
                improvement_id=row.id,
                outcome=outcome,
                findings="Seventy of one hundred in January.",
                actor=actor(by),
                at=when,
            )

        def confirm(self, row, by="officer", is_confirmed=True, when=AFTER):
            return services.conclude(
                session, improvement_id=row.id, is_confirmed=is_confirmed, actor=actor(by), at=when
            )

    return Act()


def test_an_opportunity_that_was_not_met_is_what_an_action_may_rest_on(session, begin, act, line):
    row = begin()
    notice = session.scalar(select(Notice).where(Notice.id == row.notice_id))
    assert (notice.template, notice.context["letter"]["ends_on"]) == ("performance_opportunity", "2027-01-19")
    act.talk(row)
    act.find(row)
    assert queries.find_failed_opportunity(session, line.employee.id, AFTER.date()) is None
    act.confirm(row)
    find = queries.find_failed_opportunity
    found = find(session, line.employee.id, AFTER.date())
    assert found == row
    assert [element.title for element in found.elements] == ["Filing of permits"]
    assert find(session, line.employee.id, AFTER.date() - dt.timedelta(days=1)) is None
    assert find(session, line.employee.id, dt.date(2028, 1, 19)) == row
    assert find(session, line.employee.id, dt.date(2028, 1, 20)) is None
    assert find(session, line.supervisor.id, AFTER.date()) is None


def test_work_that_became_acceptable_carries_no_action(session, begin, act, line, at):
    row = begin()
    act.find(row, Outcome.ACCEPTABLE, when=at)
    act.confirm(row, when=at)
    assert (row.state, row.outcome) == (ImprovementState.CONCLUDED, Outcome.ACCEPTABLE)
    assert queries.find_failed_opportunity(session, line.employee.id, AFTER.date()) is None


def test_it_is_not_lost_before_it_is_over_nor_without_a_talk(begin, act, at):
    row = begin()
    with pytest.raises(Conflict, match="20 January 2027"):
        act.find(row, when=at)
    with pytest.raises(Conflict, match="No check-in"):
        act.find(row)


def test_who_found_the_outcome_does_not_confirm_it(begin, act):
    row = begin(by="officer")
    act.talk(row, by="officer")
    act.find(row, by="officer")
    with pytest.raises(Conflict, match="another person"):
        act.confirm(row, by="officer")
    act.confirm(row, by="second", is_confirmed=False)
    assert row.state is ImprovementState.OPEN
    act.find(row, by="officer")
    act.confirm(row, by="authority")
    assert row.state is ImprovementState.CONCLUDED


def test_bad_openings_are_refused_at_the_field(begin, own_ids):
    for values, field in (
        ({"elements": []}, "elements"),
        ({"elements": own_ids}, "elements"),
        ({"elements": ["pel_nothing"]}, "elements"),
        ({"ends_on": TODAY + dt.timedelta(days=29)}, "ends_on"),
        ({"ends_on": TODAY + dt.timedelta(days=181)}, "ends_on"),
        ({"delivered_on": TODAY + dt.timedelta(days=1)}, "delivered_on"),
    ):
        with pytest.raises(Invalid) as refused:
            begin(**values)
        assert set(refused.value.fields) == {field}, values


@pytest.mark.parametrize("name", ["employee", "auditor", "stranger", "authority"])
def test_only_who_is_above_or_stands_in_opens_one(begin, name):
    with pytest.raises(NotFound):
        begin(by=name)


def test_a_talk_lies_between_the_notice_and_today(begin, act, at):
    row = begin()
    for day in (dt.date(2026, 11, 19), dt.date(2026, 11, 21)):
        with pytest.raises(Invalid) as refused:
            act.talk(row, held_on=day, when=at)
        assert set(refused.value.fields) == {"held_on"}


def test_the_supervisor_is_reminded_of_talks_and_of_the_end(session, begin, people, at):
    row = begin()
    assert services.remind(session, at=at) == 0
    assert services.remind(session, at=at + dt.timedelta(days=14)) == 1
    services.remind(session, at=at + dt.timedelta(days=15))
    services.remind(session, at=AFTER)
    sent = [
        job.payload["to"]
        for job in session.scalars(select(Job).where(Job.name == "platform.send_mail"))
        if row.number in job.payload["subject"]
    ]
    assert sent == [people["supervisor"].email] * 2


def test_its_pages(client, session, plan, own_ids, people):
    sign_in(client, people["supervisor"])
    new = f"/my/team/performance/{plan.id}/improvement"
    assert client.get(new).status_code == 200
    form = {
        "elements": own_ids[0],
        "instances": "In August, 31 of 80.",
        "requirement": "Ninety-five of one hundred.",
        "assistance": "A talk each second week.",
        "delivered_on": "2026-01-05",
        "ends_on": "2026-03-05",
    }
    short = client.post(new, data=form)
    assert (short.status_code, "Enter the day of the last week" in short.text) == (422, True)
    assert "In August, 31 of 80." in short.text


def test_each_reads_it_where_they_may(client, session, plan, people):
    row = make_improvement(session, plan=plan)
    pages = {
        "employee": f"/my/improvement/{row.id}",
        "supervisor": f"/my/team/improvement/{row.id}",
        "officer": f"/staff/improvement-plans/{row.id}",
        "auditor": f"/staff/improvement-plans/{row.id}",
    }
    for name, page in pages.items():
        sign_in(client, people[name])
        assert client.get(page).status_code == 200, name
    sign_in(client, people["stranger"])
    assert {client.get(page).status_code for page in pages.values()} == {404}
    sign_in(client, people["supervisor"])
    team = pages["supervisor"]
    talk = {"held_on": "2026-09-15", "progress": "Eighty.", "help_given": "Two days."}
    assert client.post(f"{team}/check-in", data=talk).status_code == 303
    assert client.get(f"{team}/outcome").status_code == 200
    assert client.post(f"{team}/outcome", data={"outcome": "odd", "findings": "x"}).status_code == 422
    done = client.post(f"{team}/outcome", data={"outcome": "unacceptable", "findings": "Seventy."})
    assert done.status_code == 303
    sign_in(client, people["employee"])
    assert "Seventy." not in client.get(pages["employee"]).text  # not before another confirmed it
    sign_in(client, people["officer"])
    assert client.get("/staff/improvement-plans?state=assessed").status_code == 200
    assert client.get(f"{pages['officer']}/conclude").status_code == 200
    assert client.post(f"{pages['officer']}/conclude", data={"verdict": "confirm"}).status_code == 303
    again = client.post(f"{pages['officer']}/conclude", data={"verdict": "confirm"})
    assert again.status_code == 422
    assert client.post(f"{pages['officer']}/cancel", data={"reason": "Late."}).status_code == 422
    assert "may rest on this plan" in client.get(pages["officer"]).text
