"""The summary level of a rating: what the cycle's rule makes of the elements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.personnel.performance.regimes import Regime, Step
from app.platform.errors import Conflict, Invalid

# Fewer people than this are not shown as a group: who they are could be guessed.
LEAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """An element as it counts: its level, whether it is critical, and its weight in hundredths."""

    level: int
    is_critical: bool
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary level, the points where the rule counts them, and in a sentence how the rule got there."""

    level: int
    points: int | None
    because: str


def summarize(regime: Regime, elements: Sequence[Judged]) -> Summary:
    """Give the summary level; a critical element that is unacceptable decides (5 CFR 430.208(b)(1))."""
    points = _points(elements) if regime.bands else None
    failed = sum(one.is_critical and one.level <= regime.unacceptable for one in elements)
    if failed:
        named = "a critical element is" if failed == 1 else f"{failed} critical elements are"
        return _summary(regime, regime.unacceptable, points, f"{named} at the lowest level, which decides")
    if points is not None:
        band = next(band for band in regime.bands if points >= band.least)
        return _summary(regime, band.level, points, f"{points} points, and this level begins at {band.least}")
    step = next(step for step in regime.steps if _holds(step, elements))
    return _summary(regime, step.level, None, _told(step))


def check_levels(regime: Regime, levels: Collection[int]) -> None:
    """Raise Conflict for a level that the rule does not know."""
    if not set(levels) <= set(regime.levels):
        raise Conflict("Select for each element one of the levels of the rule.")


def demand_narratives(regime: Regime, given: Mapping[str, tuple[int, str]]) -> None:
    """Raise Invalid for an element without reasons where its level is not the fully successful one."""
    missing = {
        f"narrative_{own}": "Say what this level rests on, with examples"
        for own, (level, text) in given.items()
        if level != regime.acceptable and not text.strip()
    }
    if missing:
        raise Invalid(**missing)


def demand_other(actor_id: str | None, account_id: str | None) -> None:
    """Raise Conflict when a person would take part in the own rating."""
    if account_id is not None and actor_id == account_id:
        raise Conflict("You cannot take part in your own rating.")


def demand_second_person(actor_id: str | None, rated_by: str) -> None:
    """Raise Conflict when who reviews is who rated."""
    if actor_id is None or actor_id == rated_by:
        raise Conflict("You gave this rating, so another person has to review it.")


def shown(count: int) -> bool:
    """Tell whether a group of so many people may be shown."""
    return count >= LEAST_SHOWN


def _points(elements: Sequence[Judged]) -> int:
    return sum(one.level * (one.weight or 0) for one in elements)


def _holds(step: Step, elements: Sequence[Judged]) -> bool:
    critical = all(one.level >= step.critical_at_least for one in elements if one.is_critical)
    others = all(one.level >= step.others_at_least for one in elements if not one.is_critical)
    reached = sum(one.level >= step.share_at_least for one in elements)
    return critical and others and reached * 100 >= step.share_percent * len(elements)


def _told(step: Step) -> str:
    told = [f"every critical element is at level {step.critical_at_least} or above"]
    if step.others_at_least > 1:
        told.append(f"every other element at level {step.others_at_least} or above")
    if step.share_percent:
        told.append(f"more than half of all elements at level {step.share_at_least} or above")
    return ", ".join(told)


def _summary(regime: Regime, level: int, points: int | None, why: str) -> Summary:
    return Summary(level, points, f"Level {level}, {regime.levels[level]}: {why} ({regime.citation}).")


def fold_small(groups: Mapping[str, Mapping[int, int]]) -> tuple[dict[str, dict[int, int]], int]:
    """Give the groups that may be shown, by name, and how many people are in those that may not.

    What is hidden could be computed from the whole where fewer than LEAST_SHOWN people are in it, so the
    smallest of the shown groups goes with it then.
    """
    size = {name: sum(levels.values()) for name, levels in groups.items()}
    open_to_all = sorted((name for name in groups if shown(size[name])), key=lambda name: (size[name], name))
    hidden = sum(size.values()) - sum(size[name] for name in open_to_all)
    while open_to_all and 0 < hidden < LEAST_SHOWN:
        hidden += size[open_to_all.pop(0)]
    return {name: dict(groups[name]) for name in sorted(open_to_all)}, hidden
