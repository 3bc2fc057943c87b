"""When age and service let somebody retire, by the law's own table; and which counts tell of persons."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.personnel.retirements import rules
from app.personnel.retirements.regimes import SYSTEMS, minimum_age, youngest
from app.personnel.retirements.rules import Due
from app.platform.errors import Conflict, Invalid

D = dt.date
FERS, NEW_YORK = SYSTEMS["fers"], SYSTEMS["new-york-ers"]
TODAY = D(2026, 11, 20)


@pytest.mark.parametrize(
    ("years", "age"),
    [
        ((1930, 1947), (55, 0)),
        ((1948, 1948), (55, 2)),
        ((1949, 1949), (55, 4)),
        ((1950, 1950), (55, 6)),
        ((1951, 1951), (55, 8)),
        ((1952, 1952), (55, 10)),
        ((1953, 1964), (56, 0)),
        ((1965, 1965), (56, 2)),
        ((1966, 1966), (56, 4)),
        ((1967, 1967), (56, 6)),
        ((1968, 1968), (56, 8)),
        ((1969, 1969), (56, 10)),
        ((1970, 2010), (57, 0)),
    ],
)
def test_the_minimum_age_is_that_of_the_table_in_the_law(years, age):
    first, last = years
    assert {minimum_age(year) for year in range(first, last + 1)} == {age[0] * 12 + age[1]}


@pytest.mark.parametrize(
    ("born_on", "months", "reached_on"),
    [
        (D(1928, 10, 4), 60 * 12, D(1988, 10, 3)),  # the example of Retirement Counselor Letter 88-304
        (D(1964, 2, 29), 62 * 12, D(2026, 2, 28)),
        (D(1964, 2, 29), 56 * 12, D(2020, 2, 28)),
        (D(1964, 3, 1), 62 * 12, D(2026, 2, 28)),
        (D(1966, 12, 31), 56 * 12 + 4, D(2023, 4, 30)),  # April has no 31st
        (D(1966, 12, 30), 56 * 12 + 4, D(2023, 4, 29)),
        (D(1965, 1, 1), 56 * 12 + 2, D(2021, 2, 28)),
    ],
)
def test_an_age_is_reached_with_the_day_before_the_birthday(born_on, months, reached_on):
    assert rules.completed_on(born_on, months) == reached_on


@pytest.mark.parametrize(
    ("born_on", "since", "full_on", "reduced_on"),
    [
        (D(1965, 6, 15), D(1990, 1, 1), D(2021, 8, 14), D(2021, 8, 14)),  # 56 and 2 months, both by age
        (D(1970, 6, 15), D(1992, 1, 1), D(2027, 6, 14), D(2027, 6, 14)),
        (D(1966, 6, 15), D(2000, 7, 1), D(2026, 6, 14), D(2022, 10, 14)),  # 60 with 20
        (D(1964, 3, 1), D(2022, 1, 31), D(2027, 1, 30), D(2032, 1, 30)),  # 62 with 5; 10 years come later
        (D(1964, 2, 29), D(2021, 2, 28), D(2026, 2, 28), D(2031, 2, 27)),
    ],
)
def test_federal_retirement_needs_age_and_service(born_on, since, full_on, reduced_on):
    known = {"born_on": born_on, "joined_on": since, "since": since}
    assert rules.earliest_retirement_on(FERS, **known) == full_on
    assert rules.earliest_retirement_on(FERS, **known, is_reduced=True) == reduced_on


@pytest.mark.parametrize(
    ("joined_on", "full_on"),
    [
        (D(1995, 1, 1), D(2025, 5, 31)),  # Tier 4: 55 with 30 years
        (D(2009, 12, 31), D(2032, 5, 31)),  # Tier 4 without 30 years before 62
        (D(2010, 1, 1), D(2032, 5, 31)),  # Tier 5: 62
        (D(2012, 3, 31), D(2032, 5, 31)),
        (D(2012, 4, 1), D(2033, 5, 31)),  # Tier 6: 63
    ],
)
def test_the_tier_in_new_york_goes_by_the_day_of_joining(joined_on, full_on):
    known = {"born_on": D(1970, 6, 1), "joined_on": joined_on, "since": joined_on}
    assert rules.earliest_retirement_on(NEW_YORK, **known) == full_on
    assert rules.earliest_retirement_on(NEW_YORK, **known, is_reduced=True) == D(2025, 5, 31)


def test_years_that_did_not_count_put_retirement_off():
    born_on, joined_on = D(1972, 4, 2), D(1998, 1, 1)
    known = {"born_on": born_on, "joined_on": joined_on}
    assert rules.earliest_retirement_on(FERS, **known, since=joined_on) == D(2029, 4, 1)
    assert rules.earliest_retirement_on(FERS, **known, since=D(2001, 1, 1)) == D(2030, 12, 31)


def test_nobody_is_too_young_for_what_is_looked_at():
    assert (youngest(FERS), youngest(NEW_YORK)) == (55 * 12, 55 * 12)


@given(
    born_on=st.dates(D(1945, 1, 1), D(2005, 12, 31)),
    system=st.sampled_from([FERS, NEW_YORK]),
    after=st.integers(16 * 366, 50 * 365),
    less=st.integers(0, 3000),
)
def test_less_service_never_brings_retirement_forward(born_on, system, after, less):
    joined_on = born_on + dt.timedelta(days=after)
    known = {"born_on": born_on, "joined_on": joined_on}
    first = rules.earliest_retirement_on(system, **known, since=joined_on)
    second = rules.earliest_retirement_on(system, **known, since=joined_on + dt.timedelta(days=less))
    assert first is not None
    assert second is not None
    assert joined_on < first <= second
    assert first >= rules.completed_on(born_on, 55 * 12)


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (TODAY, "in the past"),
        (D(2010, 3, 2), "before the age of 14"),
        (D(1926, 11, 19), "more than 100 years"),
    ],
)
def test_a_date_of_birth_that_cannot_be_is_refused(born_on, said):
    with pytest.raises(Invalid) as refused:
        rules.check_birth(born_on, D(2024, 3, 1), TODAY)
    assert said in refused.value.fields["born_on"]


def test_a_date_of_birth_that_can_be_is_taken_from_the_first_such_day():
    rules.check_birth(D(2010, 3, 1), D(2024, 3, 1), TODAY)
    rules.check_birth(D(1926, 11, 20), D(2024, 3, 1), TODAY)


def test_nobody_enters_the_own_date_of_birth():
    with pytest.raises(Conflict):
        rules.demand_other("acc_1", "acc_1")
    rules.demand_other("acc_1", None)


def _due(agency: str, grade: str, full_on: dt.date | None) -> Due:
    return Due(agency, grade, full_on is not None, full_on, None)


def test_people_are_counted_by_the_end_of_each_horizon():
    on = D(2024, 2, 29)
    days = [D(2020, 1, 1), on, D(2025, 2, 28), D(2025, 3, 1), D(2027, 2, 28), D(2029, 2, 28), D(2029, 3, 1)]
    people = [*(_due("Water", "09", day) for day in days), _due("Parks", "09", None)]
    assert rules.count_due(people, on, by="agency") == {"Parks": [0, 0, 0, 0], "Water": [2, 3, 5, 6]}
    assert rules.count_due(people, on, by="grade") == {"09": [2, 3, 5, 6]}
    assert rules.count_years(people, on, 4) == {"Parks": [0, 0, 0, 0], "Water": [0, 2, 0, 1]}


def test_few_people_are_hidden_and_so_is_a_difference_of_few():
    counts = {"Water": [10, 12, 20, 21], "Parks": [0, 0, 9, 30], "Roads": [8, 8, 8, 40]}
    assert rules.hide_small(counts, 5, is_growing=True) == {
        "Water": [10, None, 20, None],
        "Parks": [
            0,
            0,
            9,
            None,
        ],  # one hidden alone could be told from the total: the smallest other goes too
        "Roads": [8, None, 8, 40],
    }


def test_counts_that_do_not_grow_are_hidden_one_by_one():
    counts = {"Water": [4, 0, 5], "Parks": [2, 7, 6]}
    assert rules.hide_small(counts, 5, is_growing=False) == {"Water": [None, 0, 5], "Parks": [None, 7, 6]}


@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=1
    )
)
def test_no_hidden_count_can_be_told_from_its_column(counts):
    shown = rules.hide_small(counts, 5, is_growing=False)
    for place in range(3):
        hidden = [group for group in shown if shown[group][place] is None]
        assert all(shown[group][place] in (None, row[place]) for group, row in counts.items())
        assert all(row[place] is None or row[place] == 0 or row[place] >= 5 for row in shown.values())
        others = [group for group in shown if shown[group][place]]
        assert len(hidden) != 1 or not others
