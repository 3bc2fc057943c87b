"""What becomes of the leave that is left when service ends, by the rule of the agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.personnel.accruals.regimes import KindRule, Regime
from app.personnel.leave.states import LeaveKind

PAID = "paid"


@dataclass(frozen=True, slots=True)
class FinalLine:
    """A ledger at the end of the last day, in minutes: what is left, what is paid, what has to be repaid."""

    kind: LeaveKind
    left: int
    paid: int
    owed: int
    says: str
    law: str


def final_lines(
    regime: Regime,
    balances: Mapping[LeaveKind, int],
    weekly_minutes: int,
    *,
    is_removal: bool,
    is_death: bool,
) -> list[FinalLine]:
    """List what happens with each ledger that is not empty; kinds that are only counted have none.

    What was taken in advance is repaid, but not after a death.
    """
    lines = []
    for rule in regime.kinds.values():
        left = balances.get(rule.kind, 0)
        if not left or not rule.kind.has_balance:
            continue
        if left < 0:
            owed = 0 if is_death else -left
            says = "Nothing is repaid after a death" if is_death else "Taken in advance and to be repaid"
            lines.append(FinalLine(rule.kind, left, 0, owed, says, rule.owed_law or rule.advance_law))
        else:
            paid, says = _paid(regime, rule, left, weekly_minutes, is_removal=is_removal)
            lines.append(FinalLine(rule.kind, left, paid, 0, says, rule.end_law))
    return lines


def _paid(
    regime: Regime, rule: KindRule, left: int, weekly_minutes: int, *, is_removal: bool
) -> tuple[int, str]:
    """Give how many minutes are paid, and that in words."""
    if rule.at_end != PAID:
        return 0, "Not paid; it stays on record for a return"
    if is_removal and rule.end_bars_removal:
        return 0, "Not paid after a removal"
    most = left
    if rule.end_most_minutes:
        full = regime.full_week_minutes
        most = rule.end_most_minutes * min(weekly_minutes or full, full) // full
    paid = min(left, most)
    return paid, "Paid in a lump sum" if paid == left else "Paid in a lump sum up to the most that is paid"
