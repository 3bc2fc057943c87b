"""What an action changes, in words: each value before and after, for pages and letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Agency
from app.personnel.actions import queries, rules
from app.personnel.actions.models import PersonnelAction
from app.personnel.actions.rules import Service
from app.personnel.actions.states import Standing
from app.personnel.positions.models import Position
from app.personnel.positions.states import PayPeriod
from app.platform.locales import write_date
from app.web.amounts import format_money

LABELS = {
    "position_id": "Position",
    "detailed_to": "Detailed to",
    "agency_id": "Agency",
    "grade": "Grade",
    "step": "Step",
    "pay_minor": "Pay",
    "weekly_minutes": "Hours a week",
    "duty_station": "Place of work",
    "standing": "Standing",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after an action; "" where there was or is none."""

    label: str
    before: str
    after: str


def list_changes(session: Session, action: PersonnelAction) -> list[Change]:
    """List what an action changes against what held the day before, or against what it corrects."""
    first = rules.first_day(action.effective_on, action.effect)
    if action.corrects is not None:
        before: Mapping[str, Any] = action.corrects.effect
        after: Mapping[str, Any] = dict(before) | action.effect if action.effect else {}
        return _days(action) + _compare(session, before, after, before.keys())
    held = queries.as_of(session, action.employee_id, first - rules.DAY)
    before = rules.read_service(held).effect() if held else {}
    return _compare(session, before, {**before, **action.effect}, action.effect.keys())


def in_words(session: Session, service: Service) -> list[tuple[str, str]]:
    """Give what holds of a service, label and words, in the order of LABELS."""
    held = service.effect()
    return [(label, _word(session, name, held)) for name, label in LABELS.items() if name in held]


def hours(minutes: int) -> str:
    """Write the minutes of a week as hours: 37.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def _days(action: PersonnelAction) -> list[Change]:
    corrects = action.corrects
    if corrects is None or corrects.effective_on == action.effective_on:
        return []
    return [Change("Effective", write_date(corrects.effective_on), write_date(action.effective_on))]


def _compare(
    session: Session, before: Mapping[str, Any], after: Mapping[str, Any], names: Any
) -> list[Change]:
    changes = []
    for name, label in LABELS.items():
        if name in names and before.get(name) != after.get(name):
            changes.append(Change(label, _word(session, name, before), _word(session, name, after)))
    return changes


def _word(session: Session, name: str, held: Mapping[str, Any]) -> str:
    value = held.get(name)
    if value is None:
        return ""
    if name == "detailed_to":
        return _detailed_to(session, value)
    if name == "position_id":
        post = session.get_one(Position, value)
        return f"{post.title} ({post.number})"
    if name == "agency_id":
        return session.get_one(Agency, value).name
    if name == "pay_minor":
        period = held.get("pay_period")
        return format_money(value, held.get("pay_currency", "USD")) + (
            f" {PayPeriod(period).title}" if period else ""
        )
    if name == "weekly_minutes":
        return hours(value)
    return Standing(value).title if name == "standing" else str(value)


def _detailed_to(session: Session, position_id: str) -> str:
    """Name the post of a detail, its unit and the post to which it reports."""
    post = session.get_one(Position, position_id)
    above = session.get(Position, post.reports_to_id) if post.reports_to_id else None
    words = [f"{post.title} ({post.number})", post.unit]
    if above is not None:
        words.append(f"under the {above.title} ({above.number})")
    return ", ".join(word for word in words if word)
