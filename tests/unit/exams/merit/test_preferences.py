"""What claims are worth: groups, limits, conditions, the cap, and bands that do not know points."""

from datetime import date

import pytest

from app.exams import merit
from tests.unit.exams.merit.books import WRITTEN, book
from tests.unit.exams.merit.test_stages import person, scores, two


def preferring(*parts: str, head: str = "", total: str = 'minimum = "60"') -> merit.Rulebook:
    rules = "".join(f'[[preference]]\ncitation = "x"\n{part}\n' for part in parts)
    return merit.rulebook.load(book(WRITTEN, f"[total]\n{total}\n", rules, head))


def points(rulebook: merit.Rulebook, mark: object, *claims: str, **attributes: object) -> str:
    row: dict[str, object] = {
        "id": "p",
        "marks": {"written": mark},
        "claims": list(claims),
        "attributes": attributes,
    }
    return scores(rulebook, row)["p"]


VETERAN = 'claim = "v"\nkind = "points"\npoints = "5"'
DISABLED = 'claim = "d"\nkind = "points"\npoints = "10"'


def test_of_several_claims_the_highest_counts_or_all_are_added() -> None:
    assert points(preferring(VETERAN, DISABLED), 70, "v", "d") == "80.00"
    assert points(preferring(DISABLED, VETERAN), 70, "v", "d") == "80.00"
    added = preferring(VETERAN, DISABLED, head='[preferences]\ncombine = "sum"\n')
    assert points(added, 70, "v", "d") == "85.00"


def test_groups_of_claims_are_added() -> None:
    resident = 'claim = "r"\nkind = "points"\npoints = "2.5"\ngroup = "residence"'
    assert points(preferring(VETERAN, DISABLED, resident), 70, "v", "d", "r") == "82.50"


def test_all_groups_count_where_claims_are_added_inside_them() -> None:
    rules = [
        VETERAN,
        DISABLED + '\ngroup = "health"',
        'claim = "r"\nkind = "points"\npoints = "2.5"\ngroup = "home"',
    ]
    added = preferring(*rules, head='[preferences]\ncombine = "sum"\n')
    assert points(added, 70, "v", "d", "r") == "87.50"


def test_a_preference_falls_away_only_where_every_condition_holds() -> None:
    rule = VETERAN + '\nunless = [{ fact = "grade", at_least = 9 }, { fact = "professional", equals = true }]'
    row: dict[str, object] = {"id": "p", "marks": {"written": 70}, "claims": ["v"]}
    found = {
        (grade, professional): scores(preferring(rule), row, grade=grade, professional=professional)["p"]
        for grade in (8, 9)
        for professional in (True, False)
    }
    assert found == {(8, True): "75.00", (8, False): "75.00", (9, True): "70.00", (9, False): "75.00"}


def test_points_may_be_limited() -> None:
    most = preferring(VETERAN, DISABLED, head='[preferences]\ncombine = "sum"\nmost_points = "12"\n')
    assert points(most, 70, "v", "d") == "82.00"
    highest = preferring(DISABLED, head='[preferences]\nhighest_total = "100"\n')
    assert (points(highest, 95, "d"), points(highest, 70, "d")) == ("100.00", "80.00")
    row: dict[str, object] = {"id": "p", "marks": {"written": 95}, "claims": ["d"]}
    listing = merit.rank(highest, merit.Candidates.of([row]), list_id="x")
    limit = [step.arithmetic for step in merit.explain(listing, "p").steps if step.label == "Limit on points"]
    assert limit == ["105 is limited to 100"]


def test_points_may_be_a_share_of_the_mark_or_of_the_maximum() -> None:
    assert points(preferring('claim = "v"\nkind = "percent-of-mark"\npoints = "10"'), 70, "v") == "77.00"
    share = 'claim = "v"\nkind = "percent-of-maximum"\npoints = "5"'
    assert points(preferring(share), 70, "v") == "75.00"
    summed = two(total='method = "sum"\n[[preference]]\ncitation = "x"\n' + share)
    assert scores(summed, person("p", 10, 10, claims=["v"])) == {"p": "22.00"}


def test_points_after_passing_help_nobody_to_pass_and_others_do() -> None:
    assert points(preferring(VETERAN), 58, "v") == "failed: total"
    early = preferring(VETERAN + "\nonly_after_passing = false")
    assert points(early, 58, "v") == "63.00"
    assert points(early, 54, "v") == "failed: total"


