"""When decisions on the criteria and the outcome agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.platform.errors import Invalid


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion as screening needs to know it."""

    id: str
    is_essential: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a criterion is met, and why."""

    is_met: bool
    reason: str


def check_consistent(
    criteria: Sequence[Asked], decisions: Mapping[str, Decision], *, is_eligible: bool, reason: str
) -> None:
    """Raise Invalid unless each criterion is decided with a reason and the outcome follows from them.

    Who misses an essential criterion is not eligible. Who meets all of them may still be refused, for the
    reason that is given.
    """
    if set(decisions) != {criterion.id for criterion in criteria}:
        raise Invalid("Decide each requirement of this vacancy, and no other.")
    if not reason.strip() or not all(decision.reason.strip() for decision in decisions.values()):
        raise Invalid("Give a reason for each decision and for the outcome.")
    if is_eligible and unmet_essentials(criteria, decisions):
        raise Invalid(outcome="The outcome must be “Not eligible”: an essential requirement is not met.")


def unmet_essentials(criteria: Sequence[Asked], decisions: Mapping[str, Decision]) -> list[str]:
    """Give the ids of the essential criteria that are not met, in their order."""
    essential = [criterion.id for criterion in criteria if criterion.is_essential]
    return [own for own in essential if not decisions[own].is_met]
