"""The rulebooks of discipline, one file a regime: which procedure an action takes, and its clocks."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.personnel.discipline.states import Action, Forum
from app.platform.calendars import add_days, add_months, next_business_day

FOLDER = Path(__file__).parent
USUAL = "federal"


@dataclass(frozen=True, slots=True)
class Remedy:
    """Where a decision may be contested, how, and within which time of what.

    `weekend_law` is the law by which a last day on a weekend or a holiday is moved; "" where there is none.
    """

    forum: Forum
    law: str
    how: str
    is_from_effect: bool
    days: int = 0
    months: int = 0
    weekend_law: str = ""

    def last_day(
        self, received_on: dt.date, effective_on: dt.date, holidays: Collection[dt.date] = ()
    ) -> dt.date:
        """Give the last day on which to contest; the day from which it is counted is not counted itself.

        Where the law counts from the effective date, it counts from the later of that and the receipt. Where
        a law says so, a last day on a weekend or a holiday becomes the next workday.
        """
        begins = max(received_on, effective_on) if self.is_from_effect else received_on
        last = add_days(add_months(begins, self.months), self.days)
        return next_business_day(last, holidays) if self.weekend_law else last

    @property
    def cited(self) -> str:
        """Give the law, with the one that moves a last day where there is one."""
        return f"{self.law}; {self.weekend_law}" if self.weekend_law else self.law


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the law asks for before an action: least days, what must come before a decision, and remedies.

    `shorter_reason` says why fewer than 30 days of notice are enough, where they are. `authority_code` is
    that of the personnel actions which carry it out, "" where there is none. With `is_decided_after_notice`
    nothing is decided before the notice has run, and then within `decide_within_days`. For `suspended_days`
    somebody may be suspended without pay until then.
    """

    key: str
    title: str
    actions: tuple[Action, ...]
    law: str
    notice_days: int
    reply_days: int
    shorter_reason: str | None
    says: str
    authority_code: str
    remedies: tuple[Remedy, ...]
    is_decided_after_notice: bool = False
    decide_within_days: int | None = None
    most_notice_days: int | None = None
    needs_factors: bool = False
    needs_hearing: bool = False
    needs_failed_period: bool = False
    suspended_days: int = 0
    longest_suspension_months: int | None = None


@dataclass(frozen=True, slots=True)
class Regime:
    """A rulebook: its procedures, the usual one for an action first.

    A case is kept for `retention_years` after it was closed, or for `reprimand_years` where it ended with a
    reprimand.
    """

    name: str
    title: str
    read: dt.date
    retention_years: int
    reprimand_years: int
    retention_law: str
    procedures: tuple[Procedure, ...]

    def usual(self, action: Action) -> Procedure:
        """Give the procedure that an action takes where no other was chosen."""
        return next(one for one in self.procedures if action in one.actions)

    def years_kept(self, action: Action | None) -> int:
        """Give for how many years a case is kept, by the action that it ended with."""
        return self.reprimand_years if action is Action.REPRIMAND else self.retention_years

    def find(self, key: str) -> Procedure | None:
        """Find a procedure by its key."""
        return next((one for one in self.procedures if one.key == key), None)


def _read(path: Path) -> Regime:
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    procedures = tuple(_procedure(row) for row in given.pop("procedure"))
    return Regime(name=path.stem, procedures=procedures, **given)


def _procedure(row: dict[str, Any]) -> Procedure:
    remedies = tuple(
        Remedy(Forum(one.pop("forum")), is_from_effect=one.pop("counted_from") == "effective", **one)
        for one in row.pop("remedy")
    )
    return Procedure(
        actions=tuple(Action(name) for name in row.pop("actions")),
        remedies=remedies,
        shorter_reason=row.pop("shorter_reason") or None,
        is_decided_after_notice=row.pop("decide_after", "reply") == "notice",
        **row,
    )


REGIMES: Mapping[str, Regime] = MappingProxyType(
    {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}
)
