"""A profile is filled on a small phone without script; its claim is proved, refused, appealed, verified."""

from __future__ import annotations

import pytest

from tests.browser import office
from tests.browser import steps_profile as profiles
from tests.browser.people import PHONE, Person

pytestmark = pytest.mark.browser
VACANCY = "Ranger of the upper meadows"


def test_a_profile_and_a_claim_from_the_phone_to_the_decision(person, site):
    tomas: Person = person("tomas", viewport=PHONE, java_script_enabled=False)
    tomas.signs_in()
    profiles.opens_an_empty_profile(tomas)
    profiles.says_who_they_are(tomas)
    profiles.says_how_to_be_reached(tomas)
    profiles.adds_a_licence(tomas)
    profiles.adds_a_language(tomas)
    profiles.claims_to_be_a_veteran(tomas)
    profiles.uploads_a_diploma_after_a_mistake(tomas)
    profiles.is_refused_a_file_with_a_macro(tomas)

    draft = office.has_written(site, "tomas", VACANCY)
    number = profiles.applies_with_the_claim(tomas, draft)

    rosa: Person = person("hr")
    rosa.signs_in()
    profiles.looks_at_the_photo_and_refuses(rosa, VACANCY, number)
    profiles.reads_why_and_appeals(tomas)
    profiles.may_not_decide_the_appeal(rosa)
    samuel: Person = person("hr2", viewport=PHONE)
    samuel.signs_in()
    profiles.verifies_on_appeal(samuel)
    profiles.reads_that_it_is_verified(tomas)

    second = office.has_written(site, "tomas", f"{VACANCY}, second post")
    profiles.applies_with_the_claim(tomas, second)
    profiles.verifies_again_with_one_click(rosa)
