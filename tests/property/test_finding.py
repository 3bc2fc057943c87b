"""Searching: pages joined are the whole list, both engines agree with plain Python, no text is an error."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.recruitment.postings import facets, search, suggestions
from app.recruitment.postings.models import Posting
from app.recruitment.postings.searches import Search, Sort, from_parameters
from app.recruitment.postings.states import Audience, EmploymentType
from tests.conftest import AT
from tests.factories.accounts import make_agency
from tests.factories.recruitment import make_posting

COUNT = 40
WORDS = ("civil", "bridge", "nurse", "clerk", "engineer", "it", "records", "ärztin", "مهندس")
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def stocked(session: Session) -> list[Posting]:
    """Forty open vacancies with few different values, so that ties are everywhere."""
    agencies = [make_agency(session) for _ in range(3)]
    return [
        make_posting(
            session,
            agency_id=agencies[number % 3].id,
            title=f"{WORDS[number % 9]} {WORDS[number % 4]}",
            class_title=WORDS[number % 5],
            location=WORDS[number % 3],
            search_text=f"{WORDS[number % 7]} {WORDS[number % 2]}",
            category=f"Category {number % 4}",
            published_at=AT - dt.timedelta(days=number % 5),
            closes_at=AT + dt.timedelta(days=number % 6 + 1),
            pay_year_minor=None if number % 7 == 0 else number % 6 * 100,
        )
        for number in range(COUNT)
    ]


texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
    st.text(max_size=40),
    st.lists(st.text(max_size=8), max_size=30).map('" AND ('.join),
)
sorts = st.sampled_from(list(Sort))


@CALM
@given(text=texts, sort=sorts, size=st.integers(1, 15), is_reversed=st.booleans())
def test_pages_put_together_are_the_whole_list(
    session: Session, stocked: list[Posting], text: str, sort: Sort, size: int, is_reversed: bool
):
    wanted = Search(text=text, sort=sort, is_reversed=is_reversed)
    whole = search.list_ids(session, wanted, AT, limit=COUNT + 1) or []
    assert len(whole) == len(set(whole)) == search.count(session, wanted, AT)
    forth: list[list[str]] = []
    after = ""
    while True:
        page = search.search(
            session, Search(text=text, sort=sort, is_reversed=is_reversed, after=after), AT, size=size
        )
        forth.append([posting.id for posting in page.postings])
        if not page.next:
            break
        after = page.next
    assert [own for ids in forth for own in ids] == whole
    back = [forth[-1]]
    while page.previous:
        before = Search(text=text, sort=sort, is_reversed=is_reversed, before=page.previous)
        page = search.search(session, before, AT, size=size)
        back.append([posting.id for posting in page.postings])
    assert back[::-1] == forth


@CALM
@given(text=texts, place=st.sampled_from(("", *WORDS)))
def test_the_engine_finds_what_plain_python_finds(
    session: Session, stocked: list[Posting], text: str, place: str
):
    wanted = Search(text=text, places=(place,) if place else ())
    every = search.anywhere(wanted)
    expected = {one.id for one in stocked if every is None or every.holds(one.search_words.split(" "))}
    assert set(search.list_ids(session, wanted, AT, limit=COUNT) or []) == expected


@CALM
@given(text=st.text(max_size=400), place=st.text(max_size=60), title=st.text(max_size=60))
def test_no_text_is_an_error(session: Session, stocked: list[Posting], text: str, place: str, title: str):
    wanted = Search(text=text, places=(place, title), class_text=title, title=place, sort=Sort.BEST)
    assert 0 <= search.count(session, wanted, AT) <= COUNT
    suggestions.did_you_mean(session, wanted, AT)
    facets.survey(session, wanted, AT)


@given(
    st.builds(
        Search,
        text=st.text(max_size=50),
        class_text=st.text(max_size=20),
        places=st.lists(st.text(min_size=1, max_size=20), max_size=1).map(tuple),
        categories=st.lists(st.text(min_size=1, max_size=20), max_size=1).map(tuple),
        grades=st.lists(st.text(min_size=1, max_size=9), max_size=1).map(tuple),
        employment_types=st.lists(st.sampled_from(EmploymentType), max_size=1).map(tuple),
        audience=st.none() | st.sampled_from(Audience),
        pay_minor=st.none() | st.integers(0, 10**11),
        is_closing_soon=st.booleans(),
        is_closed=st.booleans(),
        sort=st.sampled_from([Sort.BEST, Sort.NEWEST, Sort.CLOSING, Sort.PAY, Sort.TITLE]),
    )
)
def test_a_search_comes_back_from_its_address(wanted: Search):
    assert from_parameters(wanted.parameters()) == wanted


@given(
    st.dictionaries(
        st.sampled_from(["text", "pay", "agency", "sort", "soon", "place"]),
        st.text(max_size=40),
    )
)
def test_an_address_that_cannot_be_read_is_a_search_all_the_same(given_values: dict[str, str]):
    wanted = from_parameters(given_values)
    assert from_parameters(wanted.parameters()) == wanted
