"""The workforce on a page: the figures of the reader's agencies, as a file too."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from app.accounts.roles import Role
from app.platform import clock
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_position

PAGE = "/staff/workforce"
ON = dt.date(2025, 3, 3)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Records Commission")


@pytest.fixture
def staffed(session, agency):
    """Three posts, two of them held since 3 March 2025."""
    posts = [make_position(session, agency=agency, grade="09") for _ in range(3)]
    return [make_appointment(session, position=post) for post in posts[:2]]


@pytest.fixture
def officer(client, session, agency):
    return sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, agency.id)]))


def test_an_empty_office_has_no_pictures(officer):
    assert "Nobody serves here and there are no posts." in officer.get(PAGE).text


def test_nobody_without_the_permission_sees_it(client, session, agency):
    sign_in(client, make_account(session, roles=[(Role.RATER, agency.id)]))
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("query", ["on=x", "on=0000-01-01", "agency=none", "on=9999-12-31", "on=1800-02-30"])
def test_odd_filters_are_no_errors(officer, staffed, query):
    assert officer.get(f"{PAGE}?{query}").status_code in (200, 422)


def test_another_agency_counts_nothing_here(client, session, staffed):
    elsewhere = make_agency(session)
    sign_in(client, make_account(session, roles=[(Role.HR_OFFICER, elsewhere.id)]))
    assert "Nobody serves here and there are no posts." in client.get(PAGE).text


def test_the_file_holds_the_figures_of_the_page(officer, staffed):
    page = officer.get(PAGE).text
    assert "Vacant posts by grade" in page
    chosen = {"form": "csv", "columns": ["measure", "of", "value", "agency"]}
    answer = officer.post("/staff/tables/personnel.workforce.show", data=chosen)
    rows = {(row[0], row[2]): row[3] for row in csv.reader(io.StringIO(answer.text))}
    assert rows["Vacant posts of the grade", "09"] == "1"
    assert rows["Posts of the grade", "09"] == "3"


def test_every_measure_stands_by_agency_and_year(client, session, agency, staffed):
    other = make_agency(session, name="Parks Commission")
    for _ in range(5):
        make_appointment(session, position=make_position(session, agency=other, established_on=ON))
    roles = [(Role.APPOINTING_AUTHORITY, own.id) for own in (agency, other)]
    sign_in(client, make_account(session, roles=roles))
    page = client.get(PAGE).text
    for title in (
        "People in service at the end of each year, by agency",
        "Vacant posts at the end",
        "Turnover",
    ):
        assert title in page
    chosen = {"form": "csv", "columns": ["measure", "agency", "of", "value"]}
    answer = client.post("/staff/tables/personnel.workforce.show", data=chosen)
    rows = {tuple(row[:3]): row[3] for row in csv.reader(io.StringIO(answer.text))}
    today = clock.now().date().isoformat()
    assert rows["People in service", "Parks Commission", today] == "5"
    assert rows["People in service", "Records Commission", today] == "2"
    assert rows["Vacant posts, percent", "Records Commission", today] == "33.33"
    assert rows["Vacant posts, percent", "Parks Commission", today] == "0"
    assert rows["Turnover, percent", "Records Commission", today] == "0"
    assert float(rows["Median years in the grade", "Parks Commission", today]) > 1
    # of two people no median is told
    assert ("Median years in the grade", "Records Commission", today) not in rows
