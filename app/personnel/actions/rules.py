"""What an act on a service record changes, and the history that follows from all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from app.personnel.actions import authorities
from app.personnel.actions.authorities import Authority
from app.personnel.actions.states import ActionKind, ActionState, Standing
from app.personnel.positions.states import PayPeriod
from app.platform.errors import Conflict, Invalid
from app.platform.locales import write_date

# The General Schedule has ten steps a grade: 5 U.S.C. 5332(a), read 2026-11-22. It holds where an agency
# keeps no pay scale of its own.
USUAL_STEPS = 10
WEEK = 7 * 24 * 60
DAY = dt.timedelta(days=1)
STANDINGS = {
    ActionKind.APPOINTMENT: Standing.IN_SERVICE,
    ActionKind.REINSTATEMENT: Standing.IN_SERVICE,
    ActionKind.RETURN_TO_DUTY: Standing.IN_SERVICE,
    ActionKind.LEAVE_WITHOUT_PAY: Standing.ON_LEAVE_WITHOUT_PAY,
    ActionKind.SUSPENSION: Standing.SUSPENDED,
    ActionKind.SEPARATION: Standing.SEPARATED,
}

# What an officer proposes here; the others come from the acts that they belong to: an appointment, a
# disciplinary decision, an increase that fell due or was awarded, the end of service.
FIELDS: dict[ActionKind, tuple[str, ...]] = {
    ActionKind.PROMOTION: ("position", "grade", "step", "pay_minor"),
    ActionKind.TRANSFER: ("position", "step", "pay_minor"),
    ActionKind.DETAIL: ("position", "duty_station", "ends_on"),
    ActionKind.LEAVE_WITHOUT_PAY: ("ends_on",),
    ActionKind.RETURN_TO_DUTY: (),
    ActionKind.REINSTATEMENT: ("position", "step", "pay_minor"),
    ActionKind.REDUCTION: ("position", "grade", "step", "pay_minor"),
    ActionKind.CHANGE_OF_HOURS: ("weekly_hours",),
}
# Acts that hold for a time; what follows them is an act of its own.
PASSING = (ActionKind.DETAIL, ActionKind.LEAVE_WITHOUT_PAY, ActionKind.SUSPENSION)
# The office's own bounds: how far ahead an act is proposed, how late one may still be entered, and how long
# leave or a detail lasts where its law does not say (4 NYCRR 5.2(b), read 2026-11-22: two years of leave).
MOST_AHEAD = dt.timedelta(days=366)
MOST_BACK = dt.timedelta(days=60)
MOST_AWAY = dt.timedelta(days=731)
SAID = {
    "grade": "grade",
    "step": "step",
    "pay_minor": "pay",
    "weekly_minutes": "hours",
    "duty_station": "place of work",
    "position_id": "position",
    "detailed_to": "position of a detail",
    "standing": "standing",
}
SEPARATED: dict[str, Any] = {"standing": Standing.SEPARATED.value, "position_id": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an act asks for; None leaves a value as it is. Pay is in minor units of the post's currency."""

    position_id: str | None = None
    grade: str | None = None
    step: int | None = None
    pay_minor: int | None = None
    weekly_minutes: int | None = None
    duty_station: str | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An action as an officer proposes it; `ends_on` is the last day of leave or a detail."""

    kind: ActionKind
    effective_on: dt.date
    changes: Changes
    reason: str
    ends_on: dt.date | None = None
    authority_code: str = ""
    late_reason: str = ""
    has_paper: bool = False


def write_days(first: dt.date, last: dt.date) -> str:
    """Write the days from one to another: on 1 May 2026, from 1 May 2026 to 3 May 2026."""
    if first == last:
        return f"on {write_date(first)}"
    return f"from {write_date(first)} to {write_date(last)}"


@dataclass(frozen=True, slots=True)
class Away:
    """A time for which leave, a suspension or a detail was granted, both days with it, and how it stands."""

    kind: ActionKind
    starts_on: dt.date
    ends_on: dt.date
    state: ActionState

    @property
    def text(self) -> str:
        """Name it: leave without pay from 10 December 2026 to 20 December 2026 (approved, ...)."""
        days = write_days(self.starts_on, self.ends_on)
        return f"{self.kind.title.lower()} {days} ({self.state.title.lower()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What holds of a person's service on a day."""

    position_id: str | None
    agency_id: str
    grade: str
    step: int
    pay_minor: int
    pay_currency: str
    pay_period: PayPeriod
    weekly_minutes: int
    duty_station: str
    standing: Standing

    def effect(self) -> dict[str, Any]:
        """Give every value as it is frozen with an act: plain texts and numbers."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return plain | {"pay_period": self.pay_period.value, "standing": self.standing.value}


@dataclass(frozen=True, slots=True)
class Act:
    """An act in effect: from `first_day` on it sets what `effect` names; `order` settles equal days."""

    id: str
    first_day: dt.date
    order: tuple[Any, ...]
    effect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """What holds from a day until before another, and the last act that made it so."""

    valid_from: dt.date
    valid_to: dt.date | None
    action_id: str
    service: Service


def check_kind(kind: ActionKind, now: Standing, reported: str, *, is_detailed: bool = False) -> None:
    """Raise Conflict for an act that does not fit how the person stands; `reported` is the day, in words."""
    if kind is ActionKind.CORRECTION:
        return
    if kind in (ActionKind.REINSTATEMENT, ActionKind.APPOINTMENT):
        if now is not Standing.SEPARATED:
            raise Conflict(f"This person is in service on {reported}, so there is nothing to reinstate.")
        return
    if now is Standing.SEPARATED:
        raise Conflict(f"This person is separated on {reported}. Only a reinstatement is possible.")
    if kind is ActionKind.RETURN_TO_DUTY and now is Standing.IN_SERVICE and not is_detailed:
        raise Conflict(f"This person is on duty on {reported}, so there is nothing to return from.")
    if kind in (ActionKind.LEAVE_WITHOUT_PAY, ActionKind.SUSPENSION) and now is not Standing.IN_SERVICE:
        raise Conflict(f"This person is already {now.title.lower()} on {reported}.")


def check_changes(kind: ActionKind, changes: Changes, now: Service) -> None:
    """Raise Invalid for what an act of its kind must name and does not, or a value beyond its bounds."""
    faults: dict[str, str] = {}
    moves = (ActionKind.PROMOTION, ActionKind.TRANSFER, ActionKind.REINSTATEMENT)
    if kind in moves and changes.position_id is None and changes.grade is None:
        faults["position"] = "Enter the position to which the person goes"
    if kind is ActionKind.REINSTATEMENT and changes.position_id is None:
        faults["position"] = "Enter the position to which the person comes back"
    raises = (ActionKind.WITHIN_GRADE_INCREASE, ActionKind.QUALITY_STEP_INCREASE)
    if kind in raises and changes.step != now.step + 1:
        faults["step"] = f"The step must be the next one after the one now: {now.step + 1}"
    if kind is ActionKind.CHANGE_OF_HOURS and changes.weekly_minutes in (None, now.weekly_minutes):
        faults["weekly_minutes"] = "Enter hours that differ from those now"
    if changes.step is not None and changes.step < 1:
        faults["step"] = "The lowest step is 1"
    if changes.pay_minor is not None and changes.pay_minor < 0:
        faults["pay_minor"] = "Pay must not be less than nothing"
    if changes.weekly_minutes is not None and not 0 < changes.weekly_minutes <= WEEK:
        faults["weekly_minutes"] = "The hours of a week must be more than none and at most 168"
    if faults:
        raise Invalid(**faults)


def check_asked(asked: Asked, today: dt.date) -> Authority:
    """Give the legal authority of a proposal; Invalid for one that does not fit, or days that it forbids."""
    if asked.kind not in FIELDS:
        raise Conflict(
            f"A {asked.kind.title.lower()} is not proposed here. It follows from the act that it belongs to."
        )
    faults: dict[str, str] = {}
    authority = authorities.load().get(asked.authority_code)
    if authority is None or asked.kind not in authority.kinds:
        faults["authority_code"] = "Select a legal authority for this kind of action"
    elif authority.by_case:
        faults["authority_code"] = (
            f"A {asked.kind.title.lower()} under {authority.citation} is carried out from a decided case "
            "alone. Open a disciplinary case"
        )
    elif authority.needs_paper and not asked.has_paper:
        faults["file"] = f"Attach what the employee signed ({authority.citation})"
    if not asked.reason.strip():
        faults["reason"] = "Enter the reason"
    if asked.kind is ActionKind.DETAIL and not (asked.changes.position_id or asked.changes.duty_station):
        faults["position"] = "Enter the position to which the person is detailed, or where the person works"
    faults |= _check_days(asked, authority, today)
    if faults or authority is None:
        raise Invalid(**faults)
    return authority


def _check_days(asked: Asked, authority: Authority | None, today: dt.date) -> dict[str, str]:
    """Tell what is wrong with the days of a proposal, by field."""
    faults: dict[str, str] = {}
    first, last = asked.effective_on, asked.ends_on
    if first > today + MOST_AHEAD:
        faults["effective_on"] = f"The latest day is {write_date(today + MOST_AHEAD)}, a year from today"
    elif first < today - MOST_BACK:
        faults["effective_on"] = (
            f"The earliest day is {write_date(today - MOST_BACK)}. What was wrong before is put right by a "
            "correction of the action that was wrong"
        )
    elif first < today and not asked.late_reason.strip():
        faults["late_reason"] = "Enter why it is entered after its day"
    if asked.kind in PASSING and last is None:
        faults["ends_on"] = "Enter the last day"
    if last is None:
        return faults
    days = (last - first).days + 1
    if days < 1:
        faults["ends_on"] = "The last day must not be before the first"
    elif authority is not None and authority.most_days and days > authority.most_days:
        faults["ends_on"] = f"At most {authority.most_days} days at a time ({authority.citation})"
    elif last - first > MOST_AWAY:
        faults["ends_on"] = f"The latest last day is {write_date(first + MOST_AWAY)}, after two years"
    return faults


def check_apart(kind: ActionKind, first: dt.date, last: dt.date | None, others: Iterable[Away]) -> None:
    """Raise Invalid when leave, a suspension or a detail falls into another one of the same person."""
    if kind not in PASSING or last is None:
        return
    for other in sorted(others, key=lambda other: (other.starts_on, other.ends_on)):
        if other.starts_on <= last and first <= other.ends_on:
            raise Invalid(effective_on=f"These days fall into {other.text}. Choose other days")


def demand_second_person(actor_id: str | None, proposed_by: str | None) -> None:
    """Raise Conflict when who decides is who proposed."""
    if actor_id is None or actor_id == proposed_by:
        raise Conflict("You proposed this action, so somebody else has to decide on it.")


def demand_not_own(actor_id: str | None, account_id: str | None) -> None:
    """Raise Conflict when a person would act on their own record."""
    if account_id is not None and actor_id == account_id:
        raise Conflict("You cannot take part in an action on your own record.")


def check_correctable(state: ActionState, kind: ActionKind, *, takes_back: bool) -> None:
    """Raise Conflict for an act that is not in effect, or an appointment that would be taken back."""
    if state is not ActionState.EFFECTED:
        raise Conflict(f"Only an action in effect can be corrected: {state.title.lower()}.")
    if takes_back and kind is ActionKind.APPOINTMENT:
        raise Conflict("No correction takes an appointment back. Propose that it was never taken up.")


def corrected(effect: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Give an act's effect with what a correction says of its grade, step, pay, hours and place of work."""
    said = {
        "grade": changes.grade,
        "step": changes.step,
        "pay_minor": changes.pay_minor,
        "weekly_minutes": changes.weekly_minutes,
        "duty_station": changes.duty_station,
    }
    return dict(effect) | {name: value for name, value in said.items() if value is not None}


