"""A person's history as a register tells it, and the acts, seats and record that follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.personnel.actions.rules import DAY, SEPARATED, STANDINGS, Service, Span
from app.personnel.actions.states import ActionKind, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act as a register tells it; `position` is a number, None leaves a value as it is.

    Of a separation `effective_on` is the last day of service.
    """

    kind: ActionKind
    effective_on: dt.date
    position: str = ""
    step: int | None = None
    pay_minor: int | None = None
    weekly_minutes: int | None = None
    authority_code: str = ""
    authority: str = ""
    reason: str = ""
    ends_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """A person with the acts of the whole service, the appointment first."""

    name: str
    email: str | None = None
    account_id: str | None = None
    born_on: dt.date | None = None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A post that a person held, up to and with `ended_on`; `ending` is the act that ended it."""

    position_id: str
    starts_on: dt.date
    ended_on: dt.date | None
    beginning: str
    ending: str


def effect_of(line: Line, post: Any, position_id: str, agency_id: str) -> Mapping[str, Any]:
    """Give what an act sets; one that names a post (else None) takes from it what it does not say itself."""
    if line.kind is ActionKind.SEPARATION:
        return SEPARATED
    effect: dict[str, Any] = {}
    if post is not None:
        effect = Service(
            position_id=position_id,
            agency_id=agency_id,
            grade=post.grade,
            step=1,
            pay_minor=post.pay_min_minor,
            pay_currency=post.pay_currency,
            pay_period=post.pay_period,
            weekly_minutes=post.authorized_minutes,
            duty_station=post.duty_station,
            standing=Standing.IN_SERVICE,
        ).effect()
    said = {"step": line.step, "pay_minor": line.pay_minor, "weekly_minutes": line.weekly_minutes}
    effect |= {name: value for name, value in said.items() if value is not None}
    if line.kind in STANDINGS:
        effect["standing"] = STANDINGS[line.kind].value
    return effect


def seats_of(spans: Sequence[Span]) -> list[Seat]:
    """Give the posts that a history leads through, in order."""
    seats: list[Seat] = []
    held: Span | None = None
    for span in spans:
        if held is not None and span.service.position_id == held.service.position_id:
            continue
        if held is not None:
            seats.append(_seat(held, span.valid_from - DAY, span.action_id))
        held = span if span.service.position_id is not None else None
    if held is not None:
        seats.append(_seat(held, None, ""))
    return seats


def _seat(held: Span, ended_on: dt.date | None, ending: str) -> Seat:
    return Seat(str(held.service.position_id), held.valid_from, ended_on, held.action_id, ending)
