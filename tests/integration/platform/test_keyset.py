"""Paging by key: forward and back, every row once, and nothing breaks on a forged address."""

from __future__ import annotations

import base64
import json

import pytest
from sqlalchemy import select

from app.personnel.positions import queries
from app.personnel.positions.models import Position
from app.platform import keyset
from app.platform.actors import Actor, Grant
from tests.factories.accounts import make_agency
from tests.factories.personnel import make_position

READER = Actor(id="acc_reader", name="Reader", grants=(Grant("personnel.*", None),))


@pytest.fixture
def seven(session):
    agency = make_agency(session)
    for number in range(7):
        make_position(
            session, agency=agency, number=f"P-{number}", grade=f"{number % 2}", title=f"Title {number}"
        )
    return agency


def walk(session, *, order, is_descending, size=3):
    """Give the pages of numbers forward, and the same pages found again backward from the last one."""
    forward, cursor = [], ""
    while True:
        page = queries.list_positions(
            session,
            READER,
            queries.Wanted(),
            order=order,
            is_descending=is_descending,
            cursor=cursor,
            size=size,
        )
        forward.append([row.number for row in page.rows])
        if page.next is None:
            break
        cursor = page.next
    backward = [forward[-1]]
    while page.previous is not None:
        page = queries.list_positions(
            session,
            READER,
            queries.Wanted(),
            order=order,
            is_descending=is_descending,
            cursor=page.previous,
            size=size,
        )
        backward.insert(0, [row.number for row in page.rows])
    return forward, backward


@pytest.mark.parametrize(
    ("order", "is_descending", "expected"),
    [
        ("number", False, [["P-0", "P-1", "P-2"], ["P-3", "P-4", "P-5"], ["P-6"]]),
        ("number", True, [["P-6", "P-5", "P-4"], ["P-3", "P-2", "P-1"], ["P-0"]]),
        ("grade", False, [["P-0", "P-2", "P-4"], ["P-6", "P-1", "P-3"], ["P-5"]]),
        ("grade", True, [["P-5", "P-3", "P-1"], ["P-6", "P-4", "P-2"], ["P-0"]]),
    ],
)
def test_pages_lead_forward_and_back(session, seven, order, is_descending, expected):
    assert walk(session, order=order, is_descending=is_descending) == (expected, expected)


def test_a_full_last_page_has_no_next(session, seven):
    page = queries.list_positions(session, READER, queries.Wanted(), size=7)
    assert (len(page.rows), page.previous, page.next) == (7, None, None)


def forged(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "ü",
        "%00",
        "A" * 5000,
        forged([]),
        forged({}),
        forged(None),
        forged(["n"]),
        forged(["n", 1, 2]),
        forged(["n", "P-1", ["deep"]]),
        forged(["n", "P\0", "x"]),
        forged(["z", "P-1", "x"]),
        forged(["n", "P-1", "x", "more"]),
        "[" * 1000,
    ],
)
def test_a_cursor_that_cannot_be_read_counts_as_none(session, seven, cursor):
    page = queries.list_positions(session, READER, queries.Wanted(), cursor=cursor, size=3)
    assert [row.number for row in page.rows] == ["P-0", "P-1", "P-2"]
    assert page.previous is None


def test_a_count_stops_at_its_cap(session, seven, monkeypatch):
    monkeypatch.setattr(keyset, "MOST_COUNTED", 7)
    assert keyset.count(session, select(Position)) == 7
    monkeypatch.setattr(keyset, "MOST_COUNTED", 6)
    assert keyset.count(session, select(Position)) == "6+"
