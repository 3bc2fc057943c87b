"""Flexible work is decided by its criteria and agreed in writing; part time reaches the record."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.notices.models import Notice
from app.personnel.actions import services as actions
from app.personnel.actions.queries import as_of
from app.personnel.actions.rules import Changes
from app.personnel.actions.services import take_effect_of_due
from app.personnel.actions.states import ActionKind
from app.personnel.flexible_work import services
from app.personnel.flexible_work.models import FlexibleArrangement
from app.personnel.flexible_work.rules import make_pattern
from app.personnel.flexible_work.services import Wish
from app.personnel.flexible_work.states import Kind, WorkState
from app.platform.actors import SYSTEM
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.jobs import Job
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

TODAY = dt.date(2026, 11, 20)
REVIEW = dt.date(2027, 6, 1)
EVERY = {
    Kind.TELEWORK: {"position", "performance", "training", "conduct"},
    Kind.PART_TIME: {"mission", "freely"},
}
PATTERNS = {
    Kind.TELEWORK: make_pattern([480] * 5, [], ["Tuesday"]),
    Kind.PART_TIME: make_pattern([480, 480, 480, 0, 0], [], []),
}
SHORT = make_pattern([480, 480, 480, 0, 0], [], ["Tuesday"])  # telework of who works part time


class Office:
    """Somebody with a supervisor, an officer, and a stranger who leads nobody."""

    def __init__(self, session):
        self.session = session
        self.agency = make_agency(session, name="Records Commission")
        roles = {"officer": Role.HR_OFFICER, "boss": Role.SUPERVISOR, "stranger": Role.SUPERVISOR}
        self.accounts = {
            name: make_account(
                session, name=name, email=f"{name}@office.example", roles=[(role, self.agency.id)]
            )
            for name, role in roles.items()
        }
        self.accounts["nia"] = make_account(session, name="Nia Okafor", email="nia@office.example")
        self.actors = {name: actor_of(account) for name, account in self.accounts.items()}
        people = {
            name: make_employee(
                session, agency=self.agency, account_id=self.accounts[name].id, name=self.accounts[name].name
            )
            for name in ("boss", "nia")
        }
        self.nia = people["nia"]
        above = make_position(session, agency=self.agency)
        make_appointment(session, position=above, employee=people["boss"])
        post = make_position(session, agency=self.agency, reports_to_id=above.id)
        make_appointment(session, position=post, employee=self.nia)

    def actor(self, name):
        return self.actors[name]

    def ask(self, at, kind=Kind.TELEWORK, starts_on=TODAY, ends_on=None, pattern=None):
        wish = Wish(kind, pattern or PATTERNS[kind], starts_on, ends_on, "My son is small.")
        return services.request_work(self.session, wish=wish, actor=self.actor("nia"), at=at)

    def decide(self, row, at, grants=True, by="boss", met=None, reason="It fits the work.", review_on=REVIEW):
        return services.decide_request(
            self.session,
            arrangement_id=row.id,
            grants=grants,
            met=EVERY[row.kind] if met is None else met,
            reason=reason,
            review_on=review_on,
            actor=self.actor(by),
            at=at,
        )

    def end(self, row, at, by="nia", ended_on=TODAY):
        return services.end_work(
            self.session,
            arrangement_id=row.id,
            ended_on=ended_on,
            reason="The work changes.",
            actor=self.actor(by),
            at=at,
        )

    def weekly(self, on):
        return as_of(self.session, self.nia.id, on).weekly_minutes


@pytest.fixture
def office(session):
    return Office(session)


def mails(session, to):
    rows = session.scalars(select(Job).where(Job.name == "platform.send_mail").order_by(Job.id))
    return [row.payload["subject"] for row in rows if row.payload["to"] == to]


def test_telework_is_agreed_in_writing_and_leaves_the_hours(session, office, at):
    row = office.ask(at)
    assert row.approver_id == office.accounts["boss"].id
    assert mails(session, "boss@office.example") == ["Nia Okafor asks for flexible work: telework"]
    office.decide(row, at)
    letter = session.get_one(Notice, row.notice_id)
    told = letter.context["letter"]
    assert (row.state, letter.template) == (WorkState.GRANTED, "flexible_work_agreement")
    assert [day["place"] for day in told["days"]][:3] == [
        "At the office",
        "Away from the office",
        "At the office",
    ]
    assert told["law"] == "5 U.S.C. 6502 and 6503"
    assert (office.weekly(TODAY), row.hours_before) == (2400, None)


def test_part_time_changes_the_hours_from_its_first_day_and_gives_them_back(session, office, at):
    row = office.decide(office.ask(at, Kind.PART_TIME), at)
    assert (office.weekly(TODAY - dt.timedelta(days=1)), office.weekly(TODAY)) == (2400, 1440)
    later = at + dt.timedelta(days=100)
    ended_on = later.date()
    office.end(row, later, by="boss", ended_on=ended_on)
    take_effect_of_due(session, at=later + dt.timedelta(days=1))
    assert (office.weekly(ended_on), office.weekly(ended_on + dt.timedelta(days=1))) == (1440, 2400)
    assert (row.state, row.hours_before) == (WorkState.ENDED, 2400)


def test_part_time_agreed_for_a_time_is_not_made_longer_by_an_end(session, office, at):
    row = office.decide(office.ask(at, Kind.PART_TIME, ends_on=dt.date(2027, 3, 31)), at)
    for day in (dt.date(2199, 1, 1), dt.date(2027, 4, 1)):
        with pytest.raises(Invalid, match="after the one agreed"):
            office.end(row, at, ended_on=day)
    assert row.state is WorkState.GRANTED


def test_the_shortcuts_are_refused(session, office, at):
    row = office.ask(at)
    with pytest.raises(IntegrityError), session.begin_nested():
        office.ask(at)
    for name in ("nia", "stranger", "officer"):
        with pytest.raises((NotFound, Forbidden)):
            office.decide(row, at, by=name)
    with pytest.raises(Invalid) as unmet:
        office.decide(row, at, met={"position"})
    with pytest.raises(Invalid) as groundless:
        office.decide(row, at, grants=False)
    with pytest.raises(Invalid) as unreviewed:
        office.decide(row, at, review_on=None)
    assert [list(one.value.fields) for one in (unmet, groundless, unreviewed)] == [
        ["met"],
        ["met"],
        ["review_on"],
    ]
    office.decide(row, at, grants=False, met={"position"}, reason="The counter would be empty.")
    assert (row.state, row.review_on, row.answers["conduct"]) == (WorkState.REFUSED, None, False)
    with pytest.raises(Conflict, match="refused"):
        office.decide(row, at)
    with pytest.raises(Conflict):
        office.end(row, at)
    second = office.ask(at)
    services.withdraw_request(session, arrangement_id=second.id, actor=office.actor("nia"), at=at)
    with pytest.raises(Conflict, match="withdrawn"):
        office.decide(second, at)


def test_the_clock_reminds_of_the_review_and_ends_what_was_agreed_for_a_time(session, office, at):
    row = office.decide(office.ask(at, ends_on=dt.date(2027, 3, 31)), at, review_on=dt.date(2027, 2, 1))
    assert services.remind(session, at=dt.datetime(2027, 1, 17, 15, tzinfo=dt.UTC)) == 0
    for _ in range(2):
        assert services.remind(session, at=dt.datetime(2027, 1, 18, 15, tzinfo=dt.UTC)) == 1
    subject = "Telework of Nia Okafor: look at it by 1 February 2027"
    assert mails(session, "boss@office.example").count(subject) == 1
    assert mails(session, "nia@office.example").count(subject) == 1
    services.renew(
        session,
        arrangement_id=row.id,
        review_on=dt.date(2027, 3, 1),
        remark="It goes well.",
        actor=office.actor("boss"),
        at=at,
    )
    assert services.conclude(session, at=dt.datetime(2027, 3, 31, 15, tzinfo=dt.UTC)) == 0
    assert services.conclude(session, at=dt.datetime(2027, 4, 1, 15, tzinfo=dt.UTC)) == 1
    assert (row.state, row.ended_on, row.end_reason) == (
        WorkState.ENDED,
        dt.date(2027, 3, 31),
        services.LAST_DAY_PASSED,
    )


def test_an_agreement_whose_hours_cannot_go_back_ends_and_stops_no_other(session, office, at):
    ends_on = dt.date(2027, 3, 31)
    part_time = office.decide(
        office.ask(at, Kind.PART_TIME, ends_on=ends_on), at, review_on=dt.date(2027, 2, 1)
    )
    telework = office.decide(
        office.ask(at, ends_on=ends_on, pattern=SHORT), at, review_on=dt.date(2027, 2, 1)
    )
    actions.carry_out(
        session,
        employee_id=office.nia.id,
        kind=ActionKind.SEPARATION,
        effective_on=dt.date(2026, 11, 20),
        changes=Changes(),
        authority_code="CFR-715.202",
        authority="5 CFR 715.202",
        reason="Resigned.",
        source=None,
        approved_by=office.accounts["officer"].id,
        actor=SYSTEM,
        at=at + dt.timedelta(days=2),
    )
    assert services.conclude(session, at=dt.datetime(2027, 4, 1, 15, tzinfo=dt.UTC)) == 2
    session.expire_all()
    assert (part_time.state, telework.state) == (WorkState.ENDED, WorkState.ENDED)
    assert part_time.end_reason.startswith(f"{services.LAST_DAY_PASSED} The hours on the record were left")
    assert telework.end_reason == services.LAST_DAY_PASSED


def test_old_reviews_do_not_stand_before_those_that_come(session, office, at, monkeypatch):
    monkeypatch.setattr("app.personnel.flexible_work.queries.MOST", 1)
    office.decide(office.ask(at, Kind.PART_TIME), at, review_on=dt.date(2027, 1, 1))
    office.decide(office.ask(at, pattern=SHORT), at, review_on=dt.date(2027, 2, 1))
    assert services.remind(session, at=dt.datetime(2027, 1, 20, 15, tzinfo=dt.UTC)) == 1
    subject = "Telework of Nia Okafor: look at it by 1 February 2027"
    assert mails(session, "boss@office.example").count(subject) == 1


def test_pages_from_asking_to_ending(client, session, office, at, monkeypatch):
    monkeypatch.setattr("app.platform.clock.now", lambda: at)
    sign_in(client, office.accounts["nia"])
    assert client.get("/my/flexible-work").status_code == 200
    assert "40 hours a week" in client.get("/my/flexible-work/request").text
    data = {f"first_{place}": "8" for place in range(1, 6)} | {
        "kind": "compressed",
        "starts_on": "2026-12-01",
        "why": "The ferry runs late on Fridays.",
    }
    refused = client.post("/my/flexible-work/request", data=data)
    assert (refused.status_code, "fewer than ten days" in refused.text) == (422, True)
    for wrong in ({"starts_on": "2026-02-30"}, {"first_1": "99999999999"}, {"kind": "\0"}, {"why": ""}):
        assert client.post("/my/flexible-work/request", data=data | wrong).status_code == 422
    shorter = {f"first_{place}": "10" for place in range(1, 5)} | {"first_5": "0"}
    assert client.post("/my/flexible-work/request", data=data | shorter).status_code == 303
    row = session.scalars(select(FlexibleArrangement)).one()
    assert "Withdraw the request" in client.get(f"/my/flexible-work/{row.id}").text
    assert client.get(f"/my/team/flexible-work/{row.id}").status_code == 404
    sign_in(client, office.accounts["stranger"])
    assert client.get(f"/my/team/flexible-work/{row.id}").status_code == 404
    assert client.get(f"/my/flexible-work/{row.id}").status_code == 404
    sign_in(client, office.accounts["boss"])
    assert client.get(f"/my/team/{office.nia.id}/flexible-work").status_code == 200
    path = f"/my/team/flexible-work/{row.id}"
    assert "productivity" in client.get(path).text
    assert client.post(path, data={"decision": "grant", "reason": "Yes."}).status_code == 422
    agreed = {
        "decision": "grant",
        "reason": "Yes.",
        "met": ["productivity", "service", "cost"],
        "review_on": "2027-06-01",
    }
    assert client.post(path, data=agreed).status_code == 303
    assert "It was looked at and goes on" in client.get(path).text
    assert client.get(f"{path}/renew").status_code == 200
    assert client.get(f"{path}/end").status_code == 200
    sign_in(client, office.accounts["officer"])
    assert "Nia Okafor" in client.get("/staff/flexible-work").text
    assert client.get(f"/staff/flexible-work/{row.id}").status_code == 200
    assert client.get(f"/staff/employees/{office.nia.id}/flexible-work").status_code == 200
    assert client.get("/staff/flexible-work?state=nonsense").status_code == 200
    sign_in(client, office.accounts["nia"])
    end = f"/my/flexible-work/{row.id}/end"
    assert client.post(end, data={"ended_on": "2026-11-19", "reason": "x"}).status_code == 422
    assert client.post(end, data={"ended_on": "2026-12-31", "reason": "A new post."}).status_code == 303
    assert "A new post." in client.get(f"/my/flexible-work/{row.id}").text
