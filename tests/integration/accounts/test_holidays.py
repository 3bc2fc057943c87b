"""An agency's holidays: kept by its administrators, read where working days are counted."""

from __future__ import annotations

import datetime as dt

import pytest

from app.accounts.holidays.queries import load_days
from app.accounts.roles import Role
from app.platform.audit import AuditEvent
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency

GIVEN = {"on": "2026-11-26", "name": "Thanksgiving Day"}


@pytest.fixture
def agency(session, client):
    agency = make_agency(session)
    sign_in(client, make_account(session, roles=[(Role.AGENCY_ADMINISTRATOR, agency.id)]))
    return agency


def test_a_holiday_is_added_and_removed(client, session, agency):
    place = f"/staff/agencies/{agency.id}/holidays"
    assert "No holiday is entered" in client.get(place).text
    assert client.get(f"{place}/new").status_code == 200
    assert client.post(f"{place}/new", data=GIVEN).status_code == 303
    assert load_days(session, agency.id, since=dt.date(2026, 11, 26)) == {dt.date(2026, 11, 26)}
    assert "Thanksgiving Day" in client.get(place).text
    assert client.post(f"{place}/2026-11-26/remove").status_code == 303
    assert load_days(session, agency.id, since=dt.date(2026, 1, 1)) == frozenset()
    actions = [event.action for event in session.query(AuditEvent).order_by(AuditEvent.index)]
    assert actions == ["accounts.add_holiday", "accounts.remove_holiday"]


def test_the_same_day_twice_is_refused_at_its_field(client, session, agency):
    place = f"/staff/agencies/{agency.id}/holidays"
    client.post(f"{place}/new", data=GIVEN)
    answer = client.post(f"{place}/new", data=GIVEN)
    assert answer.status_code == 422
    assert "This day is a holiday already." in answer.text


@pytest.mark.parametrize("day", ["2026-02-30", "x", "2026-11-27"])
def test_a_day_that_is_no_holiday_is_not_found(client, agency, day):
    assert client.post(f"/staff/agencies/{agency.id}/holidays/{day}/remove").status_code in (303, 404)


def test_another_agencys_holidays_stay_shut(client, session, agency):
    other = make_agency(session)
    assert client.get(f"/staff/agencies/{other.id}/holidays").status_code == 403
    assert client.post(f"/staff/agencies/{other.id}/holidays/new", data=GIVEN).status_code == 403
