"""Groups and the stages they pass; small groups are hidden with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit import MeritError
from app.exams.merit.fairness.four_fifths import Group
from app.exams.merit.fairness.stages import Stage, StageReport, groups_to_hide, impact_by_stage
from app.platform.sentences import Sentence, say

NO_ANSWER = ""
# The categories of the EEO-1 report and of 29 CFR 1607.4(B), read 2026-11-22.
SEX = {"woman": say("Woman"), "man": say("Man"), "other": say("Neither of these")}
BACKGROUND = {
    "hispanic": say("Hispanic or Latino"),
    "white": say("White"),
    "black": say("Black or African American"),
    "asian": say("Asian"),
    "native": say("American Indian or Alaska Native"),
    "pacific": say("Native Hawaiian or other Pacific Islander"),
    "several": say("Two or more of these"),
}
DISABILITY = {"yes": say("Yes, or I had one"), "no": say("No")}
ANSWERS: dict[str, dict[str, Sentence]] = {"sex": SEX, "background": BACKGROUND, "disability": DISABILITY}
DIMENSIONS = {"sex": "Sex", "background": "Origin", "disability": "Disability"}
CLAIM = "claim:"
STAGES = ("Found eligible", "Took the examination", "Passed", "Selected or appointed")


@dataclass(frozen=True, slots=True)
class Counts:
    """How far the people of a group came: how many applied, and how many of them passed each stage."""

    group: str
    applied: int
    passed: tuple[int, ...]


def report(counts: Sequence[Counts], hide_below: int) -> StageReport | None:
    """Compare the groups stage by stage; None where too few people would be told apart."""
    stages = []
    for index, name in enumerate(STAGES):
        groups = tuple(
            Group(one.group, one.passed[index - 1] if index else one.applied, one.passed[index])
            for one in counts
        )
        if any(group.applicants for group in groups):
            stages.append(Stage(name, groups))
    if len(counts) < 2 or not stages:
        return None
    # Who was selected stands last; a stage that nobody has come to yet is none.
    while len(stages) > 1 and not any(group.selected for group in stages[-1].groups):
        stages.pop()
    try:
        return impact_by_stage(stages, hide_below=hide_below)
    except MeritError:
        return None


def named(code: str, dimension: str) -> str:
    """Give a group's name as officers read it."""
    return str(ANSWERS[dimension][code]) if code else "No answer"


def passing(
    before: Sequence[Group], after: Sequence[Group], hide_below: int
) -> list[tuple[str, int, Fraction, Fraction]]:
    """Give name, size and the shares that pass before and after of each group that is not small.

    Others are left out with them where a subtraction would tell of the small, see `groups_to_hide`.
    """
    known = tuple(group for group in before if group.applicants)
    small = groups_to_hide([Stage("passing", known)], hide_below)
    later: Mapping[str, Group] = {group.name: group for group in after}
    return [
        (
            group.name,
            group.applicants,
            Fraction(group.selected, group.applicants),
            Fraction(later[group.name].selected, group.applicants),
        )
        for group in known
        if group.name not in small
    ]