def check_step(step: int, most: int, grade: str) -> None:
    """Raise Invalid for a step over the end of a grade."""
    if step > most:
        raise Invalid(step=f"Grade {grade} ends with step {most}")


def check_overlap(first: dt.date, effect: Mapping[str, Any], others: Iterable[Act]) -> None:
    """Raise Invalid when another act sets one of the same values on the day or later.

    What holds on a later day was decided on what held before it, so a past act is mended by a correction.
    """
    for other in sorted(others, key=lambda other: other.first_day, reverse=True):
        shared = sorted(effect.keys() & other.effect.keys())
        if other.first_day >= first and shared:
            words = " and ".join(SAID.get(name, name) for name in shared if name in SAID)
            raise Invalid(
                effective_on=f"An action of {write_date(other.first_day)} sets the {words} too. "
                "Choose a later day, or correct that action"
            )


def first_day(effective_on: dt.date, effect: Mapping[str, Any]) -> dt.date:
    """Give the first day on which an act holds; of a separation, the day after the last of service."""
    return effective_on + DAY if effect.get("standing") == Standing.SEPARATED.value else effective_on


def read_service(held: Any) -> Service:
    """Read what holds from a row that has the same columns."""
    return Service(**{field.name: getattr(held, field.name) for field in fields(Service)})


