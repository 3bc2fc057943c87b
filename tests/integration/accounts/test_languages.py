"""Which language a page comes in: the account's, else the cookie's, else the browser's."""

from __future__ import annotations

import pytest

from app.accounts.models import Account
from app.platform import languages
from tests.conftest import sign_in
from tests.factories.accounts import make_account


def language_of(response) -> tuple[str, str]:
    start = response.text[:300]
    return start.split('lang="')[1].split('"')[0], start.split('dir="')[1].split('"')[0]


@pytest.mark.parametrize(
    ("asked", "language", "direction"),
    [
        ("", "en", "ltr"),
        ("de, fr", "en", "ltr"),
        ("ar-EG, en;q=0.5", "ar", "rtl"),
        ("de, hi;q=0.7, en;q=0.3", "hi", "ltr"),
        ("es-MX", "es", "ltr"),
        ("*;q=0.1, \0", "en", "ltr"),
    ],
)
def test_a_browsers_languages_are_heeded(client, asked: str, language: str, direction: str):
    response = client.get("/privacy", headers={"Accept-Language": asked})
    assert language_of(response) == (language, direction)
    assert response.headers["Content-Language"] == language
    assert {"Accept-Language", "Cookie"} <= set(response.vary)


def test_a_visitor_chooses_by_a_link_and_is_led_back(client):
    response = client.get("/language?language=ar&next=/vacancies?text=clerk")
    assert (response.status_code, response.headers["Location"]) == (303, "/vacancies?text=clerk")
    assert "HttpOnly" in response.headers["Set-Cookie"]
    page = client.get("/privacy", headers={"Accept-Language": "es"})
    assert language_of(page) == ("ar", "rtl")
    assert "meritum.rtl" in page.text


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere"])
def test_the_choice_leads_nobody_away(client, address: str):
    assert (
        client.get("/language", query_string={"language": "es", "next": address}).headers["Location"] == "/"
    )


@pytest.mark.parametrize("language", ["", "xx", "EN", "es\0"])
def test_an_unknown_language_cannot_be_chosen(client, language: str):
    assert client.get("/language", query_string={"language": language}).status_code == 404


def test_who_is_signed_in_keeps_the_choice_with_the_account(client, session):
    account = make_account(session)
    session.flush()
    sign_in(client, account)
    assert client.post("/language", data={"language": "hi", "next": "/privacy"}).status_code == 303
    session.expire_all()
    assert session.get(Account, account.id).language == "hi"
    client.delete_cookie("language")
    assert language_of(client.get("/privacy", headers={"Accept-Language": "es"})) == ("hi", "ltr")


def test_a_link_followed_while_signed_in_changes_no_account(client, session):
    account = make_account(session)
    session.flush()
    sign_in(client, account)
    client.get("/language?language=hi")
    session.expire_all()
    assert session.get(Account, account.id).language is None


def test_a_changed_cookie_is_not_heeded(client):
    client.set_cookie("language", "xx<script>")
    assert language_of(client.get("/privacy")) == ("en", "ltr")


def test_the_office_works_in_english(client):
    response = client.get("/staff/", headers={"Accept-Language": "ar"})
    assert response.status_code == 303
    with client.session_transaction() as cookie:
        assert cookie["_flashes"] == [("important", "Sign in to go on.")]


def test_errors_are_told_in_the_language_of_the_page(client, monkeypatch):
    monkeypatch.setattr(
        languages.catalogue("es"), "_catalog", {"Page not found": "No encontramos esta página"}, raising=False
    )
    response = client.get("/nowhere", headers={"Accept-Language": "es"})
    assert response.status_code == 404
    assert "No encontramos esta página" in response.text
