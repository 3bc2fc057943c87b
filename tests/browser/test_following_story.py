"""After an application is sent: the receipt kept and checked without the office, messages, one's own data."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.recruitment.applications.models import Application
from tests.browser import office
from tests.browser import steps_applicant as applicants
from tests.browser.people import DESKTOP, PHONE, Person
from tests.factories.applications import make_section

pytestmark = pytest.mark.browser
QUESTION = "May I hand in my diploma later?"
ANSWER = "Yes, until the day of the examination."


def has_a_whole_draft(site, short: str, title: str) -> str:
    draft = office.has_written(site, short, title)
    with office._changing(site) as session:
        application = session.get_one(Application, draft.rpartition("/")[2])
        make_section(session, application, "claims", {"kinds": ["none"]})
    return draft


def test_an_application_is_followed_to_its_end(person, site, tmp_path):
    draft = has_a_whole_draft(site, "kai", "Tree surgeon")
    kai: Person = person("kai", viewport=DESKTOP)
    kai.signs_in()
    number, _ = applicants.declares_and_submits(kai, draft)
    keeps_the_receipt_and_checks_it_without_the_office(kai, draft, tmp_path)
    a_visitor_checks_the_file(person("visitor", viewport=PHONE), tmp_path / "receipt.json", number)
    writes_and_is_answered(kai, person("hr"), draft, number)
    chooses_mail(kai)
    takes_what_is_held(kai, number)
    withdraws(kai, draft)


def keeps_the_receipt_and_checks_it_without_the_office(kai: Person, draft: str, folder: Path) -> None:
    kai.opens(f"{draft}/receipt")
    expect(kai.page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    assert kai.downloads("Download the receipt (PDF)").startswith(b"%PDF")
    (folder / "receipt.json").write_bytes(kai.downloads("Download the signed receipt file"))
    (folder / "content.json").write_bytes(kai.downloads("Download exactly what we received"))
    kai.shows("receipt")
    kai.follows("How receipts are checked, even without us")
    kai.shows("receipts")
    (folder / "verify.html").write_bytes(kai.downloads("Verifier as a web page"))
    receipt = json.loads((folder / "receipt.json").read_text())
    (folder / "altered-receipt.json").write_text(json.dumps(receipt | {"version": 2}))
    context = kai.page.context.browser.new_context(offline=True)
    try:
        page = context.new_page()
        page.goto((folder / "verify.html").as_uri())
        page.get_by_label("Receipt file").set_input_files(folder / "receipt.json")
        expect(page.get_by_role("status")).to_contain_text("This receipt is genuine.")
        page.get_by_label("File of what was received").set_input_files(folder / "content.json")
        expect(page.get_by_role("status")).to_contain_text("given for exactly this content")
        page.get_by_label("Receipt file").set_input_files(folder / "altered-receipt.json")
        expect(page.get_by_role("status")).to_contain_text("This receipt was altered.")
    finally:
        context.close()


def a_visitor_checks_the_file(visitor: Person, receipt: Path, number: str) -> None:
    visitor.opens("/receipts/check")
    visitor.page.get_by_label("Receipt file").set_input_files(receipt)
    visitor.presses("Check the file")
    visitor.reads("This receipt is genuine", number)
    visitor.reads_nothing_of("Ada", "Kai")
    visitor.shows("receipt-checked")
    visitor.opens("/receipts/make-again")
    visitor.shows("receipt-again")


def writes_and_is_answered(kai: Person, hr: Person, draft: str, number: str) -> None:
    kai.opens(draft)
    kai.reads("What happens next", "Whose turn it is", office.AGENCY)
    kai.follows("Messages with the office")
    kai.presses("Send the message")
    kai.reads("There is a problem", "Write your message")
    kai.types("Your message", QUESTION)
    kai.presses("Send the message")
    kai.reads("Your message is sent.", QUESTION, "Not read yet")
    hr.signs_in()
    hr.opens("/staff/messages")
    hr.reads("Ada Example", number)
    hr.shows("messages-inbox")
    hr.follows("Ada Example")
    hr.reads(QUESTION, "Waiting for an answer since")
    hr.types("Your message", ANSWER)
    hr.presses("Send the message")
    hr.reads("Message sent.", ANSWER)
    hr.shows("messages-staff")
    kai.opens("/my/applications")
    kai.reads("1 new message")
    kai.opens(draft)
    kai.shows("application-followed")
    kai.follows("Read 1 new message")
    kai.reads(ANSWER)
    kai.shows("messages-own")


def chooses_mail(kai: Person) -> None:
    kai.opens("/my/preferences")
    kai.page.get_by_label("New vacancies").uncheck()
    kai.presses("Save my choices")
    kai.reads("Your choices are saved.")
    expect(kai.page.get_by_label("New vacancies")).not_to_be_checked()
    expect(kai.page.get_by_label("Reminders")).to_be_checked()
    kai.shows("preferences")


def takes_what_is_held(kai: Person, number: str) -> None:
    kai.opens("/my/data")
    kai.presses("Make a copy")
    end = time.monotonic() + 60
    while not kai.page.get_by_role("button", name="Download JSON").count() and time.monotonic() < end:
        time.sleep(0.5)
        kai.opens("/my/data")
    with kai.page.expect_download() as started:
        kai.page.get_by_role("button", name="Download JSON").click()
    held = json.loads(Path(started.value.path()).read_text())
    numbers = [
        row["number"] for table in held["held"] if table["table"] == "applications" for row in table["rows"]
    ]
    assert number in numbers
    kai.shows("data")


def withdraws(kai: Person, draft: str) -> None:
    kai.opens(draft)
    kai.follows("Withdraw this application")
    kai.reads("Withdraw your application?")
    kai.presses("Withdraw my application")
    kai.reads("Your application is withdrawn.", "Not reached")


def test_it_is_followed_on_a_small_phone_without_script(person, site):
    draft = has_a_whole_draft(site, "nora", "Hedge trimmer")
    nora: Person = person("nora", viewport=PHONE, java_script_enabled=False)
    nora.signs_in()
    applicants.declares_and_submits(nora, draft)
    nora.opens(draft)
    nora.reads("What happens next", "By when", "The way from here", "What happened so far")
    nora.follows("Messages with the office")
    nora.types("Your message", QUESTION)
    nora.presses("Send the message")
    nora.reads("Your message is sent.", QUESTION)
    nora.opens("/my/preferences")
    nora.presses("Save my choices")
    nora.reads("Your choices are saved.")
    nora.opens("/my/data")
    nora.presses("Make a copy")
    nora.reads("Your copy is being made")
    nora.opens("/my/data/delete")
    nora.reads("What is deleted", "What is kept, until when and why", "29 CFR 1602.31")
    nora.shows("deletion")
