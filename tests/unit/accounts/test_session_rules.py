"""Under which keys tries are counted, and what a browser is called."""

from __future__ import annotations

import hashlib

import pytest

from app.accounts.sessions.rules import browser_name, limits_for, network_of

DIGEST = hashlib.sha256(b"ann@city.example").hexdigest()


def test_a_try_counts_for_the_person_and_for_the_network():
    limits = limits_for("sign_in", " Ann@City.example ", "192.0.2.7")
    assert limits == {f"sign_in:{DIGEST}": 5, "sign_in:from:192.0.2.7": 20}


def test_without_an_address_only_the_person_counts():
    assert limits_for("code", "ann@city.example") == {f"code:{DIGEST}": 5}


def test_a_key_fits_its_column():
    assert max(map(len, limits_for("password", "x" * 9000, "2001:db8::1"))) <= 100


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
        ("x" * 500, "unknown"),
    ],
)
def test_an_address_is_counted_by_the_network_that_one_household_holds(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:145.0) Gecko/20100101 Firefox/145.0",
            "Firefox on Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 16) Chrome/142.0 Safari/537.36",
            "Chrome on Android",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64)", "Linux"),
        ("curl/8.9", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_called_what_a_person_calls_it(agent, name):
    assert browser_name(agent) == name
