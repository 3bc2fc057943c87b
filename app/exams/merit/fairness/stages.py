"""Adverse impact at every stage of a selection and from first to last, ready to be shown.

29 CFR 1607.4(C) (read 2026-11-22): where the whole process has an adverse impact, its parts are evaluated
one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.errors import InputError, MeritError
from app.exams.merit.fairness.four_fifths import Group, named_once
from app.exams.merit.fairness.impact import LEVEL, SMALL, Impact, adverse_impact


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name and each group with those who entered it and those who passed it."""

    name: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class StageReport:
    """Every stage in order and `overall`, from entering the first to passing the last.

    `hidden` names the groups left out of all numbers because they or the people left out with them are few.
    """

    stages: tuple[tuple[str, Impact], ...]
    overall: Impact
    hidden: tuple[str, ...]


def impact_by_stage(
    stages: Sequence[Stage],
    *,
    hide_below: int = 0,
    workforce_shares: Mapping[str, int | str | Fraction] | None = None,
    small: int = SMALL,
    level: float = LEVEL,
) -> StageReport:
    """Compare the groups at each stage and over all stages.

    The same groups must stand in every stage, and nobody may enter a stage who did not pass the one before;
    fewer may (people withdraw). With `hide_below` groups that are smaller than this at any stage are left
    out of every number, totals included; see `groups_to_hide`.
    """
    _check(stages)
    hidden = groups_to_hide(stages, hide_below)
    shown = [
        Stage(stage.name, tuple(group for group in stage.groups if group.name not in hidden))
        for stage in stages
    ]
    if not shown[0].groups:
        raise MeritError(f"No group may be shown: too few of them have at least {hide_below} people.")
    shares = {name: share for name, share in (workforce_shares or {}).items() if name not in hidden}

    def compare(groups: Iterable[Group]) -> Impact:
        return adverse_impact(groups, workforce_shares=shares, small=small, level=level)

    last = {group.name: group.selected for group in shown[-1].groups}
    whole = [Group(group.name, group.applicants, last[group.name]) for group in shown[0].groups]
    return StageReport(
        tuple((stage.name, compare(stage.groups)) for stage in shown), compare(whole), tuple(sorted(hidden))
    )


def groups_to_hide(stages: Sequence[Stage], least: int) -> frozenset[str]:
    """Name the groups whose numbers would point at single people.

    A group of fewer than `least` people at any stage is hidden at all of them, since those who pass one stage
    enter the next. What is hidden could be found as a whole by subtracting the others from a total known from
    elsewhere; so the smallest of those left are hidden with it, until two groups and `least` people are.
    """
    smallest: dict[str, int] = {}
    for stage in stages:
        for group in stage.groups:
            smallest[group.name] = min(group.applicants, smallest.get(group.name, group.applicants))
    hidden = {name for name, people in smallest.items() if people < least}
    left = sorted((people, name) for name, people in smallest.items() if name not in hidden)
    for _, name in left:
        if not hidden or (len(hidden) > 1 and sum(smallest[own] for own in hidden) >= least):
            break
        hidden.add(name)
    return frozenset(hidden)


def _check(stages: Sequence[Stage]) -> None:
    if not stages:
        raise MeritError("There are no stages to compare.")
    before: dict[str, int] | None = None
    for stage in stages:
        groups = named_once(stage.groups)
        if before is not None:
            odd = sorted(before.keys() ^ {group.name for group in groups})
            if odd:
                raise InputError(stage.name, "the group does not stand in every stage.", row=odd[0])
            for group in groups:
                if group.applicants > before[group.name]:
                    text = f"{group.applicants} entered, but {before[group.name]} passed the stage before."
                    raise InputError(stage.name, text, row=group.name, column="applicants")
        before = {group.name: group.selected for group in groups}
