"""From the drafted list to a lawful appointment: approved, published, certified, selected."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import expect

from tests.browser.people import Person

SEED = "City lottery of this day: 4 11 23 38 41"
CITATION = "Rule: N.Y. Civil Service Law sec. 61(1)"


def drafts_the_list(officer: Person) -> None:
    officer.follows("Draft the list")
    officer.types("Public seed of the draw", SEED)
    officer.presses("Draft the list")
    officer.reads("List drafted. A second person has to approve it.", "4 of 4")


def approves_and_publishes_the_list(second: Person, title: str) -> None:
    second.lists_what_waits("Merit lists to approve")
    second.follows(title)
    second.presses("Approve")
    second.ticks("I have looked at the figures")
    second.presses("Approve this list")
    second.presses("Publish")
    second.ticks("I understand that this cannot be undone")
    second.presses("Publish this list")
    second.reads("List published.", "Letters leave at")
    until_the_letters_left(second)


def until_the_letters_left(officer: Person) -> None:
    """Look again until a worker has promised the letters, only so often as patience lasts."""
    for _ in range(40):
        if officer.page.get_by_text("left from").count():
            return
        officer.page.wait_for_timeout(500)
        officer.page.reload()
    officer.reads("left from")


def sees_the_own_result(candidate: Person) -> None:
    candidate.opens("/my/applications")
    candidate.follows("Open")
    candidate.presses("See your result")
    candidate.reads("You passed", "85.000", "3 of 4", "8 ÷ 10 × 100 × 100 % = 80", "5 points: 80 + 5 = 85")


def sees_numbers_and_no_names(visitor: Person, title: str, numbers: list[str], names: list[str]) -> None:
    visitor.opens("/lists")
    visitor.follows(title)
    rows = [set(row.inner_text().split()) for row in visitor.page.locator("tbody tr").all()]
    scores = ("100.000", "90.000", "85.000", "80.000")
    places = enumerate(zip(numbers, scores, strict=True), start=1)
    expected = [{str(rank), number, score} for rank, (number, score) in places]
    assert rows == expected, rows
    visitor.reads_nothing_of(*names)


def asks_for_names(hr: Person, title: str) -> None:
    hr.opens("/staff/merit-lists")
    hr.follows(title)
    hr.presses("Certify names")
    hr.ticks("REQ-")
    hr.types("Vacancies to fill", "2")
    hr.presses("Ask for names")
    hr.reads("A second HR officer has to issue the certificate.")


def issues_the_certificate(second: Person) -> None:
    second.lists_what_waits("Certificates to issue")
    second.follows("CERT-")
    second.presses("Issue")
    second.ticks("I have looked at the rule and at the names")
    second.presses("Issue the certificate")
    second.reads("Certificate issued.")


def opens_the_certificate(authority: Person) -> None:
    authority.opens("/staff/certificates")
    authority.follows("CERT-")


def is_refused_a_name_out_of_reach(authority: Person, name: str) -> None:
    """Try to appoint past the rule, by the address of the page that is not offered."""
    expect(authority.page.get_by_role("link", name=f"Appoint {name}")).to_have_count(0)
    decline = authority.page.get_by_role("link", name=f"Decline {name}").get_attribute("href")
    assert decline
    authority.opens(decline.replace("/decline", "/appoint"))
    authority.reads("May not be appointed now", CITATION)
    appoints_here(authority, "P-001")
    authority.reads("There is a problem", "This appointment would not be lawful.", CITATION)


def is_refused_a_pass_over_without_reasons(authority: Person, name: str) -> None:
    authority.follows(f"Pass over {name}")
    authority.ticks("Another name in reach fits the duties better")
    authority.presses("Record the pass-over")
    authority.reads("There is a problem", "Enter the reasons")


def appoints(authority: Person, name: str, position: str) -> None:
    authority.follows(f"Appoint {name}")
    authority.reads("May be appointed now")
    appoints_here(authority, position)
    authority.reads("Appointed. The position is filled", f"Appointed to Tree inspector ({position})")


def appoints_here(authority: Person, position: str, first_day: dt.date | None = None) -> None:
    """Fill the form of an appointment; it begins in ten days unless told otherwise."""
    first_day = first_day or dt.datetime.now(dt.UTC).date() + dt.timedelta(days=10)
    choice = authority.page.get_by_label("Position").locator("option", has_text=position).inner_text()
    authority.picks("Position", choice)
    authority.fills(**{"starts_on-day": str(first_day.day), "starts_on-month": str(first_day.month)})
    authority.fills(**{"starts_on-year": str(first_day.year)})
    authority.presses("Appoint")


def finds_the_holder(hr: Person, position: str, name: str) -> None:
    hr.opens("/staff/positions")
    hr.follows(position)
    hr.reads(name)


def reads_the_service_record(hr: Person, name: str, position: str) -> None:
    hr.opens("/staff/employees")
    hr.follows(name)
    hr.reads("In service", position, "Probational")
