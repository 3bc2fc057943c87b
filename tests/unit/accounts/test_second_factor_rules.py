"""Which one-time code is right, when, and how often."""

from __future__ import annotations

import base64
import datetime as dt

import pytest

from app.accounts.second_factor.rules import STEP, enrolment_uri, grouped, matching_step, new_secret

# The secret and the codes of RFC 6238, appendix B (their last six digits).
SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]


def moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_of_the_standard_are_right(seconds, code):
    assert matching_step(SECRET, code, at=moment(seconds), last_step=None) == seconds // STEP


@pytest.mark.parametrize(("offset", "is_right"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off_and_no_more(offset, is_right):
    found = matching_step(SECRET, "081804", at=moment(1111111109 + offset), last_step=None)
    assert found == (37037036 if is_right else None)


@pytest.mark.parametrize(("last_step", "step"), [(None, 1), (0, 1), (1, None), (2, None)])
def test_a_code_is_right_once(last_step, step):
    assert matching_step(SECRET, "287082", at=moment(59), last_step=last_step) == step


def test_spaces_in_a_code_do_no_harm():
    assert matching_step(SECRET, " 287 082 ", at=moment(59), last_step=None) == 1


@pytest.mark.parametrize("code", ["", "287081", "28708", "2870820", "٢٨٧٠٨٢", "28708é"])
def test_any_other_code_is_wrong(code):
    assert matching_step(SECRET, code, at=moment(59), last_step=None) is None


def test_each_secret_is_new_and_has_160_bits():
    first, second = new_secret(), new_secret()
    assert first != second
    assert len(base64.b32decode(first)) == 20


def test_an_app_is_told_whose_account_it_is():
    uri = enrolment_uri(SECRET, "ann+1@city.example")
    assert uri == f"otpauth://totp/Meritum:ann%2B1%40city.example?secret={SECRET}&issuer=Meritum"


def test_a_secret_is_typed_in_fours():
    assert grouped("ABCDEFGHIJ") == "ABCD EFGH IJ"
