"""The public calls of the merit core, as other packages make them."""

import hashlib
import hmac
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from app.exams import merit

CITY = merit.rulebook.in_force("city-civil-service", date(2026, 11, 22))
ITEMS = [str(number) for number in range(1, 11)]
KEY = merit.Key(1, tuple(merit.Item(code, ("A",)) for code in ITEMS))
SHEETS = {
    "p1": "AAAAAAAAAA",
    "p2": "AAAAAAAAAB",
    "p3": "AAAAAAAAB.",
    "p4": "AAAAAAABBB",
    "p5": "AAAAAABBBB",
    "p6": "BBBBBBBBBA",
}
APPLIED = {person: {"applied_on": date(2026, 1, day)} for day, person in enumerate(SHEETS, start=1)}
CLAIMS = {"p4": ["veteran"], "p3": ["veteran", "disabled-veteran"], "p5": ["disabled-veteran"]}


def sheets(people: list[str]) -> merit.Responses:
    return merit.Responses.from_rows(people, ITEMS, [SHEETS[person] for person in people], blank=["."])


def city_list(people: list[str] | None = None) -> merit.MeritList:
    scores = merit.score(CITY, KEY, sheets(people or list(SHEETS)))
    candidates = merit.Candidates.from_scores(scores, claims=CLAIMS, attributes=APPLIED)
    return merit.rank(CITY, candidates, list_id="L1", seed="seed")


def test_a_city_list_has_points_only_after_passing() -> None:
    lines = [
        (row.candidate_id, row.rank, row.earned, row.points, row.score, row.passed)
        for row in city_list().rows
    ]
    assert lines == [
        ("p1", 1, "100.000", "0", "100.000", True),
        ("p2", 2, "90.000", "0", "90.000", True),
        ("p3", 2, "80.000", "10", "90.000", True),
        ("p4", 4, "70.000", "5", "75.000", True),
        ("p5", None, "60.000", "0", "60.000", False),
        ("p6", None, "10.000", "0", "10.000", False),
    ]


def test_rows_say_who_is_tied_and_why_somebody_failed() -> None:
    merit_list = city_list()
    tied = merit_list.row("p2").tied_with
    assert (tied, len(tied), tied[0], tied[:1], repr(tied)) == (("p3",), 1, "p3", ("p3",), "('p3',)")
    assert hash(tied) == hash(("p3",))
    assert "p2" not in tied
    assert merit_list.row("p5").failed == ("total",)
    assert (merit_list.row("p3").numerator, merit_list.row("p3").denominator) == (90000, 1000)


def test_the_order_of_the_input_changes_nothing() -> None:
    backwards = city_list(list(SHEETS)[::-1])
    assert backwards.rows == city_list().rows
    assert backwards.digest == city_list().digest


def test_the_digest_knows_the_key_and_the_marks() -> None:
    candidates = merit.Candidates.from_scores(
        merit.score(CITY, KEY, sheets(["p1"])), attributes={"p1": APPLIED["p1"]}
    )
    other_key = merit.Key(2, KEY.items)
    again = merit.Candidates.from_scores(
        merit.score(CITY, other_key, sheets(["p1"])), attributes={"p1": APPLIED["p1"]}
    )
    digests = {merit.rank(CITY, table, list_id="L1", seed="s").digest for table in (candidates, again)}
    assert len(digests) == 2


def test_the_digest_does_not_know_how_a_mark_is_written() -> None:
    plain = merit.rulebook.in_force("new-york-open", date(2026, 1, 1))
    ids = np.array(["a", "b"])
    thirds, sixths = (
        merit.Candidates(ids, {"written": merit.Marks(np.array([270, 225]) * factor, 3 * factor)})
        for factor in (1, 2)
    )
    digests = {merit.rank(plain, table, list_id="L").digest for table in (thirds, sixths)}
    assert len(digests) == 1


