"""What applicants do on their phones: find a vacancy, apply step by step, submit, keep the receipt."""

from __future__ import annotations

import io
import re

import pikepdf
from playwright.sync_api import expect

from tests.browser import office
from tests.browser.mail import mailed_code
from tests.browser.people import Person
from tests.factories.accounts import PASSWORD

NUMBER = re.compile(r"A-\d{4}-[\d-]+")
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def finds_the_vacancy(visitor: Person, title: str) -> None:
    visitor.opens("/vacancies")
    visitor.types("Job title, skill or number", title)
    visitor.presses("Search")
    visitor.shows("vacancies")
    visitor.follows(title, exact=True)
    visitor.reads("What you need")
    visitor.shows("vacancy")


def signs_in_to_apply(applicant: Person) -> None:
    applicant.presses("Apply for this vacancy")
    applicant.types("Email address", applicant.site.people[applicant.name])
    applicant.types("Password", PASSWORD, exact=True)
    applicant.presses("Sign in")
    applicant.presses("Start your application")
    applicant.reads("It is not submitted yet.")


def registers_to_apply(newcomer: Person, full_name: str, email: str) -> None:
    newcomer.presses("Apply for this vacancy")
    newcomer.follows("Create an account")
    newcomer.types("Full name", full_name)
    newcomer.types("Email address", email)
    newcomer.types("Password", "short", exact=True)
    newcomer.types("Password again", "short")
    newcomer.presses("Create an account")
    newcomer.reads("Password must be 12 characters or more")
    expect(newcomer.page.get_by_label("Full name")).to_have_value(full_name)
    newcomer.types("Password", PASSWORD, exact=True)
    newcomer.types("Password again", PASSWORD)
    newcomer.presses("Create an account")
    newcomer.reads("Look into your mail", email)
    newcomer.types("Code from the mail", mailed_code(newcomer.site, email))
    newcomer.presses("Confirm", exact=True)
    newcomer.presses("Start your application")


def leaves_and_comes_back(applicant: Person) -> None:
    """Stop in the middle of a step, sign out, and go on where it was left."""
    applicant.follows("Contact details")
    applicant.types("Telephone number", "+1 212 555 0147")
    applicant.presses("Save and come back later")
    applicant.reads("In progress")
    applicant.presses("Sign out")
    applicant.signs_in()
    applicant.reads("Draft")
    applicant.follows("Go on")
    applicant.shows("tasks")
    applicant.follows("Contact details")
    expect(applicant.page.get_by_label("Telephone number")).to_have_value("+1 212 555 0147")


def begins_with_contact_details(applicant: Person) -> None:
    applicant.follows("Contact details")


def gives_contact_details(applicant: Person) -> None:
    applicant.types("Telephone number", "+1 212 555 0147")
    applicant.types("Address line 1", "48 Willow Street")
    applicant.types("Town or city", "Riverton")
    applicant.presses("Save and continue")


def gives_a_wrong_telephone_first(applicant: Person) -> None:
    applicant.types("Telephone number", "call me")
    applicant.types("Address line 1", "7 Mill Lane")
    applicant.presses("Save and continue")
    applicant.reads("There is a problem", "Telephone number must be a number", "Enter town or city")
    expect(applicant.page.get_by_label("Telephone number")).to_have_value("call me")
    expect(applicant.page.get_by_label("Address line 1")).to_have_value("7 Mill Lane")


def tells_of_a_school(applicant: Person) -> None:
    applicant.ticks("Yes")
    applicant.presses("Continue")
    applicant.picks("Level", "Trade or vocational certificate")
    applicant.types("School or college", "Riverton School of Forestry")
    applicant.types("Qualification", "Certificate in tree care", exact=True)
    applicant.ticks("I have it")
    applicant.types("Year", "2019")
    applicant.presses("Save and continue")


def tells_of_a_post(applicant: Person) -> None:
    applicant.ticks("Yes")
    applicant.presses("Continue")
    applicant.types("Employer", "Green City Trees")
    applicant.types("Job title", "Tree worker")
    applicant.picks("Month you started", "March")
    applicant.types("Year you started", "2020")
    applicant.ticks("I still work there")
    applicant.types("Hours a week", "38")
    applicant.types("What you did", "I climb, prune and inspect street trees.")
    applicant.presses("Save and continue")


def has_no_more(applicant: Person) -> None:
    applicant.ticks("No")
    applicant.presses("Continue")


def adds_no_licence_and_no_language(applicant: Person) -> None:
    applicant.reads("You may leave this out.")
    has_no_more(applicant)
    applicant.reads("You may leave this out.")
    has_no_more(applicant)


def answers_the_requirements(applicant: Person) -> None:
    for box in applicant.page.get_by_role("textbox").all():
        box.fill("I have done this since March 2020 at Green City Trees.")
    applicant.presses("Save and continue")


def claims_nothing(applicant: Person) -> None:
    applicant.ticks("I claim none of these")
    applicant.presses("Save and continue")


