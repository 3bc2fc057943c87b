"""An officer finds two accounts of one person, another joins them, and the person is told where to go."""

from __future__ import annotations

import re

import pytest
from sqlalchemy.orm import Session

from app.accounts.merges.models import MatchKey
from app.accounts.roles import Role
from app.recruitment.profiles.models import Profile, ProfileSection
from tests.browser.mail import newest_mail
from tests.browser.people import PHONE, Person
from tests.browser.serving import serving
from tests.factories.accounts import LONG_AGO, PASSWORD, make_account, make_agency
from tests.factories.applications import CONTACT, make_application
from tests.factories.recruitment import make_posting

pytestmark = pytest.mark.browser


def fill(session: Session) -> dict[str, str]:
    """Make two officers, and one person with two accounts who applied twice to one vacancy."""
    agency = make_agency(session, code="PARKS", name="Riverton Department of Parks")
    people = {
        "records": make_account(session, name="Rosa Records", roles=[(Role.RECORDS_OFFICER, None)]),
        "boss": make_account(session, name="Bea Boss", roles=[(Role.AGENCY_ADMINISTRATOR, None)]),
        "home": make_account(session, name="Ann Ames", email="ann@home.example"),
        "work": make_account(session, name="Ann Ames", email="ann@work.example"),
    }
    posting = make_posting(session, agency_id=agency.id, title="Park gardener")
    for account in (people["home"], people["work"]):
        make_application(session, posting_id=posting.id, account_id=account.id)
        session.add(Profile(account_id=account.id, started_at=LONG_AGO, saved_at=LONG_AGO))
        session.flush()
        born = {"full_name": account.name, "born_on": "1990-03-27"}
        for section, data in (("contact", CONTACT), ("person", born)):
            row = {"account_id": account.id, "section": section, "data": data, "saved_at": LONG_AGO}
            session.add(ProfileSection(**row))
        # as the worker marks them every hour
        session.add(MatchKey(account_id=account.id, kind="name_birth", digest="a" * 64))
        session.add(MatchKey(account_id=account.id, kind="telephone", digest="b" * 64))
    return {name: account.email for name, account in people.items()}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("merges"), fill) as started:
        yield started


def test_two_accounts_of_one_person_are_joined_and_parted_again(person, site):
    rosa: Person = person("records")
    rosa.signs_in()
    rosa.opens("/staff/duplicates")
    rosa.reads("Same name and date of birth", "Same telephone number")
    rosa.shows("list_duplicates")
    rosa.follows("Compare")
    rosa.reads("They share:", "27 March 1990", "Park gardener")
    rosa.shows("propose_merge")
    rosa.presses("Propose to join them")
    rosa.reads("Select the account that goes on", "Select which one goes on: Applications")
    rosa.ticks("First account: Ann Ames")
    rosa.ticks("Second account: Park gardener")
    rosa.types("How do you know", "Both gave the same identity card at the counter.")
    rosa.presses("Propose to join them")
    rosa.reads("Proposed: join two accounts", "Another officer decides.")

    for address in ("ann@home.example", "ann@work.example"):
        asked: Person = person("home", viewport=PHONE)
        link = re.search(r"/joining\?token=[\w-]+", newest_mail(site, address, "Are both accounts yours?"))
        asked.opens(link[0])
        asked.sees_a_good_page()
        asked.shows("answer_merge")
        asked.ticks("Yes, both are mine. Join them.")
        asked.presses("Send my answer")
        asked.reads("This address agrees.")

    bea: Person = person("boss")
    bea.signs_in()
    bea.opens("/staff/merges")
    bea.shows("list_merges")
    bea.follows("Ann Ames")
    bea.presses("Decide")
    bea.reads("Side by side")
    bea.shows("decide_merge")
    bea.ticks("Join the two accounts")
    bea.presses("Save the decision")
    bea.reads("The two accounts are joined.", "Rows moved")
    bea.shows("show_merge")

    ann: Person = person("work", viewport=PHONE)
    newest_mail(site, "ann@work.example", "Your accounts were joined")
    closed = "ann@work.example" if "ann@work.example" in bea.text().partition("Is closed")[2] else ""
    assert closed or "ann@home.example" in bea.text()
    ann.opens("/sign-in")
    ann.types("Email address", closed or "ann@home.example")
    ann.types("Password", PASSWORD, exact=True)
    ann.presses("Sign in")
    ann.reads("Your accounts were joined")
    ann.shows("merged")

    bea.presses("Undo")
    bea.types("Reason", "They are sisters.")
    bea.shows("undo_merge")
    bea.presses("Undo")
    bea.reads("Undone: two accounts are apart again")


def test_the_pages_by_which_an_account_is_changed(person):
    ann: Person = person("home")
    ann.signs_in()
    ann.opens("/my/address")
    ann.types("New email address", "ann@new.example")
    ann.presses("Send the links")
    ann.reads("Links are on their way to both addresses.", "Not yet")
    ann.shows("change_address")
    ann.opens("/my/services")
    ann.shows("list_services")
    ann.opens("/my/identity?next=/my/passkeys")
    ann.shows("prove")
    ann.types("Password", "wrong")
    ann.presses("Continue")
    ann.reads("This is not your present password")
    ann.types("Password", PASSWORD)
    ann.presses("Continue")
    ann.reads("Passkeys")
