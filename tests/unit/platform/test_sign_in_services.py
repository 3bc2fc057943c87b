"""What an operator may declare about other services to sign in through, and what is refused at start."""

from __future__ import annotations

import json

import pytest

from app.platform.config import ConfigError, from_environ
from app.platform.sign_in_services import SignInService, read_services

CITY = {"name": "city", "title": "City ID", "issuer": "https://id.city.example", "client_id": "meritum"}


def test_none_are_declared_by_saying_nothing():
    assert read_services("") == read_services("  ") == read_services("[]") == ()


def test_one_is_declared_with_what_is_usual():
    assert read_services(json.dumps([CITY])) == (SignInService(**CITY),)
    service = SignInService(**CITY)
    assert (service.scope, service.client_secret, service.links_by_email, service.strong_amr) == (
        "openid email profile",
        "",
        False,
        (),
    )


def test_everything_can_be_said():
    more = CITY | {
        "client_secret": "s",
        "scope": "openid email",
        "strong_amr": ["mfa", "hwk"],
        "strong_acr": ["gold"],
        "links_by_email": True,
    }
    assert read_services(
        json.dumps([more, CITY | {"name": "state", "issuer": "https://id.state.example"}])
    ) == (
        SignInService(**more | {"strong_amr": ("mfa", "hwk"), "strong_acr": ("gold",)}),
        SignInService(**CITY | {"name": "state", "issuer": "https://id.state.example"}),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "this is not JSON"),
        ("{}", "a list of services is expected"),
        ("[1]", "a list of services is expected"),
        (json.dumps([{"name": "city"}]), "a service lacks title, issuer, client_id."),
        (json.dumps([CITY | {"secret": "x"}]), "nothing is called secret."),
        (json.dumps([CITY | {"title": 5}]), "title must be text."),
        (json.dumps([CITY | {"name": "City ID"}]), "a name has small letters, digits and hyphens."),
        (json.dumps([CITY | {"issuer": "http://id.city.example"}]), "must begin with https://"),
        (json.dumps([CITY | {"strong_amr": "mfa"}]), "strong_amr must be a list of texts."),
        (json.dumps([CITY | {"links_by_email": "yes"}]), "links_by_email must be true or false."),
        (json.dumps([CITY, CITY]), "two services have the same name."),
        (json.dumps([CITY, CITY | {"name": "b"}]), "two services have the same issuer."),
    ],
)
def test_what_cannot_be_meant_is_refused_at_start(text, told):
    with pytest.raises(ConfigError, match="MERITUM_SIGN_IN_SERVICES") as refused:
        from_environ({"SECRET_KEY": "x" * 32, "MERITUM_SIGN_IN_SERVICES": text})
    assert told in str(refused.value)


def test_keys_and_domain_have_defaults():
    config = from_environ({"SECRET_KEY": "x" * 32, "MERITUM_URL": "https://jobs.city.example:8443"})
    assert (config.sealing_keys, config.relying_party) == (("x" * 32,), "jobs.city.example")
    given = {"MERITUM_ACCOUNT_KEYS": f" {'n' * 32}, {'o' * 32} ", "MERITUM_PASSKEY_DOMAIN": "City.example"}
    config = from_environ({"SECRET_KEY": "x" * 32} | given)
    assert (config.sealing_keys, config.relying_party) == (("n" * 32, "o" * 32), "city.example")


def test_a_short_key_is_refused():
    with pytest.raises(ConfigError, match="MERITUM_ACCOUNT_KEYS"):
        from_environ({"SECRET_KEY": "x" * 32, "MERITUM_ACCOUNT_KEYS": "short"})