def claims_to_be_a_veteran(applicant: Person) -> None:
    applicant.ticks("Veteran")
    applicant.presses("Save and continue")
    applicant.follows("Add evidence")
    applicant.page.get_by_label("File").set_input_files(
        {"name": "discharge.pdf", "mimeType": "application/pdf", "buffer": paper()}
    )
    applicant.presses("Upload")
    applicant.reads("Evidence added", "discharge.pdf")
    applicant.presses("Continue")


def adds_no_document(applicant: Person) -> None:
    applicant.presses("Save and continue")


def submits(applicant: Person) -> tuple[str, str]:
    """Review, declare and send; gives the number and the fingerprint of the receipt."""
    applicant.reads("Everything is there.")
    applicant.presses("Go on to the declaration")
    applicant.page.get_by_role("checkbox").check()
    applicant.presses("Submit application")
    return keeps_the_receipt(applicant)


def declares_and_submits(applicant: Person, draft: str) -> tuple[str, str]:
    """Send a draft in which every step is complete."""
    applicant.opens(f"{draft}/review")
    return submits(applicant)


def waits_too_long(applicant: Person, draft: str) -> None:
    """Open the declaration in time, and look away."""
    applicant.opens(f"{draft}/submit")
    applicant.page.get_by_role("checkbox").check()


def is_too_late(applicant: Person, draft: str) -> None:
    applicant.presses("Submit application")
    applicant.reads("There is a problem", "We received your submission at", "Applications closed at")
    applicant.reads("Your draft is kept; it is NOT submitted.")
    applicant.follows("Read or print your draft")
    applicant.reads("Review your application")
    applicant.opens(f"{draft}/tasks")
    applicant.reads("You can no longer submit this application", "Your draft is kept")
    applicant.follows("Contact details")
    expect(applicant.page.get_by_label("Full name")).not_to_have_value("")


def keeps_the_receipt(applicant: Person) -> tuple[str, str]:
    applicant.reads("Application received")
    said = applicant.text()
    number, digest = NUMBER.search(said), DIGEST.search(said)
    assert number, said
    assert digest, said
    return number[0], digest[0]


def checks_the_receipt(anyone: Person, number: str, digest: str) -> None:
    anyone.opens("/receipts/check")
    anyone.types("Application number", number)
    anyone.types("Fingerprint", digest[::-1])
    anyone.presses("Check")
    anyone.reads("We cannot confirm this receipt")
    anyone.types("Fingerprint", digest)
    anyone.presses("Check")
    anyone.reads("This receipt is genuine", number)


def answers_whether_they_may_apply(applicant: Person) -> None:
    """Say no where the law says no, read why, correct it; say no to what is only good to know, and go on."""
    applicant.follows("May you apply?")
    applicant.ticks("No", within="Are you at least 18 years old?")
    applicant.ticks("No", within="Can you work at night?")
    applicant.presses("Save and continue")
    applicant.reads("You may not apply for this vacancy", "The law sets a lowest age of 18 for this post.")
    applicant.shows("barred")
    applicant.presses("Change my answers")
    applicant.ticks("Yes", within="Are you at least 18 years old?")
    applicant.presses("Save and continue")
    applicant.reads("Before you go on", "The post has night shifts.", "You may still apply.")
    applicant.presses("Go on with the application")


def loses_the_session_and_no_word(applicant: Person) -> None:
    """Write a step, lose the session, press the button: after signing in the text stands in the same step."""
    applicant.types("Telephone number", "+1 212 555 0147")
    applicant.types("Address line 1", "48 Willow Street")
    applicant.page.context.clear_cookies(name="meritum")
    applicant.presses("Save and continue")
    applicant.reads("What you typed is kept", "Sign in")
    applicant.shows("session-lost")
    applicant.types("Email address", applicant.site.people[applicant.name])
    applicant.types("Password", PASSWORD, exact=True)
    applicant.presses("Sign in")
    applicant.reads("Contact details", "What you had typed is in the form again")
    applicant.shows("typed-again")
    expect(applicant.page.get_by_label("Address line 1")).to_have_value("48 Willow Street")
    expect(applicant.page.get_by_label("Telephone number")).to_have_value("+1 212 555 0147")
    applicant.types("Town or city", "Riverton")
    applicant.presses("Save and continue")
    applicant.reads("Education")


def chooses_to_pay_at_the_office(applicant: Person) -> None:
    applicant.reads("Applying for this vacancy costs $40.00.")
    applicant.ticks("Pay at the office")
    applicant.presses("Save and continue")


def changes_the_town_and_submits_again(applicant: Person, number: str) -> None:
    """Change what was received: it counts as it was until the change is submitted under the same number."""
    applicant.follows("My applications")
    applicant.follows(office.INSPECTOR)
    applicant.presses("Change your application")
    applicant.reads("Changes, not submitted", "counts as we received it until you submit these changes")
    applicant.follows("Contact details")
    applicant.types("Town or city", "Albany")
    applicant.presses("Save and continue")
    applicant.opens(re.sub(r"/[a-z]+$", "/review", applicant.page.url))
    applicant.reads("What you changed since version 1", "Riverton", "Albany")
    applicant.shows("changes")
    again, _digest = submits(applicant)
    assert again == number


def paper() -> bytes:
    """Make a PDF of one empty page."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()
