"""The texts of the occupations and the plan of the vacancies: whole, lawful, and of one city."""

from __future__ import annotations

from collections import Counter

import pytest

from app.demonstration import occupations, places, vacancies
from app.demonstration.occupations import Occupation
from app.demonstration.vacancies import ADVERTISED, REQUESTED, Reach

OCCUPATIONS = list(occupations.load().values())


@pytest.mark.parametrize("occupation", OCCUPATIONS, ids=lambda occupation: occupation.key)
def test_an_occupation_is_whole(occupation: Occupation):
    assert occupation.agency in places.ZONES
    assert 0 < occupation.pay_min_minor < occupation.pay_max_minor
    assert 40 < len(occupation.summary) <= 600
    assert all(line.startswith("- ") and line.endswith(".") for line in occupation.duties.splitlines())
    assert any(asked.is_essential for asked in occupation.criteria)


def test_a_class_belongs_to_one_occupation():
    assert max(Counter(occupation.class_code for occupation in OCCUPATIONS).values()) == 1


def test_every_vacancy_has_an_occupation_and_a_key_of_its_own():
    plan = (*ADVERTISED, *REQUESTED)
    assert max(Counter(vacancy.key for vacancy in plan).values()) == 1
    assert {vacancy.occupation for vacancy in plan} <= set(occupations.load())


def test_the_plan_reaches_every_state():
    assert {vacancy.reach for vacancy in (*ADVERTISED, *REQUESTED)} == set(Reach)
    assert len(ADVERTISED) == 45


def test_positions_are_counted_by_occupation():
    assert vacancies.wanted()["bus-operator"] == 9
