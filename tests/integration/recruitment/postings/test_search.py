"""The search of vacancies: what it finds, in which order, page by page, and what it does with odd values."""

from __future__ import annotations

import datetime as dt

import pytest

from app.personnel.positions.states import PayPeriod
from app.recruitment.postings import queries, search
from app.recruitment.postings.rules import search_text, yearly
from app.recruitment.postings.search import Search, Sort
from app.recruitment.postings.states import Audience, EmploymentType, PostingState
from tests.factories.accounts import make_agency
from tests.factories.recruitment import make_posting

DAY = dt.timedelta(days=1)


@pytest.fixture
def three(session, at):
    """Three open vacancies that differ in everything, by letter."""
    made = {}
    pays = {"a": (6_000_000, PayPeriod.YEAR), "b": (4_000, PayPeriod.HOUR), "c": (None, PayPeriod.YEAR)}
    titles = {"a": "Ärztin", "b": "Bridge engineer", "c": "clerk"}
    for place, name in enumerate("abc"):
        least, period = pays[name]
        made[name] = make_posting(
            session,
            agency_id=make_agency(session, name=f"Agency {name}").id,
            title=titles[name],
            search_text=search_text(titles[name], f"place {name}", "100% _all_"),
            category=f"Category {name}",
            class_title=f"Class {name}",
            grade=name,
            location=f"Place {name}",
            employment_type=list(EmploymentType)[place],
            audience=list(Audience)[place % 2],
            published_at=at - place * DAY,
            closes_at=at + (20 - 7 * place) * DAY,
            pay_min_minor=least,
            pay_max_minor=least,
            pay_period=period,
            pay_year_minor=None if least is None else yearly(least, period),
        )
    return made


@pytest.fixture
def hidden(session, at):
    """Postings that are no open vacancies."""
    for state in (PostingState.DRAFT, PostingState.SUBMITTED, PostingState.APPROVED, PostingState.CANCELLED):
        make_posting(session, state=state)
    return [
        make_posting(session, title="Past", closes_at=at),
        make_posting(session, title="Closed", state=PostingState.CLOSED, closes_at=at - DAY),
        make_posting(
            session,
            title="Withdrawn",
            state=PostingState.CANCELLED,
            published_at=at - DAY,
            opens_at=at - DAY,
            closes_at=at + DAY,
        ),
    ]


def found(session, at, made, **wanted) -> str:
    letters = {posting.id: name for name, posting in made.items()}
    page = search.search(session, Search(**wanted), at)
    assert search.count(session, Search(**wanted), at) == len(page.postings)
    return "".join(letters[posting.id] for posting in page.postings)


def test_only_open_vacancies_are_found(session, at, three, hidden):
    assert found(session, at, three) == "abc"
    assert [one.title for one in queries.list_open(session, at)] == ["clerk", "Bridge engineer", "Ärztin"]
    assert queries.count_open(session, at) == 3
    assert [one.title for one in queries.list_open(session, at, limit=1)] == ["clerk"]


def test_closed_ones_are_found_when_they_are_asked_for(session, at, three, hidden):
    page = search.search(session, Search(is_closed=True, sort=Sort.TITLE), at)
    assert [posting.title for posting in page.postings] == ["Closed", "Past", "Withdrawn"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [(Sort.NEWEST, "abc"), (Sort.CLOSING, "cba"), (Sort.PAY, "bac"), (Sort.TITLE, "bca")],
)
def test_orders(session, at, three, sort, expected):
    assert found(session, at, three, sort=sort) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"text": "bridge"}, "b"),
        ({"text": "ÄRZTIN"}, "a"),
        ({"text": "ENGINEER place"}, "b"),
        ({"text": "bridge clerk"}, ""),
        ({"text": "%"}, "abc"),
        ({"text": "100%"}, "abc"),
        ({"text": "1%0"}, ""),
        ({"text": "_all_"}, "abc"),
        ({"text": "x_ll"}, ""),
        ({"text": "'; DROP TABLE postings"}, ""),
        ({"category": "Category b"}, "b"),
        ({"class_title": "Class c"}, "c"),
        ({"grade": "a"}, "a"),
        ({"location": "Place b"}, "b"),
        ({"employment_type": EmploymentType.PART_TIME}, "b"),
        ({"audience": Audience.EVERYONE}, "ac"),
        ({"pay_minor": 6_000_000}, "ab"),
        ({"pay_minor": 6_000_001}, "b"),
        ({"pay_minor": 8_348_001}, ""),
        ({"is_closing_soon": True}, "c"),
    ],
)
def test_filters(session, at, three, wanted, expected):
    assert found(session, at, three, **wanted) == expected


def test_an_agency_and_all_that_can_be_chosen(session, at, three, hidden):
    wanted = three["b"].agency_id
    assert found(session, at, three, agency_id=wanted) == "b"
    assert search.load_choices(session, at) == search.Choices(
        agencies=tuple((three[name].agency_id, f"Agency {name}") for name in "abc"),
        categories=("Category a", "Category b", "Category c"),
        class_titles=("Class a", "Class b", "Class c"),
        grades=("a", "b", "c"),
        locations=("Place a", "Place b", "Place c"),
    )


@pytest.mark.parametrize("sort", list(Sort), ids=lambda sort: sort.value)
def test_pages_go_forth_and_back_without_gaps_over_equal_values(session, at, sort, monkeypatch):
    monkeypatch.setattr(search, "PAGE", 3)
    agency = make_agency(session)
    for number in range(8):  # pay, title, deadline and moment are equal in pairs, and some pay is not known
        least = None if number > 5 else (number // 2) * 100
        make_posting(
            session,
            agency_id=agency.id,
            title=f"Title {number // 2}",
            published_at=at - (number // 2) * DAY,
            closes_at=at + (number // 2 + 1) * DAY,
            pay_min_minor=least,
            pay_max_minor=least,
            pay_year_minor=least,
        )
    whole = Search(sort=sort)
    forth, wanted = [], whole
    while True:
        page = search.search(session, wanted, at)
        forth.append([posting.id for posting in page.postings])
        if not page.next:
            break
        wanted = Search(sort=sort, after=page.next)
    assert [len(ids) for ids in forth] == [3, 3, 2]
    assert len({one for ids in forth for one in ids}) == 8
    back = [forth[-1]]
    while page.previous:
        page = search.search(session, Search(sort=sort, before=page.previous), at)
        back.append([posting.id for posting in page.postings])
    assert back[::-1] == forth
    assert page.next == forth[0][-1]


def test_a_page_after_a_posting_that_is_not_known_is_the_first(session, at, three):
    assert found(session, at, three, after="pst_" + "0" * 26) == "abc"


def test_the_count_stops_at_its_cap(session, at, three, monkeypatch):
    monkeypatch.setattr(search, "COUNT_CAP", 1)
    assert search.count(session, Search(), at) == 2
