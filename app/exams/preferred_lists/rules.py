"""Who comes before every other list, for how long and in which order, and what may be recorded of them."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.platform.calendars import add_months
from app.platform.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Regime:
    """One law of preferred lists; `years` after the separation are the last day's."""

    name: str
    title: str
    authorities: frozenset[str]
    rulebooks: frozenset[str]
    years: int
    reaches: str
    citation: str
    reinstated_under: str

    def expires_on(self, separated_on: dt.date) -> dt.date:
        """Give the last day on which a person stands on the list."""
        return add_months(separated_on, 12 * self.years)


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody who stood on a list at a moment, as the order needs them."""

    id: str
    name: str
    agency_id: str
    seniority_from: dt.date


@cache
def regimes() -> tuple[Regime, ...]:
    """Read the laws that are laid down."""
    laid_down = tomllib.loads((files("app.exams.preferred_lists") / "regimes.toml").read_text("utf-8"))
    return tuple(
        Regime(
            name,
            own["title"],
            frozenset(own["authorities"]),
            frozenset(own["rulebooks"]),
            own["years"],
            own["reaches"],
            own["citation"],
            own["reinstated_under"],
        )
        for name, own in laid_down.items()
    )


def get_regime(name: str) -> Regime:
    """Give a law by its name."""
    return next(regime for regime in regimes() if regime.name == name)


def find_by_authority(code: str) -> Regime | None:
    """Find the law under which people separated by an authority stand on a list."""
    return next((regime for regime in regimes() if code in regime.authorities), None)


def find_by_rulebook(rulebook: str) -> Regime | None:
    """Find the law whose people come before the lists of a rulebook."""
    return next((regime for regime in regimes() if rulebook in regime.rulebooks), None)


def order(people: Sequence[Standing], agency_id: str, regime: Regime) -> list[Standing]:
    """Give who comes first in an agency: its own people before others, the longest in service first.

    People of other agencies are left out where the list serves its own agency alone.
    """
    found = [one for one in people if regime.reaches == "everywhere" or one.agency_id == agency_id]
    return sorted(found, key=lambda one: (one.agency_id != agency_id, one.seniority_from, one.id))


def say_who_comes_first(people: Sequence[Standing], regime: Regime) -> str | None:
    """Say who has to be offered a position before a name is certified; None when nobody has."""
    if not people:
        return None
    return (
        f"People whose positions were given up come first ({regime.citation}): "
        f"{', '.join(one.name for one in people[:10])}. "
        "Offer them a position, and record what came of it, before names are certified."
    )


def demand_first(own: str, people: Sequence[Standing]) -> None:
    """Raise Conflict unless a person is the first on the list who was not offered a position."""
    if people and people[0].id != own:
        raise Conflict(f"{people[0].name} comes first on this list. Nobody is passed over.")


def demand_alive(expires_on: dt.date, today: dt.date) -> None:
    """Raise Conflict when a person's time on the list is over."""
    if today > expires_on:
        raise Conflict(f"The time of this person on the list ended on {expires_on.isoformat()}.")


def demand_other_person(actor_id: str | None, offered_by: str | None, account_id: str | None) -> None:
    """Raise Conflict when who acts offered the position themselves, or is the person."""
    if actor_id is None or actor_id == account_id:
        raise Conflict("This is your own place on the list. Another officer has to act.")
    if actor_id == offered_by:
        raise Conflict("You offered this position, so another officer records the answer.")


def check_reason(reason: str) -> str:
    """Give the reason without white space around it; Invalid when it is empty."""
    if not reason.strip():
        raise Invalid(reason="Enter what shows it.")
    return reason.strip()
