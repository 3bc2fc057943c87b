"""Who opened which page of a person's file, as the person reads it."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest

from app.accounts.models import Account
from app.accounts.roles import Role
from app.platform import clock
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position


@pytest.fixture
def agency(session):
    return make_agency(session)


@pytest.fixture
def officer(session, agency):
    return make_account(session, name="Ada Officer", roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def person(session, agency):
    """Somebody in service, who signs in as well."""
    account = make_account(session, name="Clementine Rusk")
    employee = make_employee(session, agency=agency, name=account.name, account_id=account.id)
    make_appointment(session, position=make_position(session, agency=agency), employee=employee)
    return employee


@pytest.fixture
def read_own(client, session, person):
    """Read the list of openings as the person does."""

    def read():
        sign_in(client, session.get_one(Account, person.account_id))
        page = client.get("/my/personnel-file").text
        rows = re.findall(r'<th scope="row"[^>]*>([^<]+)</th>\s*<td[^>]*>([^<]+)</td>', page)
        return [(who, html.unescape(what)) for who, what in rows if who == "Ada Officer"]

    return read


def test_each_page_about_a_person_is_noted_once_an_hour(client, person, officer, read_own, at, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at)
    sign_in(client, officer)
    for page in ("", "/pay", "/leave", "/contacts", "/pay"):
        assert client.get(f"/staff/employees/{person.id}{page}").status_code == 200
    seen = [
        ("Ada Officer", "Opened the page “Contact details and emergencies”"),
        ("Ada Officer", "Opened the page “Leave”"),
        ("Ada Officer", "Opened the page “Pay and steps”"),
        ("Ada Officer", "Opened the record"),
    ]
    assert read_own() == seen
    monkeypatch.setattr(clock, "now", lambda: at + dt.timedelta(minutes=61))
    sign_in(client, officer)
    client.get(f"/staff/employees/{person.id}/pay")
    assert read_own() == [("Ada Officer", "Opened the page “Pay and steps”"), *seen]


def test_what_is_refused_or_only_prepared_is_not_noted(client, session, person, officer, read_own):
    elsewhere = [(Role.HR_OFFICER, make_agency(session).id)]
    sign_in(client, make_account(session, name="Ada Officer", roles=elsewhere))
    assert client.get(f"/staff/employees/{person.id}/pay").status_code == 404
    sign_in(client, officer)
    for form in ("allegations/new", "cases/new", "actions/new/transfer"):
        assert client.get(f"/staff/employees/{person.id}/{form}").status_code == 200
    assert read_own() == []
