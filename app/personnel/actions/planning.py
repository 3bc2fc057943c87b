"""Checking an act against a person's history, the post and the pay scale, and freezing what it sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from sqlalchemy.orm import Session

from app.personnel.actions import directions, queries, rules
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Changes, Service
from app.personnel.actions.states import ActionKind, Standing
from app.personnel.employees.models import Employee
from app.personnel.positions.models import Position
from app.personnel.positions.queries import get_position_to_fill
from app.personnel.positions.states import PayPeriod, PositionState
from app.personnel.service_records import services as service_records
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date, write_money


class Paid(directions.Paid, Protocol):
    """A step of a grade as a scale pays it, each period in minor units of a currency."""

    @property
    def currency(self) -> str: ...
    @property
    def period(self) -> PayPeriod: ...


# The steps of a grade in an agency on a day, the first one first; none when the grade is not known here.
Scale = Callable[[Session, str, str, dt.date], Sequence[Paid]]
# Why a person cannot be away from a day to another, as a sentence; None when nothing stands in the way.
Hold = Callable[[Session, str, dt.date, dt.date], str | None]
_scales: list[Scale] = []
_holds: list[Hold] = []
PAY = ("grade", "step", "pay_minor", "position_id")


def add_scale(scale: Scale) -> None:
    """Let a noun that keeps pay scales say what a grade pays; the same one added twice is one."""
    if scale not in _scales:
        _scales.append(scale)


def add_hold(hold: Hold) -> None:
    """Let a later noun keep people from leave without pay; the same one added twice is one."""
    if hold not in _holds:
        _holds.append(hold)


def list_steps(session: Session, agency_id: str, grade: str, on: dt.date) -> Sequence[Paid]:
    """List the steps of a grade as the agency's pay scale has them; none where no scale names it."""
    for scale in _scales:
        if found := scale(session, agency_id, grade, on):
            return found
    return ()


def find_most_steps(session: Session, agency_id: str, grade: str, on: dt.date) -> int:
    """Give the last step of a grade: as the agency's pay scale has it, else as the usual rule."""
    steps = list_steps(session, agency_id, grade, on)
    return steps[-1].step if steps else rules.USUAL_STEPS


def plan_effect(
    session: Session,
    employee: Employee,
    kind: ActionKind,
    effective_on: dt.date,
    changes: Changes,
    *,
    ends_on: dt.date | None = None,
    is_proposed: bool = False,
) -> dict[str, Any]:
    """Check an act against the person's history, and freeze what it sets; Invalid or Conflict.

    The pay of a proposed act follows from the pay scale, or lies in the range of the post where none is.
    """
    began_on = queries.service_began_on(session, employee.id)
    if began_on is None:
        raise Conflict("This person's service has no beginning on record.")
    if effective_on < began_on:
        raise Invalid(
            effective_on=f"The day must not be before the first day of service, {write_date(began_on)}"
        )
    held = queries.as_of(session, employee.id, effective_on)
    now = rules.read_service(held) if held else None
    if now is None:
        raise Conflict("This person's service has no beginning on record.")
    detail = queries.find_detail(session, employee.id, effective_on)
    rules.check_kind(kind, now.standing, write_date(effective_on), is_detailed=detail is not None)
    rules.check_changes(kind, changes, now)
    effect = _effect(session, kind, changes, now)
    if kind is ActionKind.RETURN_TO_DUTY and detail is not None:
        effect |= before_detail(session, detail)
    rules.check_step(
        effect.get("step", now.step),
        find_most_steps(session, effect.get("agency_id", now.agency_id), _grade(effect, now), effective_on),
        _grade(effect, now),
    )
    if is_proposed:
        effect |= _paid(session, kind, changes, now, effect, effective_on)
    directions.check_direction(kind, now, rules.after(now, effect))
    check_apart(session, employee.id, kind, effective_on, ends_on)
    standing = queries.load_standing_acts(session, employee.id)
    rules.check_overlap(rules.first_day(effective_on, effect), effect, standing)
    return effect


def check_apart(
    session: Session,
    employee_id: str,
    kind: ActionKind,
    first: dt.date,
    last: dt.date | None,
    *,
    but: str = "",
) -> None:
    """Raise Invalid when a time away falls into another one, or into leave that was asked for.

    `but` is the act itself.
    """
    rules.check_apart(kind, first, last, queries.list_away(session, employee_id, but=but))
    if kind is ActionKind.LEAVE_WITHOUT_PAY and last is not None:
        for hold in _holds:
            if (sentence := hold(session, employee_id, first, last)) is not None:
                raise Invalid(effective_on=sentence)


