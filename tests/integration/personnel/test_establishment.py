"""Posts by agency and grade on any day, who reports to whom, and lines that would come round."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from app.accounts.queries import actor_of
from app.accounts.roles import Role
from app.personnel.establishment.queries import Line, Wanted, count_by_grade, list_posts
from app.personnel.establishment.rules import Post, draw, find_heads, grow, line_above
from tests.conftest import sign_in
from tests.factories.accounts import make_account, make_agency
from tests.factories.personnel import make_appointment, make_employee, make_position

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def agency(session):
    return make_agency(session, name="Parks")


@pytest.fixture
def officer(session, agency):
    return make_account(session, roles=[(Role.HR_OFFICER, agency.id)])


@pytest.fixture
def posts(session, agency):
    """A head, a post held until the end of 2024, and one established in 2022 that nobody has held."""
    head = make_position(session, agency=agency, number="P-1", title="Head", grade="12")
    seat = make_position(
        session, agency=agency, number="P-2", grade="09", reports_to_id=head.id, unit="Trees", funding="10-1"
    )
    make_position(
        session, agency=agency, number="P-3", grade="09", reports_to_id=head.id,
        established_on=dt.date(2022, 7, 1), authorized_minutes=1200,
    )  # fmt: skip
    chief = make_employee(session, agency=agency, name="Ana Ruiz")
    make_appointment(session, position=head, employee=chief, starts_on=dt.date(2020, 1, 1))
    make_appointment(
        session,
        position=seat,
        starts_on=dt.date(2020, 1, 1),
        ended_on=dt.date(2024, 12, 31),
        end_reason="Left.",
    )
    return head, seat


def test_posts_are_counted_as_they_were_on_a_day(session, posts, officer):
    actor = actor_of(officer)
    assert count_by_grade(session, actor, Wanted(TODAY)) == [
        Line("Parks", "09", 2, 3600, 0), Line("Parks", "12", 1, 2400, 1)
    ]  # fmt: skip
    assert count_by_grade(session, actor, Wanted(dt.date(2021, 1, 1))) == [
        Line("Parks", "09", 1, 2400, 1), Line("Parks", "12", 1, 2400, 1)
    ]  # fmt: skip
    assert count_by_grade(session, actor, Wanted(TODAY, grade="12")) == [Line("Parks", "12", 1, 2400, 1)]


def test_a_vacancy_says_since_when(session, posts, officer):
    rows = list_posts(session, actor_of(officer), Wanted(TODAY, is_vacant_only=True))
    assert [(row.number, row.vacant_since, row.funding, row.superior) for row in rows] == [
        ("P-3", dt.date(2022, 7, 1), "", "P-1"),
        ("P-2", dt.date(2025, 1, 1), "10-1", "P-1"),
    ]
    held = list_posts(session, actor_of(officer), Wanted(dt.date(2024, 12, 31)))
    assert [row.holder is not None for row in held] == [True, False, True]


def test_other_agencies_posts_are_not_counted(session, posts):
    other = make_account(session, roles=[(Role.HR_OFFICER, make_agency(session).id)])
    assert count_by_grade(session, actor_of(other), Wanted(TODAY)) == []


def test_the_pages_and_the_file_show_it(client, session, posts, officer):
    sign_in(client, officer)
    page = client.get("/staff/establishment?on=2026-11-20").text
    assert "1 January 2025" in page
    chart = client.get("/staff/organisation").text
    assert re.search(r"Head, Ana Ruiz \(P-1\)", chart)
    assert chart.count("<rect") >= 3
    assert client.get("/staff/organisation?post=nobody").status_code == 404


def test_a_circle_is_refused_with_the_way_round(client, session, posts, officer):
    head, _seat = posts
    sign_in(client, officer)
    path = f"/staff/positions/{head.id}/edit"
    page = client.get(path).text
    fields = dict(re.findall(r'<input[^>]*name="([a-z_-]+)"[^>]*value="([^"]*)"', page))
    given = {
        "number": "P-1", "title": "Head", "class_code": "1", "class_title": "Head", "grade": "12",
        "duty_station": "Park", "pay_currency": "USD", "pay_min": "45000", "pay_max": "61500",
        "pay_period": "year", "weekly_hours": "40", "reason": "As in the plan.",
    }  # fmt: skip
    assert "weekly_hours" in fields
    answer = client.post(path, data=given | {"superior": "P-2"})
    assert answer.status_code == 422
    assert "That would be a circle: P-1 reports to P-2 reports to P-1" in answer.text
    assert "circle: P-1 reports to P-1" in client.post(path, data=given | {"superior": "P-1"}).text
    assert "Enter the number of a position" in client.post(path, data=given | {"superior": "P-77"}).text
    kept = given | {"superior": "", "unit": "Head office", "funding": "10-9", "weekly_hours": "37.5"}
    assert client.post(path, data=kept).status_code == 303
    session.refresh(head)
    assert (head.unit, head.funding, head.authorized_minutes, head.reports_to_id) == (
        "Head office", "10-9", 2250, None,
    )  # fmt: skip


def test_a_tree_counts_all_below_and_ends_where_it_would_come_round():
    posts = [
        Post("a", "P-1", "Head", "", None, "Ana"),
        Post("b", "P-2", "Chief", "", "a", ""),
        Post("c", "P-3", "Clerk", "", "b", "Ben"),
        Post("d", "P-4", "Clerk", "", "c", "Dee"),
        Post("x", "P-8", "One", "", "y", ""),
        Post("y", "P-9", "Other", "", "x", ""),
    ]
    root = grow(posts, "a", depth=1)
    assert (root.below, root.vacant, [child.post.id for child in root.children]) == (3, 1, ["b"])
    assert (root.children[0].is_cut, root.children[0].children) == (True, [])
    assert grow(posts, "x").below == 1
    assert grow(posts, "nobody") is None
    assert [post.id for post in find_heads(posts)] == ["a"]
    assert [post.id for post in line_above(posts, "d")] == ["a", "b", "c"]
    picture = draw(root)
    assert [box.lines[0] for box in picture.boxes] == ["Head", "Chief"]
    assert len(picture.links) == 1
