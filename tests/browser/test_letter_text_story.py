"""An officer writes a letter anew, sees it as it will be while typing, and somebody else approves it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LETTER = "/staff/letter-texts/application_received"


def test_a_letter_is_written_with_a_preview_and_approved_by_another(person):
    officer, second = person("hr"), person("hr2")
    officer.signs_in()
    officer.opens(LETTER)
    officer.goes_on(officer.page.get_by_role("button", name="Write it for").first)
    officer.sees_a_good_page()
    shown = officer.page.frame_locator("iframe[name=preview]")
    officer.types("Opening", "Welcome, {recipient_name}. {salary}")
    expect(shown.get_by_text("there is no field {salary}")).to_be_visible()  # while typing
    officer.types("Opening", "Welcome, {recipient_name}.")
    expect(shown.get_by_text("Welcome, María Fernanda Santos.")).to_be_visible()
    officer.types("Opening", "Dear friend of the parks.")
    officer.page.get_by_role("button", name="Preview").click()
    expect(shown.get_by_text("Dear friend of the parks.")).to_be_visible()
    officer.types("What is new", "Warmer")
    officer.presses("Save the draft")
    officer.reads("Draft saved.", "Dear friend of the parks.")
    officer.presses("Submit for approval")
    officer.reads("Submitted. Somebody else approves it.")
    second.signs_in()
    second.opens(LETTER)
    second.follows("Version 1")
    second.presses("Decide", exact=True)
    second.ticks("Approve: letters have it from now on")
    second.presses("Decide", exact=True)
    second.reads("Decided.", "approved by Samuel Okoro")