def test_candidates_may_come_from_stored_marks() -> None:
    stored = merit.Candidates.of(
        [
            {
                "id": person,
                "marks": {"written": list(sheet).count("A")},
                "claims": CLAIMS.get(person, []),
                "attributes": APPLIED[person],
            }
            for person, sheet in SHEETS.items()
        ],
        maxima={"written": 10},
        key_digests={"written": KEY.digest},
    )
    assert merit.rank(CITY, stored, list_id="L1", seed="seed").digest == city_list().digest


def test_an_explanation_can_be_followed_with_pen_and_paper() -> None:
    scores = merit.score(CITY, KEY, sheets(list(SHEETS)))
    explanation = merit.explain(city_list(), "p3", scores)
    steps = [(step.stage, step.label, step.value, step.arithmetic) for step in explanation.steps]
    assert steps[:5] == [
        ("items", "right answers", "8", "8 × 1 = 8"),
        ("items", "blank answers", "0", "1 × 0 = 0"),
        ("items", "wrong answers", "0", "1 × 0 = 0"),
        ("component", "Written examination", "80", "8 ÷ 10 × 100 × 100 % = 80"),
        ("total", "Total", "80", "80 = 80"),
    ]
    assert ("preference", "Disabled veteran", "10", "10 points: 80 + 10 = 90") in steps
    assert (explanation.above, explanation.below, explanation.decided_by) == (
        "100.000",
        "75.000",
        "final score",
    )


def test_a_key_that_only_renames_its_version_moves_nobody() -> None:
    scores = merit.score(CITY, KEY, sheets(list(SHEETS)))
    renamed = merit.rescore(scores, merit.Key(2, KEY.items))
    assert renamed.marks.fractions() == scores.marks.fractions()
    assert renamed.key_digest != scores.key_digest


def test_somebody_who_failed_is_told_what_was_missing() -> None:
    explanation = merit.explain(city_list(), "p6")
    assert explanation.steps[-1] == merit.Step("rank", "Rank", "none", "not met: total")
    assert (explanation.above, explanation.below, explanation.decided_by) == (None, None, "")


def test_the_rule_of_three_reaches_everybody_equal_to_the_third() -> None:
    names = city_list().eligibles()
    certificate = merit.certify(
        CITY, names, issued_on=date(2026, 2, 1), list_established_on=date(2026, 1, 15)
    )
    assert [name.candidate_id for name in certificate.names] == ["p1", "p2", "p3"]
    assert certificate.expires_on == date(2026, 4, 2)
    later = merit.certify(CITY, names, issued_on=date(2026, 2, 1), unavailable=["p1"])
    assert [name.candidate_id for name in later.names] == ["p2", "p3", "p4"]


def test_a_selection_out_of_reach_is_refused_with_its_law() -> None:
    certificate = merit.certify(CITY, city_list().eligibles(), issued_on=date(2026, 2, 1))
    (ruling,) = merit.check_selection(CITY, certificate, ["p4"], on=date(2026, 2, 2))
    assert not ruling.lawful
    assert [refusal.code for refusal in ruling.refusals] == ["below-reach"]
    assert "sec. 61(1)" in ruling.refusals[0].citation
    rulings = merit.check_selection(CITY, certificate, ["p1", "p4"], on=date(2026, 2, 2))
    assert [ruling.lawful for ruling in rulings] == [True, True]


def test_a_selection_after_the_certificate_ended_is_refused() -> None:
    certificate = merit.certify(CITY, city_list().eligibles(), issued_on=date(2026, 2, 1))
    (ruling,) = merit.check_selection(CITY, certificate, ["p1"], on=date(2026, 4, 3))
    assert [refusal.code for refusal in ruling.refusals] == ["expired"]
    (last_day,) = merit.check_selection(CITY, certificate, ["p1"], on=date(2026, 4, 2))
    assert last_day.lawful


