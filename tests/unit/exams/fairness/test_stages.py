"""Every stage, the bottom line, and groups that are hidden."""

import pytest

from app.exams import merit
from app.exams.merit.fairness import stages
from app.exams.merit.fairness.four_fifths import Group
from app.exams.merit.fairness.stages import Stage

WRITTEN = Stage("written", (Group("women", 100, 60), Group("men", 100, 80), Group("other", 6, 4)))
INTERVIEW = Stage("interview", (Group("women", 55, 33), Group("men", 80, 40), Group("other", 4, 2)))


def numbers(report: stages.StageReport) -> list[tuple[str, list[tuple[str, int, int]]]]:
    return [
        (name, [(row.group, row.applicants, row.selected) for row in impact.comparisons])
        for name, impact in report.stages
    ]


def test_stages_are_compared_one_by_one_and_from_first_to_last() -> None:
    report = stages.impact_by_stage([WRITTEN, INTERVIEW])
    assert numbers(report) == [
        ("written", [("women", 100, 60), ("men", 100, 80), ("other", 6, 4)]),
        ("interview", [("women", 55, 33), ("men", 80, 40), ("other", 4, 2)]),
    ]
    assert [(row.group, row.applicants, row.selected) for row in report.overall.comparisons] == [
        ("women", 100, 33),
        ("men", 100, 40),
        ("other", 6, 2),
    ]
    assert [impact.adverse for _, impact in report.stages] == [("women",), ()]
    assert report.overall.adverse == ()
    assert report.hidden == ()


def test_a_small_group_is_hidden_at_every_stage_with_the_next_smallest() -> None:
    report = stages.impact_by_stage([WRITTEN, INTERVIEW], hide_below=5)
    assert report.hidden == ("other", "women")
    assert numbers(report) == [("written", [("men", 100, 80)]), ("interview", [("men", 80, 40)])]
    assert (report.overall.applicants, report.overall.selected) == (100, 40)


@pytest.mark.parametrize(
    ("people", "least", "hidden"),
    [
        ({"a": 4, "b": 4, "c": 50}, 5, {"a", "b"}),
        ({"a": 4, "b": 40, "c": 50}, 5, {"a", "b"}),
        ({"a": 1, "b": 2, "c": 50, "d": 60}, 5, {"a", "b", "c"}),
        ({"a": 2, "b": 3, "c": 50}, 5, {"a", "b"}),
        ({"a": 5, "b": 40, "c": 50}, 5, set()),
        ({"a": 0, "b": 0}, 5, {"a", "b"}),
        ({"a": 4}, 5, {"a"}),
        ({"a": 0, "b": 9}, 0, set()),
    ],
)
def test_no_hidden_group_can_be_found_by_subtraction(
    people: dict[str, int], least: int, hidden: set[str]
) -> None:
    stage = Stage("one", tuple(Group(name, count, 0) for name, count in people.items()))
    assert stages.groups_to_hide([stage], least) == hidden


def test_workforce_shares_of_hidden_groups_are_left_out() -> None:
    shares = {"women": "0.5", "men": "0.49", "other": "0.01"}
    report = stages.impact_by_stage([WRITTEN, INTERVIEW], hide_below=5, workforce_shares=shares)
    assert report.overall.reference == "men"
    open_report = stages.impact_by_stage([WRITTEN, INTERVIEW], workforce_shares=shares)
    assert open_report.overall.of("other").finding == "not-assessed"


def test_small_groups_and_the_level_reach_every_stage() -> None:
    report = stages.impact_by_stage([WRITTEN, INTERVIEW], small=3, level=0.9)
    assert [impact.reference for _, impact in report.stages] == ["men", "women"]
    assert report.stages[1][1].of("men").finding == "significant-difference"
    assert not report.stages[1][1].of("other").is_small


@pytest.mark.parametrize(
    ("given", "hide", "sentence"),
    [
        ([], 0, "There are no stages to compare."),
        ([Stage("a", ())], 0, "There are no groups to compare."),
        (
            [Stage("a", (Group("x", 4, 1), Group("y", 90, 1)))],
            5,
            "No group may be shown: too few of them have at least 5 people.",
        ),
        (
            [Stage("a", (Group("x", 4, 2),)), Stage("b", (Group("y", 1, 1),))],
            0,
            "b, row x: the group does not stand in every stage.",
        ),
        (
            [Stage("a", (Group("x", 4, 2),)), Stage("b", (Group("x", 3, 1),))],
            0,
            "b, row x, column applicants: 3 entered, but 2 passed the stage before.",
        ),
    ],
)
def test_stages_that_do_not_follow_are_refused(given: list[Stage], hide: int, sentence: str) -> None:
    with pytest.raises(merit.MeritError) as refused:
        stages.impact_by_stage(given, hide_below=hide)
    assert str(refused.value) == sentence
