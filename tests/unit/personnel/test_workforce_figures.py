"""The figures of a workforce, counted by hand beside."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.personnel.workforce import rules
from app.personnel.workforce.rules import Post, Stretch, Year

D = dt.date
# Ada serves since 2019, promoted in 2022; Ben left at the end of 2021 and came back in July 2023; Cleo came
# in 2024 and left on 29 February 2024, her last day.
STRETCHES = [
    Stretch("ada", D(2019, 3, 1), D(2022, 1, 1), "07"),
    Stretch("ada", D(2022, 1, 1), None, "09"),
    Stretch("ben", D(2020, 1, 1), D(2022, 1, 1), "07"),
    Stretch("ben", D(2023, 7, 1), None, "07"),
    Stretch("cleo", D(2024, 1, 1), D(2024, 3, 1), "05"),
]
DAYS = st.dates(D(1999, 1, 1), D(2027, 1, 1))


def test_people_are_counted_on_a_day_up_to_their_last():
    days = [D(2019, 2, 28), D(2019, 3, 1), D(2021, 12, 31), D(2022, 1, 1), D(2024, 2, 29), D(2024, 3, 1)]
    spans = [(since, end) for _, since, end in rules.services(STRETCHES)]
    assert rules.count_on(spans, days) == [0, 1, 2, 1, 3, 2]


def test_a_promotion_is_no_end_and_a_return_is_a_beginning():
    assert rules.by_year(STRETCHES, D(2024, 6, 30), 3) == [
        Year(2021, 0, 1, 2.0),
        Year(2022, 0, 0, 1.0),
        Year(2023, 1, 0, 1.5),
        Year(2024, 1, 1, 14 / 6),
    ]
    assert [year.turnover for year in rules.by_year(STRETCHES, D(2021, 12, 31), 0)] == [50.0]


def test_a_year_without_anybody_has_no_turnover():
    assert Year(2000, 0, 0, 0.0).turnover is None


def test_time_in_the_grade_begins_with_the_grade_and_anew_after_a_break():
    found = rules.years_in_grade(STRETCHES, D(2026, 1, 1))
    assert [round(years, 2) for years in found] == [4.0, 2.51]
    assert [round(years, 2) for years in rules.years_in_grade(STRETCHES, D(2020, 3, 1))] == [1.0, 0.16]


def test_service_adds_up_without_its_breaks():
    found = rules.years_served(STRETCHES, D(2026, 1, 1))
    assert [round(years, 2) for years in found] == [6.84, 4.51]


def test_classes_say_where_they_begin():
    assert rules.class_names((0, 1, 2, 3, 5)) == ["under 1", "1", "2", "3 to 4", "5 and more"]
    assert rules.class_names((0, 5, 10)) == ["under 5", "5 to 9", "10 and more"]
    assert rules.classes([0.2, 1.0, 2.9, 3.0, 4.9, 5.0, 40], (0, 1, 2, 3, 5)) == [1, 1, 1, 2, 2]


@given(
    st.lists(st.tuples(DAYS, st.none() | DAYS).filter(lambda one: one[1] is None or one[0] < one[1])), DAYS
)
def test_counting_is_what_one_would_count_by_hand(spans, day):
    by_hand = sum(1 for since, end in spans if since <= day and (end is None or day < end))
    assert rules.count_on(spans, [day]) == [by_hand]


@given(st.lists(st.tuples(st.sampled_from("abc"), DAYS, st.none() | DAYS), max_size=6))
def test_nobody_is_counted_twice_and_nobody_is_lost(rows):
    stretches = [Stretch(who, since, end, "07") for who, since, end in rows if end is None or since < end]
    joined = rules.services(stretches)
    people = {stretch.employee_id for stretch in stretches}
    assert {person for person, _, _ in joined} == people
    assert joined == sorted(joined, key=lambda one: (one[0], one[1]))


def test_grades_are_held_through_what_changed_nothing_about_them():
    assert rules.grade_spans(
        [
            Stretch("ada", D(2019, 3, 1), D(2020, 1, 1), "07"),
            Stretch("ada", D(2020, 1, 1), D(2022, 1, 1), "07"),
            Stretch("ada", D(2022, 1, 1), None, "09"),
            Stretch("ben", D(2022, 1, 1), None, "09"),
        ]
    ) == [(D(2019, 3, 1), D(2022, 1, 1)), (D(2022, 1, 1), None), (D(2022, 1, 1), None)]


def test_the_median_of_years_is_not_told_of_few_people():
    spans = [(D(2020, 1, 1), D(2024, 1, 1)), (D(2021, 1, 1), None), (D(2023, 1, 1), None)]
    found = rules.medians(spans, [D(2019, 1, 1), D(2023, 7, 1), D(2025, 1, 1)], 3)
    assert [value and round(value, 2) for value in found] == [None, 2.49, None]


def test_vacant_posts_are_a_share_of_those_there_were():
    posts = [Post(D(2020, 1, 1), None), Post(D(2020, 1, 1), D(2022, 1, 1)), Post(D(2023, 1, 1), None)]
    stretches = [
        Stretch("ada", D(2020, 7, 1), None, "07"),
        Stretch("ben", D(2020, 7, 1), None, "07", holds_post=False),
    ]
    days = [D(2019, 1, 1), D(2020, 1, 1), D(2021, 1, 1), D(2022, 1, 1), D(2024, 1, 1)]
    assert rules.vacant_shares(posts, stretches, days) == [None, 100.0, 50.0, 0.0, 50.0]
