"""Which passwords are refused, and with which sentence."""

from __future__ import annotations

import pytest

from app.accounts.rules import TOO_COMMON, TOO_PERSONAL, TOO_SHORT, password_fault

ANNA = {"email": "anna.schmidt@city.example", "name": "Anna Schmidt"}


@pytest.mark.parametrize("password", ["", "short", "elevenchars", "Zx9$kLw2!pQ"])
def test_a_short_password_is_refused(password):
    assert password_fault(password, **ANNA) == TOO_SHORT


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd2026!",
        "PASSWORD PASSWORD",
        "welcomewelcome1",
        "letmeinplease!!",
        "iloveyou4ever",
        "summersummer26",
        "123456789012",
        "839201847562",
        "abcdefghijkl",
        "qwertyuiopas",
        "qwerty123456",
        "1q2w3e4r5t6y",
        "zaq12wsxcde3",
        "aaaaaaaaaaaab",
        "abcabcabcabc",
        "x1y2x1y2x1y2",
        "MERITUM-meritum-2026",
        "ｐａｓｓｗｏｒｄ１２３４",
    ],
)
def test_a_password_that_everyone_guesses_first_is_refused(password):
    assert password_fault(password, **ANNA) == TOO_COMMON


@pytest.mark.parametrize("password", ["anna.schmidt.1", "AnnaSchmidt2026!", "schmidt-city-99x"])
def test_a_password_made_of_the_persons_own_names_is_refused(password):
    assert password_fault(password, **ANNA) == TOO_PERSONAL


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "meritum-demonstration",
        "Zx9$kLw2!pQv",
        "bluekettle seven",
        "anna likes tall ferns",
        "密码是很长的句子而且很特别呢",
        "ключ от старого чердака",
    ],
)
def test_a_password_of_its_own_is_taken(password):
    assert password_fault(password, **ANNA) == ""


def test_names_of_one_or_two_letters_forbid_nothing():
    assert password_fault("bo rides a pale tram", email="bo@x.example", name="Bo Li") == ""


def test_the_longest_password_is_judged_quickly():
    # the budget of a unit test is the check: a slow rule would hold up the sign-in page
    assert password_fault("qwertyuiop" * 25 + "ké") == ""
