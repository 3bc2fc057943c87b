"""The search of vacancies: what it finds, in which order, page by page, and what it does with odd values."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import delete

from app.personnel.positions.states import PayPeriod
from app.recruitment.postings import facets, queries, search
from app.recruitment.postings.models import Criterion, Posting
from app.recruitment.postings.rules import search_text, yearly
from app.recruitment.postings.searches import OpenTo, Search, Sort
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
            search_text=search_text(titles[name], f"summary {name}{name}", "100% _all_"),
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
    # a posting whose deadline has passed is on neither list until the clock has closed it, some seconds later
    make_posting(session, title="Past", closes_at=at)
    return [
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
    assert [posting.title for posting in page.postings] == ["Closed", "Withdrawn"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, "abc"),
        (Sort.CLOSING, "cba"),
        (Sort.PAY, "bac"),
        (Sort.TITLE, "abc"),
        (Sort.AGENCY, "abc"),
        (Sort.PLACE, "abc"),
        (Sort.BEST, "abc"),
    ],
)
def test_orders(session, at, three, sort, expected):
    assert found(session, at, three, sort=sort) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"text": "bridge"}, "b"),
        ({"text": "BRIDGES"}, "b"),
        ({"text": "brid"}, "b"),
        ({"text": "bri"}, ""),
        ({"text": "ÄRZTIN"}, "a"),
        ({"text": "arztin"}, "a"),
        ({"text": "ENGINEER summary"}, "b"),
        ({"text": "bridge clerk"}, ""),
        ({"text": "%"}, "abc"),
        ({"text": "100%"}, "abc"),
        ({"text": "1%0"}, ""),
        ({"text": "_all_"}, "abc"),
        ({"text": "the bridge of an engineer"}, "b"),
        ({"text": "'; DROP TABLE postings"}, ""),
        ({"text": '"bridge" AND NOT (engineer*) NEAR'}, ""),
        ({"text": '"bridge" -(engineer*):'}, "b"),
        ({"text": "summary\x00bb"}, "b"),
        ({"title": "bridge"}, "b"),
        ({"title": "summary"}, ""),
        ({"class_text": "class c"}, "c"),
        ({"class_text": "20215"}, "abc"),
        ({"places": ("place b",)}, "b"),
        ({"places": ("place b", "c place")}, "bc"),
        ({"places": ("%", "place b")}, "b"),
        ({"categories": ("Category b",)}, "b"),
        ({"categories": ("Category b", "Category c")}, "bc"),
        ({"class_codes": ("20215",)}, "abc"),
        ({"grades": ("a",)}, "a"),
        ({"employment_types": (EmploymentType.PART_TIME,)}, "b"),
        ({"audience": Audience.EVERYONE}, "ac"),
        ({"open_to": OpenTo(is_employee=False)}, "ac"),
        ({"open_to": OpenTo(is_employee=True)}, "abc"),
        ({"pay_minor": 6_000_000}, "ab"),
        ({"pay_minor": 6_000_001}, "b"),
        ({"pay_minor": 8_348_001}, ""),
        ({"most_pay_minor": 6_000_000}, "a"),
        ({"is_closing_soon": True}, "c"),
        ({"is_reversed": True}, "cba"),
    ],
)
def test_filters(session, at, three, wanted, expected):
    assert found(session, at, three, **wanted) == expected


def test_what_was_applied_for_is_not_open_to_somebody(session, at, three):
    person = OpenTo(is_employee=True, left_out=frozenset({three["a"].id}))
    assert found(session, at, three, open_to=person) == "bc"


def test_an_agency_and_all_that_can_be_chosen(session, at, three):
    wanted = three["b"].agency_id
    assert found(session, at, three, agency_ids=(wanted,)) == "b"
    assert facets.load_choices(session) == facets.Choices(
        agencies=tuple((three[name].agency_id, f"Agency {name}") for name in "abc"),
        categories=("Category a", "Category b", "Category c"),
    )


def test_values_are_counted_unless_they_are_chosen_already(session, at, three):
    total, counted = facets.survey(session, Search(categories=("Category a", "Category b")), at)
    assert total == 2
    assert {(facet.parameter, facet.value, facet.count) for facet in counted} == {
        ("agency", three["a"].agency_id, 1),
        ("agency", three["b"].agency_id, 1),
        ("place", "Place a", 1),
        ("place", "Place b", 1),
    }


def test_the_best_match_has_the_words_in_its_title(session, at):
    agency = make_agency(session)
    texts = {
        "body": {"title": "Clerk", "search_text": "clerk harbor pilot", "published_at": at},
        "parts": {"title": "Pilot", "location": "Harbor Road", "published_at": at - DAY},
        "old title": {"title": "Harbor pilots", "published_at": at - 9 * DAY},
        "new title": {"title": "Pilot, harbor", "published_at": at - 3 * DAY},
        "neither": {"title": "Harbor guard", "published_at": at},
    }
    made = {name: make_posting(session, agency_id=agency.id, **values) for name, values in texts.items()}
    names = {posting.id: name for name, posting in made.items()}
    page = search.search(session, Search(text="harbor pilot", sort=Sort.BEST), at)
    assert [names[posting.id] for posting in page.postings] == ["new title", "old title", "parts", "body"]
    ordered = [posting.id for posting in page.postings]
    for size in (1, 2, 3):
        pages = [ordered[start : start + size] for start in range(0, 4, size)]
        for number, ids in enumerate(pages):
            after = pages[number - 1][-1] if number else ""
            wanted = Search(text="harbor pilot", sort=Sort.BEST, after=after)
            assert search.list_ids(session, wanted, at, limit=size) == ids
            assert (
                search.list_ids(
                    session, Search(text="harbor pilot", sort=Sort.BEST), at, limit=size, offset=number * size
                )
                == ids
            )


def test_many_matches_are_walked_and_few_are_sorted_alike(session, at, monkeypatch):
    agency = make_agency(session)
    for number in range(9):
        make_posting(
            session, agency_id=agency.id, title=f"Clerk {number % 4}", published_at=at - number % 3 * DAY
        )
    for sort in Sort:
        wanted = Search(text="clerk", sort=sort)
        sorted_ids = search.list_ids(session, wanted, at, limit=9)
        session.info.clear()
        monkeypatch.setattr("app.recruitment.postings.fulltext.MOST_SORTED", 2)
        assert search.list_ids(session, wanted, at, limit=9) == sorted_ids
        monkeypatch.undo()
        session.info.clear()


def test_the_words_follow_the_posting(session, at):
    posting = make_posting(session, title="Gardener")
    find = [Search(text="gardener"), Search(text="florist"), Search(text="gardener", is_closed=True)]

    def numbers() -> list[int]:
        session.flush()
        return [search.count(session, wanted, at) for wanted in find]

    assert numbers() == [1, 0, 0]
    posting.title, posting.search_text = "Florist", "florist"
    assert numbers() == [0, 1, 0]
    posting.title, posting.search_text = "Gardener", ""
    posting.state, posting.closed_at = PostingState.CLOSED, at
    assert numbers() == [0, 0, 1]
    posting.state, posting.closed_at = PostingState.PUBLISHED, None  # after an interruption
    assert numbers() == [1, 0, 0]
    session.execute(delete(Criterion).where(Criterion.posting_id == posting.id))
    session.execute(delete(Posting).where(Posting.id == posting.id))
    assert numbers() == [0, 0, 0]


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


def test_the_count_stops_at_its_cap(session, at, three):
    assert search.count(session, Search(), at, cap=1) == 2
    assert search.count(session, Search(), at, cap=None) == 3