def test_a_list_past_its_life_certifies_nobody() -> None:
    assert merit.list_ends_on(CITY, date(2025, 1, 31)) == date(2026, 1, 31)
    assert merit.list_ends_on(CITY, date(2025, 1, 31), extended=True) == date(2029, 1, 31)
    last_day, begun = date(2026, 1, 31), date(2025, 1, 31)
    assert merit.certify(CITY, city_list().eligibles(), issued_on=last_day, list_established_on=begun).names
    with pytest.raises(merit.MeritError, match="ended on 2026-01-31"):
        merit.certify(
            CITY, city_list().eligibles(), issued_on=date(2026, 2, 1), list_established_on=date(2025, 1, 31)
        )


def federal_list(grade: int, scientific: bool) -> merit.MeritList:
    book = merit.rulebook.in_force("us-federal-category", date(2026, 1, 1))
    people = [("civ", 96, ""), ("vet", 88, "CPS"), ("tp", 87, "TP"), ("low", 69, "TP")]
    rows = [{"id": name, "marks": {"assessment": mark}, "claims": [claim]} for name, mark, claim in people]
    facts = {"grade": grade, "scientific_or_professional": scientific}
    return merit.rank(book, merit.Candidates.of(rows), list_id="F", facts=facts)


@pytest.mark.parametrize(
    ("grade", "scientific", "expected"),
    [
        (7, False, [("vet", "BQ", 1), ("civ", "BQ", 2), ("tp", "WQ", 3), ("low", "", None)]),
        (12, True, [("civ", "BQ", 1), ("tp", "WQ", 2), ("vet", "WQ", 2), ("low", "", None)]),
    ],
)
def test_compensably_disabled_veterans_float_except_in_professional_posts(
    grade: int, scientific: bool, expected: list[tuple[str, str, int | None]]
) -> None:
    rows = federal_list(grade, scientific).rows
    assert [(row.candidate_id, row.category, row.rank) for row in rows] == expected


def test_a_preference_eligible_in_the_category_needs_an_approved_pass_over() -> None:
    merit_list = federal_list(7, False)
    certificate = merit.certify(merit_list.rulebook, merit_list.eligibles(), issued_on=date(2026, 1, 2))
    assert [name.candidate_id for name in certificate.names] == ["vet", "tp", "civ"]
    (refused,) = merit.check_selection(merit_list.rulebook, certificate, ["civ"], on=date(2026, 1, 3))
    assert [(refusal.code, refusal.people) for refusal in refused.refusals] == [
        ("no-preference-passed-over", ("vet", "tp"))
    ]
    assert refused.refusals[0].citation == "5 U.S.C. 3319(c)(7) with 5 U.S.C. 3318(c)"
    evidence = merit.Evidence(pass_overs=["vet", "tp"])
    (allowed,) = merit.check_selection(
        merit_list.rulebook, certificate, ["civ"], on=date(2026, 1, 3), evidence=evidence
    )
    assert allowed.lawful


def test_a_fact_of_the_announcement_is_never_guessed() -> None:
    book = merit.rulebook.in_force("us-federal-category", date(2026, 1, 1))
    with pytest.raises(merit.InputError, match="scientific_or_professional"):
        merit.rank(book, merit.Candidates.of([{"id": "a", "marks": {"assessment": 80}}]), list_id="F")


def test_the_draw_needs_its_seed_and_moves_nobody_else() -> None:
    with pytest.raises(merit.MeritError, match="public seed"):
        merit.rank(CITY, merit.Candidates.of([{"id": "a", "marks": {"written": 1}}]), list_id="L1")
    assert merit.draw("seed", "L1", "p1") == hmac.new(b"seed", b"L1p1", hashlib.sha256).digest()


def test_marks_are_never_floats() -> None:
    with pytest.raises(merit.MeritError, match="exact number"):
        merit.Candidates.of([{"id": "a", "marks": {"written": 0.5}}])
    assert merit.fraction("-1/3") == Fraction(-1, 3)
