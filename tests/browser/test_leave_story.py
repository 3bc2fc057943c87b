"""Somebody asks for leave on a telephone, the supervisor approves, and the balances agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.personnel.leave.states import LeaveKind
from tests.browser.people import PHONE, Person
from tests.browser.serving import Site, serving
from tests.factories.accounts import make_account, make_agency
from tests.factories.leave import make_entry, make_regime
from tests.factories.personnel import make_appointment, make_employee, make_position

pytestmark = pytest.mark.browser
KEPT_FROM = dt.date(2026, 1, 11)


def fill(session: Session) -> dict[str, str]:
    """An office of three people in a line, and an officer; leave has been kept for a while."""
    agency = make_agency(session, name="Harbor Commission")
    make_regime(session, agency, kept_from=KEPT_FROM)
    people, above = {}, None
    for name in ("Dora Director", "Hana Head", "Cleo Clerk", "Nils Clerk"):
        account = make_account(session, name=name)
        post = make_position(session, agency=agency, reports_to_id=above)
        employee = make_employee(session, agency=agency, account_id=account.id, name=name)
        make_appointment(session, position=post, employee=employee)
        make_entry(session, employee, 100 * 60, effective_on=KEPT_FROM - dt.timedelta(days=1))
        make_entry(
            session, employee, 40 * 60, kind=LeaveKind.SICK, effective_on=KEPT_FROM - dt.timedelta(days=1)
        )
        people[name.split()[0].lower()] = account.email
        above = post.id if "Clerk" not in name else above
    officer = make_account(session, name="Rosa Delgado", roles=[(Role.HR_OFFICER, agency.id)])
    return people | {"rosa": officer.email}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An office of this story's own."""
    with serving(tmp_path_factory.mktemp("leave"), fill) as started:
        yield started


def test_leave_is_asked_for_on_a_telephone_and_approved(person):
    cleo, hana = person("cleo", viewport=PHONE), person("hana", viewport=PHONE)
    first, last = next_week()
    cleo.signs_in()
    asks_for_leave(cleo, first, last)
    asks_for_too_much(cleo, last)
    hana.signs_in()
    approves(hana, first)
    sees_the_balance(cleo)
    rosa = person("rosa")
    rosa.signs_in()
    the_office_agrees(rosa, last)


def next_week() -> tuple[dt.date, dt.date]:
    """Monday and Tuesday of the week after next."""
    today = dt.datetime.now(dt.UTC).date()
    monday = today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=2)
    return monday, monday + dt.timedelta(days=1)


def enters(somebody: Person, name: str, day: dt.date) -> None:
    somebody.fills(
        **{f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    )


def asks_for_leave(cleo: Person, first: dt.date, last: dt.date) -> None:
    cleo.opens("/my/employment")
    cleo.reads("of annual leave left")
    cleo.follows("Leave", exact=True)
    cleo.reads("Annual leave", "Sick leave")
    cleo.shows("leave-own")
    cleo.presses("Ask for leave")
    cleo.shows("leave-ask")
    cleo.picks("Kind of leave", "Annual leave")
    cleo.presses("Ask for leave")
    cleo.reads("Enter the first day")
    enters(cleo, "starts_on", first)
    enters(cleo, "ends_on", last)
    cleo.presses("Ask for leave")
    cleo.reads("You have asked for leave.", "Waits for a decision", "16 h on 2 working days")
    cleo.shows("leave-request")


def asks_for_too_much(cleo: Person, last: dt.date) -> None:
    cleo.opens("/my/leave/ask")
    cleo.picks("Kind of leave", "Annual leave")
    enters(cleo, "starts_on", last)
    cleo.presses("Ask for leave")
    cleo.reads("You have annual leave from", "already (waits for a decision)")
    enters(cleo, "starts_on", last + dt.timedelta(days=1))
    enters(cleo, "ends_on", last + dt.timedelta(days=200))
    cleo.presses("Ask for leave")
    cleo.reads("are missing")


def approves(hana: Person, first: dt.date) -> None:
    hana.opens(f"/my/team/leave?month={first:%Y-%m}")
    hana.reads("Waits for your decision", "CC?")
    hana.shows("leave-team")
    hana.follows("Cleo Clerk")
    hana.reads("Nobody else of the team is away")
    hana.shows("leave-decide")
    hana.presses("Decide")
    hana.reads("Select a decision")
    hana.ticks("Refuse")
    hana.presses("Decide")
    hana.reads("Enter the reason of the refusal")
    hana.ticks("Approve")
    hana.presses("Decide")
    hana.reads("Decided. The person is told by mail.", "Approved")


def sees_the_balance(cleo: Person) -> None:
    cleo.opens("/my/leave/ledger?kind=annual")
    cleo.reads("100 h", "Taken", "-8 h")
    cleo.shows("leave-ledger")
    cleo.opens("/my/leave")
    cleo.presses("Send me my statement of leave")
    cleo.reads("The statement is being written.")


def the_office_agrees(rosa: Person, last: dt.date) -> None:
    rosa.opens(f"/staff/leave?on-day={last.day}&on-month={last.month}&on-year={last.year}")
    rosa.reads("Cleo Clerk", "Nils Clerk")
    row = rosa.page.get_by_role("row", name="Cleo Clerk")
    other = rosa.page.get_by_role("row", name="Nils Clerk")
    mine, theirs = (int(one.get_by_role("cell").nth(1).inner_text().split(" h")[0]) for one in (row, other))
    assert theirs - mine == 16
    rosa.shows("leave-balances")
    rosa.follows("Cleo Clerk")
    rosa.shows("leave-record")
    rosa.presses("Propose a correction")
    rosa.shows("leave-correct")
