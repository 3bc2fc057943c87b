"""Getting an account and keeping others out of it: mail, passkey, two steps, lost phone, sessions."""

from __future__ import annotations

import re

import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser import office
from tests.browser.mail import mailed_code, mailed_link, newest_mail
from tests.browser.people import PHONE, Person
from tests.browser.serving import serving
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.browser
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """An office of its own, called by a name: passkeys belong to names, never to numbers."""
    with serving(tmp_path_factory.mktemp("accounts"), office.fill, host="localhost") as started:
        yield started


def fills_registration(visitor: Person, name: str, email: str) -> None:
    visitor.opens("/sign-in")
    visitor.follows("Create an account")
    visitor.types("Full name", name)
    visitor.types("Email address", email)
    visitor.types("Password", PASSWORD, exact=True)
    visitor.types("Password again", PASSWORD)
    visitor.shows("register")
    visitor.presses("Create an account")
    visitor.reads("Look into your mail", email)


def gets_a_device(visitor: Person) -> None:
    """Plug in an authenticator that the browser only imagines."""
    controls = visitor.page.context.new_cdp_session(visitor.page)
    controls.send("WebAuthn.enable")
    controls.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def turns_two_steps_on(person: Person) -> tuple[str, list[str]]:
    """Set an authenticator app up; give its key and the recovery codes."""
    person.opens("/my/second-factor")
    person.presses("Set up two-step sign-in")
    person.shows("second_factor")
    key = person.page.locator(".merit-code").first.inner_text().replace(" ", "")
    person.types("Code", pyotp.TOTP(key).now())
    person.presses("Turn on")
    person.shows("recovery_codes_before")
    person.presses("Make recovery codes")
    person.reads("These are your codes.")
    person.shows("recovery_codes")
    return key, person.page.locator("ol .merit-code").all_inner_texts()


def test_a_newcomer_confirms_by_code_and_signs_in_by_passkey(person, site):
    ann: Person = person("ann")
    gets_a_device(ann)
    fills_registration(ann, "Ann Ames", "ann@people.example")
    ann.shows("confirm_registration")
    ann.types("Code from the mail", "0000 0000")
    ann.presses("Confirm", exact=True)
    ann.reads("This is not the code that we mailed last")
    ann.types("Code from the mail", mailed_code(site, "ann@people.example"))
    ann.presses("Confirm", exact=True)
    ann.reads("your account is made, and you are signed in")
    ann.opens("/my/account")
    ann.shows("my_account")
    ann.opens("/my/passkeys")
    ann.shows("passkeys_none")
    ann.types("Name of the passkey", "My laptop")
    ann.presses("Add a passkey")
    ann.reads("The passkey is added.", "My laptop", "Not yet")
    ann.shows("passkeys")
    ann.presses("Sign out")
    ann.shows("sign_in")
    ann.presses("Sign in with a passkey")
    expect(ann.page).to_have_url(re.compile(r"/my/applications$"))
    ann.opens("/my/passkeys")
    ann.reads_nothing_of("Not yet")
    ann.follows("Rename or remove")
    ann.shows("rename_passkey")
    ann.presses("Remove the passkey")
    ann.reads("The passkey is removed.", "You have no passkey yet.")


def test_a_browser_without_the_passkey_says_so_and_the_password_works(person, site):
    amina: Person = person("amina")
    gets_a_device(amina)
    amina.opens("/sign-in")
    amina.page.get_by_role("button", name="Sign in with a passkey").click()
    expect(amina.page.get_by_text("No passkey was used.")).to_be_visible()
    amina.sees_a_good_page()
    amina.signs_in()
    amina.opens("/my/account")


def test_on_a_small_phone_without_script_a_lost_phone_is_no_loss(person, site):
    nils: Person = person("nils", viewport=PHONE, java_script_enabled=False)
    fills_registration(nils, "Nils Berg", "nils@people.example")
    nils.opens(mailed_link(site, "nils@people.example"))
    nils.presses("Confirm my email address")
    nils.reads("your account is made, and you are signed in")
    nils.opens("/my/passkeys")
    nils.reads("your browser needs JavaScript")
    _, codes = turns_two_steps_on(nils)
    assert len(codes) == 10
    nils.presses("Sign out")
    nils.types("Email address", "nils@people.example")
    nils.types("Password", PASSWORD, exact=True)
    nils.presses("Sign in")
    nils.reads("Second step")
    nils.follows("I do not have my phone")
    nils.types("Recovery code", codes[3].upper())
    nils.presses("Continue")
    nils.opens("/my/account")
    nils.reads("9 codes left")
    newest_mail(site, "nils@people.example", "A recovery code was used")


def test_a_link_opened_elsewhere_asks_for_the_password(person, site):
    desk: Person = person("olga")
    fills_registration(desk, "Olga Ivanova", "olga@people.example")
    phone: Person = person("olga on the phone", viewport=PHONE)
    phone.opens(mailed_link(site, "olga@people.example"))
    phone.shows("follow_link")
    phone.types("Password", "wrong")
    phone.presses("Confirm my email address")
    phone.reads("This is not the password that you chose when you registered")
    phone.types("Password", PASSWORD)
    phone.presses("Confirm my email address")
    phone.reads("your account is made, and you are signed in")


def test_all_other_sessions_are_seen_and_ended(person, site):
    desk, phone = person("chen"), person("chen", viewport=PHONE)
    desk.signs_in()
    phone.signs_in()
    text = newest_mail(site, site.people["chen"], "New sign-in to your account")
    assert "Chrome on Linux, from the network 127.0.0.x" in text
    desk.opens("/my/account")
    desk.reads("This browser", "127.0.0.x", "End this session")
    desk.shows("sessions")
    desk.presses("End all other sessions")
    desk.reads("All your other sessions have ended.")
    phone.opens("/my/account")
    phone.reads("Sign in")


def test_an_owner_is_told_by_mail_and_nobody_else_by_the_page(person, site):
    visitor: Person = person("a visitor")
    fills_registration(visitor, "Somebody Else", site.people["dana"])
    text = newest_mail(site, site.people["dana"], "You have an account already")
    assert "/sign-in" in text


def test_staff_use_their_passkey_for_the_second_step(person, site):
    rosa: Person = person("hr")
    gets_a_device(rosa)
    rosa.signs_in()
    rosa.opens("/my/passkeys")
    rosa.presses("Add a passkey")
    rosa.reads("The passkey is added.")
    rosa.presses("Sign out")
    rosa.signs_in()
    rosa.reads("Second step", "Use your passkey for the second one.")
    rosa.shows("second_step")
    rosa.presses("Use a passkey")
    expect(rosa.page).to_have_url(re.compile(r"/staff/$"))