def _grade(effect: dict[str, Any], now: Service) -> str:
    return str(effect.get("grade", now.grade))


def _effect(session: Session, kind: ActionKind, changes: Changes, now: Service) -> dict[str, Any]:
    if kind is ActionKind.DETAIL:
        return _detail(session, changes, now)
    effect: dict[str, Any] = {}
    if changes.position_id is not None and changes.position_id != now.position_id:
        post = get_position_to_fill(session, changes.position_id)
        if post.incumbent_id is not None:
            raise Invalid(position=f"Position {post.number} is held by somebody else")
        effect |= rules.move_to(service_records.first_service(post), now, post.pay_max_minor).effect()
        effect["weekly_minutes"] = now.weekly_minutes
        del effect["standing"]
    for name in ("grade", "step", "pay_minor", "weekly_minutes", "duty_station"):
        if (value := getattr(changes, name)) is not None:
            effect[name] = value
    standing = changes.standing or rules.STANDINGS.get(kind)
    if standing is not None:
        effect["standing"] = standing.value
    if standing is Standing.SEPARATED:
        effect["position_id"] = None
    if not effect:
        raise Invalid("This action changes nothing.")
    return effect


def _detail(session: Session, changes: Changes, now: Service) -> dict[str, Any]:
    """Give what a detail sets: where the person works for a time. The own position is kept."""
    effect: dict[str, Any] = {"duty_station": changes.duty_station}
    if changes.position_id is not None:
        post = get_position_to_fill(session, changes.position_id)
        if post.id == now.position_id or post.state is not PositionState.ACTIVE:
            raise Invalid(position="Enter the number of another position that is not abolished")
        if post.agency_id != now.agency_id:
            raise Invalid(position="A detail is to a position of the same agency")
        effect = {"detailed_to": post.id, "duty_station": changes.duty_station or post.duty_station}
    return effect


def before_detail(session: Session, detail: PersonnelAction) -> dict[str, Any]:
    """Give what a return from a detail sets: where the person worked before it."""
    held = queries.as_of(session, detail.employee_id, detail.effective_on - rules.DAY)
    while held is not None and held.action.kind is ActionKind.DETAIL:  # it was an extension
        held = queries.as_of(session, detail.employee_id, held.action.effective_on - rules.DAY)
    return {"duty_station": held.duty_station} if held is not None else {}


def _paid(
    session: Session,
    kind: ActionKind,
    changes: Changes,
    now: Service,
    effect: dict[str, Any],
    on: dt.date,
) -> dict[str, Any]:
    """Give step and pay as the scale has them, or check pay against the range of the post."""
    if kind is ActionKind.DETAIL or not any(name in effect for name in PAY):
        return {}
    then = rules.after(now, effect)
    steps = list_steps(session, then.agency_id, then.grade, on)
    if not steps:
        _check_range(session, changes, then, on)
        return {}
    first = steps[0]
    then = replace(then, pay_currency=first.currency, pay_period=first.period)
    step = changes.step
    if step is None:
        step = directions.find_step(kind, now, then, list_steps(session, now.agency_id, now.grade, on), steps)
    pay = next(paid.pay_minor for paid in steps if paid.step == step)
    if changes.pay_minor is not None and changes.pay_minor != pay:
        words = write_money(pay, first.currency)
        raise Invalid(pay_minor=f"Grade {then.grade}, step {step} pays {words} by the pay scale")
    return {
        "step": step,
        "pay_minor": pay,
        "pay_currency": first.currency,
        "pay_period": first.period.value,
    }


def _check_range(session: Session, changes: Changes, then: Service, on: dt.date) -> None:
    """Raise Invalid for a grade that nothing pays, or pay outside the range of the post."""
    if then.position_id is None:
        return
    post = session.get_one(Position, then.position_id)
    if changes.grade is not None and changes.grade != post.grade:
        raise Invalid(
            grade=f"No pay scale names grade {changes.grade} on {write_date(on)}. Choose a position of that "
            "grade"
        )
    if not post.pay_min_minor <= then.pay_minor <= post.pay_max_minor:
        least, most = (
            write_money(minor, post.pay_currency) for minor in (post.pay_min_minor, post.pay_max_minor)
        )
        raise Invalid(pay_minor=f"Position {post.number} pays from {least} to {most}")
