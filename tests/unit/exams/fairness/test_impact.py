"""Adverse impact of one selection, in numbers and in sentences."""

from fractions import Fraction

import pytest

from app.exams import merit
from app.exams.merit.fairness.four_fifths import Group, OneSelection
from app.exams.merit.fairness.impact import AgainstReference, Comparison, adverse_impact


def test_a_group_far_behind_is_described_whole() -> None:
    found = adverse_impact([Group("women", 100, 40), Group("men", 50, 30)])
    assert (found.applicants, found.selected, found.reference, found.adverse) == (150, 70, "men", ("women",))
    assert found.of("women") == Comparison(
        group="women",
        applicants=100,
        selected=40,
        rate=Fraction(2, 5),
        shortfall=Fraction(20, 3),
        is_small=False,
        against=AgainstReference(
            reference="men",
            ratio=Fraction(2, 3),
            below_four_fifths=True,
            additional=8,
            fisher=pytest.approx(0.024535, abs=1e-6),
            deviations=pytest.approx(-2.3146, abs=1e-4),
            beyond_two_deviations=True,
            one_selection=OneSelection("men", "women", True, False, False),
        ),
        finding="adverse-impact",
        sentence="40 of 100 were selected, 66.7 % of the rate of men. That is below four fifths, and hardly "
        "by chance: chance alone gives such a difference, or a larger one, in 2.5 % of cases.",
    )
    assert found.of("men") == Comparison(
        group="men",
        applicants=50,
        selected=30,
        rate=Fraction(3, 5),
        shortfall=Fraction(-20, 3),
        is_small=False,
        against=None,
        finding="reference",
        sentence="This group has the highest selection rate; the others are compared with it.",
    )


LIKELY = "chance alone gives such a difference, or a larger one, in"


@pytest.mark.parametrize(
    ("women", "men", "finding", "sentence"),
    [
        (
            (10, 1),
            (20, 3),
            "adverse-impact-small-numbers",
            "1 of 10 were selected, 66.7 % of the rate of men. That is below four fifths, but it may be "
            f"chance: {LIKELY} 100.0 % of cases. Had one selection gone from men to this group, its rate "
            "would be higher.",
        ),
        (
            (10000, 8500),
            (10000, 9500),
            "significant-difference",
            "8500 of 10000 were selected, 89.5 % of the rate of men. That is not below four fifths, yet it "
            f"is hardly chance: {LIKELY} fewer than 0.1 % of cases.",
        ),
        (
            (50, 40),
            (51, 50),
            "significant-difference",
            "40 of 50 were selected, 81.6 % of the rate of men. That is not below four fifths, yet it is "
            f"hardly chance: {LIKELY} 0.4 % of cases. One selection given to men instead of women would turn "
            "this around.",
        ),
        (
            (100, 50),
            (100, 52),
            "no-adverse-impact",
            "50 of 100 were selected, 96.2 % of the rate of men. That is not below four fifths, and it may "
            f"be chance: {LIKELY} 88.8 % of cases.",
        ),
        (
            (4, 2),
            (10, 5),
            "no-adverse-impact",
            "2 of 4 were selected, 100.0 % of the rate of men. That is not below four fifths, and it may be "
            f"chance: {LIKELY} 100.0 % of cases. One selection given to men instead of women would turn this "
            "around. The group has fewer than 5 people; show its numbers to nobody who need not know.",
        ),
    ],
)
def test_each_finding_has_its_sentence(
    women: tuple[int, int], men: tuple[int, int], finding: str, sentence: str
) -> None:
    found = adverse_impact([Group("women", *women), Group("men", *men)]).of("women")
    assert (found.finding, found.sentence) == (finding, sentence)


def test_one_lucky_person_is_not_the_measure_of_all() -> None:
    groups = [Group("few", 4, 4), Group("many", 50, 25), Group("others", 5, 2)]
    found = adverse_impact(groups)
    assert (found.reference, found.adverse) == ("many", ())
    assert [row.is_small for row in found.comparisons] == [True, False, False]
    ratio = found.of("few").against
    assert ratio is not None
    assert ratio.ratio == 2
    assert found.of("few").finding == "no-adverse-impact"
    # Asked to take small groups too, the four decide.
    assert adverse_impact(groups, small=4).reference == "few"


def test_small_groups_are_the_measure_when_no_other_group_has_a_selection() -> None:
    assert adverse_impact([Group("few", 4, 1), Group("many", 50, 0)]).reference == "few"


def test_groups_that_cannot_be_compared_say_why() -> None:
    found = adverse_impact(
        [Group("a", 10, 0), Group("b", 0, 0), Group("c", 9, 0)], workforce_shares={"c": "0.0199"}
    )
    assert (found.reference, found.adverse) == (None, ())
    assert [(row.finding, row.sentence) for row in found.comparisons] == [
        ("nobody-selected", "Nobody was selected, so there are no rates to compare."),
        ("no-applicants", "Nobody of this group took part in this selection."),
        ("not-assessed", "This group is below two percent of the workforce and is not assessed by itself."),
    ]
    assert [(row.rate, row.shortfall) for row in found.comparisons] == [(0, 0), (None, 0), (0, 0)]


def test_a_group_too_small_in_the_workforce_is_no_reference_either() -> None:
    groups = [Group("a", 10, 9), Group("b", 10, 5)]
    assert adverse_impact(groups, workforce_shares={"a": "0.0199", "b": "0.9"}).reference == "b"
    assert adverse_impact(groups, workforce_shares={"a": "0.02", "b": "0.9"}).reference == "a"


def test_nobody_at_all_is_no_error() -> None:
    found = adverse_impact([Group("a", 0, 0)])
    assert (found.applicants, found.reference, found.comparisons[0].finding) == (0, None, "no-applicants")


def test_the_level_of_significance_is_a_choice() -> None:
    groups = [Group("women", 100, 40), Group("men", 50, 30)]
    assert adverse_impact(groups, level=0.02).of("women").finding == "adverse-impact-small-numbers"


def test_an_unknown_workforce_group_is_refused() -> None:
    with pytest.raises(merit.InputError) as refused:
        adverse_impact([Group("a", 1, 1)], workforce_shares={"z": "0.5"})
    assert str(refused.value) == "workforce shares, row z: there is no such group."
