"""Who comes first on a preferred list, until when, and under which law."""

from __future__ import annotations

import datetime as dt

import pytest

from app.exams import merit
from app.exams.preferred_lists import rules
from app.exams.preferred_lists.rules import Standing
from app.exams.preferred_lists.states import ANSWERS, FIRST, PreferredState, move
from app.personnel.actions.authorities import load
from app.platform.errors import Conflict, Invalid

NEW_YORK, FEDERAL = rules.get_regime("new-york"), rules.get_regime("federal")
DAY = dt.date(2020, 1, 1)


def people(*cards: tuple[str, str, int]) -> list[Standing]:
    return [Standing(name, name, agency, DAY + dt.timedelta(days=days)) for name, agency, days in cards]


def test_every_law_names_authorities_and_rulebooks_that_there_are() -> None:
    shipped = {book.name for book in merit.rulebook.shipped()}
    for regime in rules.regimes():
        assert regime.authorities <= set(load())
        assert regime.rulebooks <= shipped
    assert rules.find_by_authority("NY-80") is NEW_YORK
    assert rules.find_by_authority("CFR-715.202") is None
    assert rules.find_by_rulebook("us-federal-category") is FEDERAL
    assert rules.find_by_rulebook("india-ssc") is None


@pytest.mark.parametrize(
    ("regime", "separated_on", "last"),
    [
        (NEW_YORK, dt.date(2024, 2, 29), dt.date(2028, 2, 29)),
        (NEW_YORK, dt.date(2026, 11, 20), dt.date(2030, 11, 20)),
        (FEDERAL, dt.date(2024, 2, 29), dt.date(2026, 2, 28)),
    ],
)
def test_the_time_on_the_list(regime: rules.Regime, separated_on: dt.date, last: dt.date) -> None:
    assert regime.expires_on(separated_on) == last
    rules.demand_alive(last, last)
    with pytest.raises(Conflict, match="ended on"):
        rules.demand_alive(last, last + dt.timedelta(days=1))


def test_own_people_first_and_the_longest_in_service_first() -> None:
    known = people(("d", "agy_2", 0), ("b", "agy_1", 9), ("a", "agy_1", 9), ("c", "agy_1", 2))
    assert [one.id for one in rules.order(known, "agy_1", NEW_YORK)] == ["c", "a", "b", "d"]
    assert [one.id for one in rules.order(known, "agy_1", FEDERAL)] == ["c", "a", "b"]
    assert [one.id for one in rules.order(known, "agy_3", FEDERAL)] == []


def test_it_is_said_who_comes_first() -> None:
    assert rules.say_who_comes_first([], NEW_YORK) is None
    said = rules.say_who_comes_first(people(("Ana", "agy_1", 0), ("Bo", "agy_1", 1)), NEW_YORK)
    assert said == (
        "People whose positions were given up come first (N.Y. Civil Service Law sec. 81(1)): Ana, Bo. "
        "Offer them a position, and record what came of it, before names are certified."
    )


def test_nobody_is_passed_over_and_two_people_act() -> None:
    known = people(("a", "agy_1", 0), ("b", "agy_1", 1))
    rules.demand_first("a", known)
    rules.demand_first("a", [])
    with pytest.raises(Conflict, match="a comes first"):
        rules.demand_first("b", known)
    rules.demand_other_person("acc_1", "acc_2", None)
    for actor, offered_by, own in (("acc_1", "acc_1", None), ("acc_1", None, "acc_1"), (None, None, None)):
        with pytest.raises(Conflict):
            rules.demand_other_person(actor, offered_by, own)
    assert rules.check_reason(" Letter. ") == "Letter."
    with pytest.raises(Invalid):
        rules.check_reason(" ")


def test_an_answer_needs_an_offer_and_is_the_last_word() -> None:
    assert move(PreferredState.STANDING, PreferredState.OFFERED) is PreferredState.OFFERED
    for answer in ANSWERS:
        assert move(PreferredState.OFFERED, answer) is answer
        for state in PreferredState:
            with pytest.raises(Conflict):
                move(answer, state)
    with pytest.raises(Conflict, match="on the list"):
        move(PreferredState.STANDING, PreferredState.DECLINED)
    assert all(move(state, PreferredState.EXPIRED) for state in FIRST)
