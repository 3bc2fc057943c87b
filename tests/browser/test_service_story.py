"""Ten years of service: a promotion, leave and the return, decided by two, and an error mended."""

from __future__ import annotations

import datetime as dt

import pytest

from app.platform import clock
from tests.browser.people import PHONE, Person

pytestmark = pytest.mark.browser
LEAVE = "Leave of absence without pay (4 NYCRR 5.2)"
BACK = "Leave of absence, and the return from it (5 CFR 630.101)"
PROMOTED = "Promotion (New York Civil Service Law, section 52)"
ZONE = "America/New_York"


def test_an_employee_serves_for_ten_years(person):
    hr, authority = person("hr"), person("authority")
    kofi = person("kofi", viewport=PHONE)
    for one in (hr, authority, kofi):
        one.signs_in()
    record = opens_the_service(hr)
    tries_what_is_refused(hr, record)
    late = {"Why it is entered late": "The certificate came a day late."}
    proposes(hr, record, "Promotion", day=day(-1), law=PROMOTED, Position="P-201", **late)
    is_decided(hr, authority)
    proposes(hr, record, "Leave without pay", day=day(0), law=LEAVE, until=day(90))
    is_decided(hr, authority)
    proposes(hr, record, "Leave without pay", day=day(60), law=LEAVE, until=day(120))
    hr.reads("This person is already on leave without pay on")
    proposes(hr, record, "Return to duty", day=day(30), law=BACK)
    is_decided(hr, authority, "Approved, not yet in effect")
    mends_an_error(hr, authority, record)
    reads_it_as_it_was(hr, record)
    reads_the_own_file(kofi)


def day(days: int) -> str:
    """Give a day so many days from today."""
    return (clock.local_date(clock.now(), ZONE) + dt.timedelta(days=days)).isoformat()


def opens_the_service(hr: Person) -> str:
    hr.opens("/staff/employees?text=kofi")
    hr.follows("Kofi Mensah")
    hr.follows("Service history")
    hr.reads("Tree keeper (P-200)", "Continuous permanent service")
    return hr.page.url


def proposes(
    hr: Person, record: str, kind: str, *, day: str, law: str, until: str = "", **values: str
) -> None:
    hr.opens(record)
    hr.presses("New personnel action")
    hr.follows(kind, exact=True)
    types_a_day(hr, "effective_on", day)
    if until:
        types_a_day(hr, "ends_on", until)
    for label, value in values.items():
        hr.types(label, value)
    hr.picks("Legal authority", law)
    hr.types("Reason", "It is due, and the file says so.")
    hr.presses("Propose the action")


def types_a_day(who: Person, name: str, day: str) -> None:
    year, month, number = day.split("-")
    who.fills(**{f"{name}-day": number, f"{name}-month": month, f"{name}-year": year})


def is_decided(hr: Person, authority: Person, state: str = "In effect") -> None:
    hr.reads("Waits for approval", "Somebody else decides on it.")
    authority.opens(hr.page.url)
    authority.presses("Decide")
    authority.ticks("Approve the action")
    authority.presses("Decide")
    authority.reads(state)


def tries_what_is_refused(hr: Person, record: str) -> None:
    proposes(hr, record, "Promotion", day=day(0), law=PROMOTED, Position="P-201", Step="11")
    hr.reads("Grade 14 ends with step 10")
    proposes(hr, record, "Promotion", day="2015-03-02", law=PROMOTED, Position="P-201")
    hr.reads("What was wrong before is put right by a correction")
    proposes(
        hr,
        record,
        "Reinstatement",
        day=day(0),
        law="Reinstatement following resignation (4 NYCRR 5.4)",
        Position="P-001",
    )
    hr.reads("there is nothing to reinstate")


def mends_an_error(hr: Person, authority: Person, record: str) -> None:
    hr.opens(record)
    hr.follows("Promotion")
    hr.presses("Correct")
    hr.types("Step", "3")
    hr.types("What was wrong", "The certificate grants step 3.")
    hr.shows("correct-action")
    hr.presses("Propose the correction")
    is_decided(hr, authority)


def reads_it_as_it_was(hr: Person, record: str) -> None:
    hr.opens(f"{record}?on=2018-01-01")
    hr.reads("On 1 January 2018", "Tree keeper (P-200)")
    hr.opens(f"{record}?on={day(0)}")
    hr.reads("Head tree keeper (P-201)", "On leave without pay")
    hr.opens(f"{record}?on=2022-01-01&known=2020-01-01")
    hr.reads("No service is known for this day.")
    hr.opens(record)
    hr.reads("14, step 3")
    hr.shows("service-history")


def reads_the_own_file(kofi: Person) -> None:
    kofi.opens("/my/employment")
    kofi.follows("My personnel file")
    kofi.reads("29 February 2016", "Head tree keeper (P-201)", "Who opened your file", "Rosa Delgado")
    kofi.shows("own-file")
