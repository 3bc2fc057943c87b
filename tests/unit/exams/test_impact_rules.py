from __future__ import annotations

from fractions import Fraction

from app.exams.impact import pictures, rules
from app.exams.impact.rules import Counts
from app.exams.merit.fairness.four_fifths import Group

WOMEN = Counts("Woman", 60, (50, 40, 20, 0))
MEN = Counts("Man", 80, (75, 70, 50, 0))
FEW = Counts("Neither of these", 3, (3, 2, 1, 0))


def test_stages_follow_each_other_and_one_that_nobody_reached_is_none():
    report = rules.report([WOMEN, MEN], 5)
    assert [name for name, _ in report.stages] == ["Found eligible", "Took the examination", "Passed"]
    passed = report.stages[2][1].of("Woman")
    assert (passed.applicants, passed.selected, passed.against.ratio) == (40, 20, Fraction(7, 10))
    assert passed.against.below_four_fifths
    assert (report.overall.of("Woman").applicants, report.overall.of("Woman").selected) == (60, 20)


def test_a_small_group_takes_the_next_one_with_it():
    report = rules.report([WOMEN, MEN, FEW], 5)
    assert report.hidden == ("Neither of these", "Woman")
    assert rules.report([MEN, FEW], 5) is None
    assert rules.report([MEN], 5) is None
    assert rules.report([], 5) is None


def test_pictures_show_the_same_groups_as_the_numbers():
    report = rules.report([WOMEN, MEN], 5)
    rates = pictures.rate_plot(report)
    assert rates.head == ("Group", "Found eligible", "Took the examination", "Passed")
    assert [(row.label, row.cells) for row in rates.rows] == [
        ("Woman", ("83.3 %", "80.0 %", "50.0 %")),
        ("Man", ("93.8 %", "93.3 %", "71.4 %")),
    ]
    ratio = pictures.ratio_plot("Passed", report.stages[2][1])
    assert [(row.label, row.cells[0]) for row in ratio.rows] == [("Woman", "0.70"), ("Man", "1.00")]


def test_a_trial_tells_no_small_groups_shares():
    before = [Group("Woman", 40, 20), Group("Man", 70, 50), Group("Few", 3, 1)]
    after = [Group("Woman", 40, 30), Group("Man", 70, 50), Group("Few", 3, 0)]
    assert rules.passing(before, after, 5) == [("Man", 70, Fraction(5, 7), Fraction(5, 7))]
    assert [one[0] for one in rules.passing(before[:2], after[:2], 5)] == ["Woman", "Man"]
