"""Leave is asked for, decided by a superior, and stands in the ledger as it was agreed."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DatabaseError

from app.accounts.holidays.models import Holiday
from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.leave.models import LeaveEntry
from app.personnel.leave.queries import find_balance
from app.personnel.leave.states import EntrySort, LeaveKind
from app.personnel.leave_requests import services
from app.personnel.leave_requests.models import LeaveDay
from app.personnel.leave_requests.services import Wish
from app.personnel.leave_requests.states import RequestState
from app.platform.errors import Conflict, Invalid, NotFound
from app.platform.jobs import Job
from tests.factories.accounts import make_account, make_agency
from tests.factories.leave import make_entry, make_regime
from tests.factories.personnel import make_appointment, make_employee, make_position

D = dt.date
THANKSGIVING = D(2026, 11, 26)


class Office:
    """A clerk under a head, who stands under a director."""

    def __init__(self, session):
        self.session = session
        self.agency = make_agency(session, name="Harbor Commission")
        make_regime(session, self.agency, kept_from=D(2026, 11, 1), first_period_on=D(2026, 11, 1))
        session.add(Holiday(agency_id=self.agency.id, on=THANKSGIVING, name="Thanksgiving"))
        above, self.people = None, {}
        for name in ("director", "head", "clerk", "colleague"):
            account = make_account(session, name=name.title())
            post = make_position(session, agency=self.agency, reports_to_id=above)
            employee = make_employee(session, agency=self.agency, account_id=account.id, name=name.title())
            make_appointment(session, position=post, employee=employee)
            self.people[name] = (account, employee)
            if name in ("director", "head"):
                above = post.id
        officer = make_account(session, name="Officer", roles=[(Role.HR_OFFICER, self.agency.id)])
        self.people["officer"] = (officer, None)
        self.people["stranger"] = (make_account(session, name="Stranger"), None)
        self.actors = {name: actor_of(account) for name, (account, _) in self.people.items()}
        make_entry(session, self.employee("clerk"), 24 * 60, effective_on=D(2026, 10, 31))

    def employee(self, name):
        return self.people[name][1]

    def actor(self, name):
        return self.actors[name]

    def balance(self, on, kind=LeaveKind.ANNUAL):
        return find_balance(self.session, self.employee("clerk").id, kind, on)


@pytest.fixture
def office(session):
    return Office(session)


@pytest.fixture
def ask(office, at):
    def asking(starts_on, ends_on=None, *, kind=LeaveKind.ANNUAL, part=None, when=at, by="clerk"):
        wish = Wish(kind, starts_on, ends_on or starts_on, part, "A family visit.")
        return services.ask(office.session, wish=wish, actor=office.actor(by), at=when)

    return asking


@pytest.fixture
def decide(office, at):
    def deciding(request, by="head", approves=True, reason="", when=at):
        return services.decide(
            office.session,
            request_id=request.id,
            approves=approves,
            reason=reason,
            actor=office.actor(by),
            at=when,
        )

    return deciding


def test_approved_leave_is_entered_day_by_day_without_days_off_and_holidays(session, office, ask, decide):
    request = ask(D(2026, 11, 25), D(2026, 11, 30))
    assert (request.minutes, request.state) == (3 * 480, RequestState.ASKED)
    assert office.balance(D(2026, 12, 31)) == 1440
    decide(request)
    taken = session.execute(
        select(LeaveEntry.effective_on, LeaveEntry.minutes, LeaveEntry.sort).where(
            LeaveEntry.request_id == request.id
        )
    ).all()
    assert sorted(taken) == [
        (day, -480, EntrySort.TAKEN) for day in (D(2026, 11, 25), D(2026, 11, 27), D(2026, 11, 30))
    ]
    assert [office.balance(day) for day in (D(2026, 11, 24), D(2026, 11, 26), D(2026, 11, 30))] == [
        1440,
        960,
        0,
    ]


def test_more_than_there_will_be_is_refused_with_the_figures(office, ask):
    # By 9 January two periods of the year 2026 are left to come after 20 November: they may be taken before.
    with pytest.raises(Invalid) as refused:
        ask(D(2026, 12, 14), D(2026, 12, 23), kind=LeaveKind.COMPENSATORY)
    assert refused.value.fields == {
        "kind": "On 14 December 2026 you have 0 h of compensatory time off, and would have taken 8 h: "
        "8 h are missing"
    }
    with pytest.raises(Invalid, match="in advance"):
        ask(D(2026, 11, 23), D(2026, 12, 23))


def test_what_was_promised_for_later_stays_covered(office, ask, decide):
    decide(ask(D(2026, 12, 28), D(2026, 12, 30)))
    with pytest.raises(Invalid):
        ask(D(2026, 11, 30), D(2026, 12, 7))
    assert ask(D(2026, 11, 30)).advance_minutes == 0


def test_advance_leave_is_told_apart(office, ask):
    assert ask(D(2026, 11, 23), D(2026, 11, 30)).advance_minutes == 5 * 480 - (1440 + 2 * 240)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "field"),
    [
        (D(2026, 12, 4), D(2026, 12, 1), "ends_on"),
        (D(2026, 11, 28), D(2026, 11, 29), "starts_on"),
        (THANKSGIVING, THANKSGIVING, "starts_on"),
        (D(2024, 1, 2), D(2024, 1, 3), "starts_on"),
        (D(2026, 1, 5), D(2026, 1, 5), "starts_on"),
        (D(2029, 1, 2), D(2029, 1, 3), "ends_on"),
    ],
    ids=["wrong order", "a week-end", "a holiday", "before hire", "long ago", "far ahead"],
)
def test_days_that_cannot_be_are_refused_at_their_field(office, ask, starts_on, ends_on, field):
    with pytest.raises(Invalid) as refused:
        ask(starts_on, ends_on)
    assert list(refused.value.fields) == [field]


def test_overlapping_leave_is_refused_by_word_and_by_the_database(session, office, ask):
    request = ask(D(2026, 11, 30), D(2026, 12, 1))
    with pytest.raises(Invalid, match="already"):
        ask(D(2026, 12, 1), kind=LeaveKind.SICK)
    other = ask(D(2026, 12, 3))
    day = {"request_id": other.id, "day_on": D(2026, 12, 1), "employee_id": request.employee_id}
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(insert(LeaveDay.__table__).values(**day, minutes=60, is_live=True))


def test_part_of_a_day_is_asked_for_in_whole_units(office, ask):
    with pytest.raises(Invalid, match="units of 1 h"):
        ask(D(2026, 12, 1), part=90)
    assert ask(D(2026, 12, 1), part=120).minutes == 120


def test_a_superior_decides_and_nobody_else(office, ask, decide):
    request = ask(D(2026, 12, 1))
    for name in ("colleague", "stranger"):
        with pytest.raises(NotFound):
            decide(request, by=name)
    with pytest.raises(NotFound):
        decide(request, by="clerk")
    with pytest.raises(Invalid, match="reason"):
        decide(request, approves=False)
    assert decide(request, by="director", approves=False, reason="Stocktaking.").state is RequestState.REFUSED
    assert ask(D(2026, 12, 1)).state is RequestState.ASKED
    with pytest.raises(Conflict):
        decide(request)


def test_the_office_decides_where_nobody_supervises_but_not_on_its_own_leave(session, office, decide, at):
    make_entry(session, office.employee("director"), 480, effective_on=D(2026, 10, 31))
    wish = Wish(LeaveKind.ANNUAL, D(2026, 12, 1), D(2026, 12, 1))
    request = services.ask(session, wish=wish, actor=office.actor("director"), at=at)
    assert request.approver_id is None
    assert decide(request, by="officer").state is RequestState.APPROVED


def test_leave_taken_back_before_it_begins_returns_to_the_ledger(session, office, ask, decide, at):
    request = ask(D(2026, 12, 1), D(2026, 12, 2))
    decide(request)
    services.cancel(session, request_id=request.id, actor=office.actor("clerk"), at=at)
    assert (request.state, office.balance(D(2026, 12, 31))) == (RequestState.CANCELLED, 1440)
    sorts = session.scalars(select(LeaveEntry.sort).where(LeaveEntry.request_id == request.id)).all()
    assert sorted(sort.value for sort in sorts) == ["returned", "returned", "taken", "taken"]
    with pytest.raises(Conflict):
        services.cancel(session, request_id=request.id, actor=office.actor("clerk"), at=at)


def test_leave_that_has_begun_is_changed_only_with_a_decision(session, office, ask, decide, at):
    request = ask(D(2026, 11, 20), D(2026, 11, 24))
    decide(request)
    with pytest.raises(Conflict, match="has begun"):
        services.cancel(session, request_id=request.id, actor=office.actor("clerk"), at=at)
    shorter = Wish(LeaveKind.ANNUAL, D(2026, 11, 20), D(2026, 11, 20))
    later = services.amend(session, request_id=request.id, wish=shorter, actor=office.actor("clerk"), at=at)
    assert office.balance(D(2026, 12, 31)) == 0
    decide(later)
    assert (request.state, later.state) == (RequestState.REPLACED, RequestState.APPROVED)
    assert office.balance(D(2026, 12, 31)) == 960


def test_a_waiting_request_is_changed_in_place_and_can_be_withdrawn(session, office, ask, at):
    request = ask(D(2026, 12, 1))
    longer = Wish(LeaveKind.ANNUAL, D(2026, 12, 1), D(2026, 12, 2))
    services.amend(session, request_id=request.id, wish=longer, actor=office.actor("clerk"), at=at)
    assert request.minutes == 960
    services.withdraw(session, request_id=request.id, actor=office.actor("clerk"), at=at)
    assert request.state is RequestState.WITHDRAWN
    assert ask(D(2026, 12, 1), D(2026, 12, 3)).minutes == 1440


def test_who_is_called_back_gets_the_rest_again(session, office, ask, decide, at):
    request = ask(D(2026, 11, 30), D(2026, 12, 2))
    decide(request)
    head = office.actor("head")
    given = {"request_id": request.id, "since": D(2026, 12, 1), "actor": head, "at": at}
    with pytest.raises(Invalid, match="reason"):
        services.recall(session, reason=" ", **given)
    services.recall(session, reason="Storm.", **given)
    assert (request.state, request.given_back_on) == (RequestState.APPROVED, D(2026, 12, 1))
    assert office.balance(D(2026, 12, 31)) == 960
    assert ask(D(2026, 12, 2)).state is RequestState.ASKED


def test_family_leave_is_counted_in_twelve_months(session, office, ask, decide):
    for week in range(4):
        make_entry(
            session, office.employee("clerk"), -2400 * 3, kind=LeaveKind.FAMILY, sort=EntrySort.CORRECTED,
            effective_on=D(2026, 1, 12) + dt.timedelta(weeks=week),
        )  # fmt: skip
    decide(ask(D(2026, 11, 30), D(2026, 12, 4), kind=LeaveKind.FAMILY))
    assert office.balance(D(2026, 12, 31), LeaveKind.FAMILY) == -2400 * 13


def test_family_leave_that_is_changed_is_not_counted_twice(session, office, ask, decide, at):
    request = decide(ask(D(2026, 11, 30), D(2027, 2, 12), kind=LeaveKind.FAMILY))
    shorter = Wish(LeaveKind.FAMILY, D(2026, 11, 30), D(2027, 2, 5))
    later = services.amend(session, request_id=request.id, wish=shorter, actor=office.actor("clerk"), at=at)
    decide(later)
    assert (request.state, later.state) == (RequestState.REPLACED, RequestState.APPROVED)
    with pytest.raises(Invalid, match="in twelve months"):
        ask(D(2027, 3, 1), D(2027, 3, 19), kind=LeaveKind.FAMILY)


def test_restored_leave_cannot_be_had_after_its_last_day(session, office, ask, decide):
    make_entry(
        session, office.employee("clerk"), 960, kind=LeaveKind.RESTORED, sort=EntrySort.RESTORED,
        effective_on=D(2026, 11, 1), expires_on=D(2027, 1, 9),
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        ask(D(2027, 1, 11), kind=LeaveKind.RESTORED)
    assert list(refused.value.fields) == ["kind"]
    decide(ask(D(2027, 1, 7), kind=LeaveKind.RESTORED))
    with pytest.raises(Invalid):
        ask(D(2027, 1, 12), kind=LeaveKind.RESTORED)
    assert ask(D(2027, 1, 8), kind=LeaveKind.RESTORED).state is RequestState.ASKED


def test_the_supervisor_and_the_person_are_told_by_mail(session, office, ask, decide):
    decide(ask(D(2026, 12, 1)))
    keys = session.scalars(select(Job.key).where(Job.name == "platform.send_mail")).all()
    assert sorted(key.split(":")[1] for key in keys) == ["leave-asked", "leave-decided"]


def test_entries_never_change(session, office):
    with pytest.raises(DatabaseError, match="never change"), session.begin_nested():
        session.execute(update(LeaveEntry).values(minutes=1))