def test_points_by_years_of_service() -> None:
    steps = (
        'kind = "steps"\nby = "years"\nstep = [{ from = "1", value = "0.5" }, { from = "5", value = "2.5" }]'
    )
    loaded = preferring(steps)
    assert [points(loaded, 70, years=years) for years in (0, 1, 4, 5, 30, None)] == [
        "70.00", "70.50", "70.50", "72.50", "72.50", "70.00",
    ]  # fmt: skip
    with pytest.raises(merit.InputError, match="column years: the rulebook gives points by it"):
        points(loaded, 70)
    with pytest.raises(merit.InputError, match="a date is no number of points"):
        points(loaded, 70, years=date(2020, 1, 1))


def test_conditions_compare_facts() -> None:
    rule = VETERAN + '\nunless = [{ fact = "grade", at_least = 9, below = 12 }]'
    loaded = preferring(rule)
    row: dict[str, object] = {"id": "p", "marks": {"written": 70}, "claims": ["v"]}
    assert [scores(loaded, row, grade=grade)["p"] for grade in (8, 9, 11, 12)] == [
        "75.00",
        "70.00",
        "70.00",
        "75.00",
    ]
    listing = merit.rank(loaded, merit.Candidates.of([row]), list_id="x", facts={"grade": 9})
    said = [step.arithmetic for step in merit.explain(listing, "p").steps if step.stage == "preference"]
    assert said == ["5 points, not for this post"]


def test_a_lower_claim_is_explained_as_not_counted() -> None:
    row: dict[str, object] = {"id": "p", "marks": {"written": 70}, "claims": ["v", "d"]}
    listing = merit.rank(preferring(VETERAN, DISABLED), merit.Candidates.of([row]), list_id="x")
    steps = [step for step in merit.explain(listing, "p").steps if step.stage == "preference"]
    assert [(step.value, step.arithmetic) for step in steps] == [
        ("0", "5 points, not counted beside a higher preference or over a cap"),
        ("10", "10 points: 70 + 10 = 80"),
    ]


def test_no_more_than_a_share_of_the_places_may_be_owed_to_points() -> None:
    cap = '[preferences]\ncap = { percent = "30", rounding = "floor", citation = "x" }\n'
    loaded = preferring(DISABLED, head=cap)
    plain_people = [{"id": f"n{place}", "marks": {"written": 80 - place}} for place in range(5)]
    holders = [{"id": f"v{place}", "marks": {"written": 74 - place}, "claims": ["d"]} for place in range(3)]
    listing = merit.rank(
        loaded, merit.Candidates.of([*plain_people, *holders]), list_id="x", facts={"vacancies": 4}
    )
    assert [(row.candidate_id, row.score) for row in listing.rows] == [
        ("v0", "84.00"), ("n0", "80.00"), ("n1", "79.00"), ("n2", "78.00"), ("n3", "77.00"), ("n4", "76.00"),
        ("v1", "73.00"), ("v2", "72.00"),
    ]  # fmt: skip
    free = merit.rank(loaded, merit.Candidates.of(holders), list_id="x", facts={"vacancies": 4})
    assert [row.score for row in free.rows] == ["84.00", "83.00", "82.00"]
    nobody = merit.rank(
        loaded,
        merit.Candidates.of([{"id": "a", "marks": {"written": 1}}]),
        list_id="x",
        facts={"vacancies": 4},
    )
    assert nobody.passed_count == 0
    with pytest.raises(merit.InputError, match="column vacancies: the cap on preference asks"):
        points(loaded, 70)


def test_bands_by_the_earned_mark_do_not_know_points() -> None:
    categories = '{{ name = "A", least = "80" }}, {{ name = "B", least = "50" }}'
    bands = '[bands]\nby = "{}"\ncitation = "x"\n' + f"category = [{categories}]\n"
    row = {"id": "p", "marks": {"written": 75}, "claims": ["v"]}
    found = {}
    for by in ("earned", "total"):
        loaded = preferring(VETERAN, head=bands.format(by))
        found[by] = merit.rank(loaded, merit.Candidates.of([row]), list_id="x").row("p").category
    assert found == {"earned": "B", "total": "A"}
