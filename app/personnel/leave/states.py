"""The kinds of leave, and why a ledger has an entry."""

from __future__ import annotations

import enum


class LeaveKind(enum.Enum):
    """Each kind is a ledger of its own."""

    ANNUAL = "annual"
    SICK = "sick"
    FAMILY = "family"
    COMPENSATORY = "compensatory"
    RESTORED = "restored"
    UNPAID = "unpaid"

    @property
    def title(self) -> str:
        return _TITLES[self]

    @property
    def has_balance(self) -> bool:
        """Tell whether it is earned first; the others are counted when they are taken."""
        return self not in (LeaveKind.FAMILY, LeaveKind.UNPAID)


_TITLES = {
    LeaveKind.ANNUAL: "Annual leave",
    LeaveKind.SICK: "Sick leave",
    LeaveKind.FAMILY: "Family and medical leave, unpaid",
    LeaveKind.COMPENSATORY: "Compensatory time off",
    LeaveKind.RESTORED: "Restored annual leave",
    LeaveKind.UNPAID: "Leave without pay",
}


class EntrySort(enum.Enum):
    """Why minutes came into a ledger or left it."""

    OPENING = "opening"
    ACCRUAL = "accrual"
    TAKEN = "taken"
    RETURNED = "returned"
    FORFEITED = "forfeited"
    RESTORED = "restored"
    EARNED = "earned"
    CORRECTED = "corrected"

    @property
    def title(self) -> str:
        return _SORTS[self]


_SORTS = {
    EntrySort.OPENING: "Brought forward",
    EntrySort.ACCRUAL: "Accrued",
    EntrySort.TAKEN: "Taken",
    EntrySort.RETURNED: "Given back",
    EntrySort.FORFEITED: "Forfeited",
    EntrySort.RESTORED: "Restored",
    EntrySort.EARNED: "Earned by overtime",
    EntrySort.CORRECTED: "Corrected",
}
