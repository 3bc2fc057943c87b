"""An applicant without a mouse finds a vacancy, applies and submits; nothing is clicked or filled in."""

from __future__ import annotations

import pytest

from tests.browser import office
from tests.browser import steps_applicant as applicants
from tests.browser.keyboard import Typist
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.browser


def test_an_applicant_applies_by_keyboard_alone(site, person):
    kai = person("kai")
    keys = Typist(kai)
    kai.opens("/")
    skips_to_the_content(keys)
    finds_the_vacancy(keys)
    signs_in(keys, site.people["kai"])
    is_led_from_each_error_to_its_field(keys)
    gives_contact_details(keys)
    tells_of_a_school(keys)
    for _step in ("education", "experience", "licences", "languages"):
        has_no_more(keys)
    answers_the_requirements(keys)
    claims_nothing_and_adds_no_document(keys)
    submits(keys)
    applicants.keeps_the_receipt(kai)


def skips_to_the_content(keys: Typist) -> None:
    keys.keys.press("Tab")
    assert keys.focus()["name"] == "Skip to main content"
    keys.keys.press("Enter")
    # the next stop is past the header and the navigation
    assert keys.tabs_to("Job title, skill or place")["tag"] == "input"
    assert keys.tabs_to("Sign in", back=True)["tag"] == "a"


def finds_the_vacancy(keys: Typist) -> None:
    keys.types("Job title, skill or place", office.GARDENER)
    keys.sends()
    keys.enters(office.GARDENER, "a")
    keys.person.reads("What you need")
    keys.enters("Apply for this vacancy")


def signs_in(keys: Typist, email: str) -> None:
    keys.types("Email address", email)
    keys.types("Password", PASSWORD)
    keys.sends()
    keys.enters("Start your application")
    keys.enters("Contact details")


def is_led_from_each_error_to_its_field(keys: Typist) -> None:
    keys.types("Telephone number", "call me")
    keys.sends()
    keys.person.reads("There is a problem")
    assert keys.page.evaluate("document.activeElement.classList.contains('govuk-error-summary')")
    for message, field in (
        ("Telephone number must be a number", "telephone"),
        ("Enter address line 1", "address_line_1"),
        ("Enter town or city", "town"),
    ):
        keys.page.evaluate("document.querySelector('.govuk-error-summary').focus()")
        keys.tabs_to(message)
        keys.keys.press("Enter")
        assert keys.focus()["id"] == field


def gives_contact_details(keys: Typist) -> None:
    keys.page.evaluate("document.querySelector('.govuk-error-summary').focus()")
    keys.types("Telephone number", "+1 212 555 0147")
    keys.types("Address line 1", "48 Willow Street")
    keys.types("Town or city", "Riverton")
    keys.enters("Save and continue")


def tells_of_a_school(keys: Typist) -> None:
    keys.chooses("Yes", "Yes")
    keys.enters("Continue")
    keys.types("Level", "Trade")
    keys.types("School or college", "Riverton School of Forestry")
    keys.types("Qualification", "Certificate in tree care")
    keys.chooses("I have it", "I am still studying")
    keys.types("Year", "2027")
    keys.enters("Save and continue")
    keys.person.reads("Certificate in tree care")


def has_no_more(keys: Typist) -> None:
    keys.chooses("Yes", "No")
    keys.enters("Continue")


def answers_the_requirements(keys: Typist) -> None:
    for requirement in office.REQUIREMENTS:
        keys.types(requirement, "I have done this since March 2020 in the gardens of the city.")
    keys.enters("Save and continue")


def claims_nothing_and_adds_no_document(keys: Typist) -> None:
    keys.ticks("I claim none of these")
    keys.enters("Save and continue")
    keys.enters("Save and continue")


def submits(keys: Typist) -> None:
    keys.person.reads("Everything is there.")
    keys.enters("Go on to the declaration")
    keys.ticks("I declare")
    keys.enters("Submit application")