def after(now: Service, effect: Mapping[str, Any]) -> Service:
    """Give what holds once an act took effect."""
    return _service(now.effect() | dict(effect))


def move_to(post: Service, now: Service, pay_max_minor: int) -> Service:
    """Give what holds in a new post: pay and step go on where the grade is the same or the range allows."""
    is_alike = (post.pay_currency, post.pay_period) == (now.pay_currency, now.pay_period)
    pay = min(max(now.pay_minor, post.pay_minor), pay_max_minor) if is_alike else post.pay_minor
    return replace(post, pay_minor=pay, step=now.step if post.grade == now.grade else 1)


def replay(acts: Iterable[Act]) -> list[Span]:
    """Give the history that acts make, in order; each sets its values until a later act sets them anew.

    Acts without an effect change nothing. Conflict when the first act does not begin a service.
    """
    spans: list[Span] = []
    held: dict[str, Any] = {}
    for act in sorted(acts, key=lambda act: (act.first_day, act.order)):
        if not act.effect:
            continue
        held |= act.effect
        span = Span(act.first_day, None, act.id, _service(held))
        if spans and spans[-1].valid_from == act.first_day:
            spans.pop()
        elif spans:
            spans.append(replace(spans.pop(), valid_to=act.first_day))
        spans.append(span)
    return spans


def _service(held: Mapping[str, Any]) -> Service:
    try:
        plain = {field.name: held[field.name] for field in fields(Service)}
    except KeyError as missing:
        raise Conflict("This person's service has no beginning on record.") from missing
    plain |= {"pay_period": PayPeriod(plain["pay_period"]), "standing": Standing(plain["standing"])}
    return Service(**plain)
