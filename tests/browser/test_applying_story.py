"""Applying: on a small phone without script and with a session that ends, and with a script that saves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import office
from tests.browser import steps_applicant as applicants
from tests.browser.people import PHONE, Person
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.browser
SAVED = "Saved at"


def test_a_session_that_ends_costs_no_word_and_what_was_sent_may_be_changed(person):
    mira: Person = person("mira", viewport=PHONE, java_script_enabled=False)
    mira.opens("/")
    mira.follows("Vacancies")
    applicants.finds_the_vacancy(mira, office.INSPECTOR)
    applicants.signs_in_to_apply(mira)
    applicants.answers_whether_they_may_apply(mira)
    applicants.loses_the_session_and_no_word(mira)
    applicants.has_no_more(mira)
    applicants.has_no_more(mira)
    applicants.adds_no_licence_and_no_language(mira)
    applicants.answers_the_requirements(mira)
    applicants.claims_nothing(mira)
    applicants.adds_no_document(mira)
    applicants.chooses_to_pay_at_the_office(mira)
    number, _digest = applicants.submits(mira)
    applicants.changes_the_town_and_submits_again(mira, number)


def test_what_is_written_is_saved_without_a_button(person):
    olu: Person = person("olu")
    olu.opens("/")
    olu.follows("Vacancies")
    applicants.finds_the_vacancy(olu, office.INSPECTOR)
    applicants.signs_in_to_apply(olu)
    olu.follows("Contact details")
    status = olu.page.get_by_role("status")
    olu.types("Town or city", "Riverton")
    olu.page.keyboard.press("Tab")
    expect(status).to_contain_text(SAVED)
    olu.sees_a_good_page()
    olu.page.reload()
    expect(olu.page.get_by_label("Town or city")).to_have_value("Riverton")

    olu.page.context.set_offline(True)
    olu.types("Address line 1", "48 Willow Street")
    olu.page.keyboard.press("Tab")
    expect(status).to_contain_text("there is no connection")
    olu.page.get_by_role("button", name="Save and continue").click()
    expect(olu.page.get_by_label("Address line 1")).to_have_value("48 Willow Street")
    olu.page.context.set_offline(False)
    expect(status).to_contain_text(SAVED)

    olu.page.context.clear_cookies(name="meritum")
    olu.types("Telephone number", "+1 212 555 0147")
    olu.page.keyboard.press("Tab")
    expect(status).to_contain_text("your session has ended")
    olu.signs_in()
    olu.follows("My applications")
    olu.follows("Go on")
    olu.follows("Contact details")
    expect(status).to_contain_text("is in the form again")
    expect(olu.page.get_by_label("Telephone number")).to_have_value("+1 212 555 0147")
    olu.presses("Save and come back later")
    olu.follows("Contact details")
    expect(olu.page.get_by_label("Telephone number")).to_have_value("+1 212 555 0147")
    expect(status).to_be_empty()


def test_claims_and_the_fee_are_saved_without_a_button_too(person):
    rosa: Person = person("rosa")
    rosa.opens("/")
    rosa.follows("Vacancies")
    applicants.finds_the_vacancy(rosa, office.INSPECTOR)
    applicants.signs_in_to_apply(rosa)
    tasks = rosa.page.url
    status = rosa.page.get_by_role("status")
    rosa.follows("Claims to preference")
    rosa.ticks("Veteran", exact=True)
    expect(status).to_contain_text(SAVED)
    rosa.sees_a_good_page()
    rosa.shows("claims-saved")
    rosa.page.reload()
    expect(rosa.page.get_by_label("Veteran", exact=True)).to_be_checked()
    rosa.page.goto(tasks)
    rosa.follows("Fee")
    rosa.types("What we should know about it", "I pay on Mon")
    rosa.page.keyboard.press("Tab")
    expect(status).to_contain_text(SAVED)
    rosa.shows("fee-saved")
    rosa.page.context.clear_cookies(name="meritum")
    rosa.types("What we should know about it", "I pay on Monday")
    rosa.presses("Save and continue")
    rosa.types("Email address", rosa.site.people[rosa.name])
    rosa.types("Password", PASSWORD, exact=True)
    rosa.presses("Sign in")
    expect(rosa.page.get_by_label("What we should know about it")).to_have_value("I pay on Monday")
    rosa.presses("Save and continue")
    rosa.page.goto(tasks)
    rosa.reads("Claims to preference", "In progress")


def test_an_entry_written_in_two_windows_is_one_entry_and_nothing_is_overwritten(person):
    ines: Person = person("ines")
    ines.opens("/")
    ines.follows("Vacancies")
    applicants.finds_the_vacancy(ines, office.INSPECTOR)
    applicants.signs_in_to_apply(ines)
    ines.follows("Languages")
    ines.ticks("Yes")
    ines.presses("Continue")
    ines.page.locator("main [name='language']").fill("Yoruba")
    ines.page.keyboard.press("Tab")
    expect(ines.page.get_by_role("status")).to_contain_text(SAVED)
    ines.picks("How well you speak it", "As well as the best speakers (C2)")
    ines.presses("Save and continue")
    expect(ines.page.get_by_role("heading", name="Yoruba")).to_have_count(1)
    ines.follows("Yoruba")
    other = ines.page.context.new_page()
    other.goto(ines.page.url)
    other.get_by_label("Certificate").fill("Diploma, 2024")
    other.get_by_role("button", name="Save and continue").click()
    other.close()
    ines.types("Certificate", "Diploma, 2025")
    ines.presses("Save and continue")
    ines.reads("saved somewhere else", "Diploma, 2024")
    ines.shows("two-windows")
    expect(ines.page.get_by_label("Certificate")).to_have_value("Diploma, 2025")
    ines.presses("Save and continue")
    ines.reads("Diploma, 2025")
