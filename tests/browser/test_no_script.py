"""The applicant's part on a small phone whose browser runs no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import office
from tests.browser import steps_applicant as applicants
from tests.browser.people import PHONE, Person

pytestmark = pytest.mark.browser


def test_an_applicant_applies_without_script(person):
    nora: Person = person("nora", viewport=PHONE, java_script_enabled=False)
    nora.opens("/")
    expect(nora.page.locator(".js-enabled")).to_have_count(0)
    nora.follows("Vacancies")
    applicants.finds_the_vacancy(nora, office.GARDENER)
    applicants.signs_in_to_apply(nora)
    applicants.begins_with_contact_details(nora)
    applicants.gives_a_wrong_telephone_first(nora)
    applicants.gives_contact_details(nora)
    applicants.tells_of_a_school(nora)
    applicants.has_no_more(nora)
    applicants.tells_of_a_post(nora)
    applicants.has_no_more(nora)
    applicants.adds_no_licence_and_no_language(nora)
    applicants.answers_the_requirements(nora)
    applicants.claims_to_be_a_veteran(nora)
    applicants.adds_no_document(nora)
    number, digest = applicants.submits(nora)
    nora.follows("My applications")
    nora.reads("Received", number)
    applicants.checks_the_receipt(nora, number, digest)
