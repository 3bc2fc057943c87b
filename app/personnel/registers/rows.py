"""The rows of a register, made in memory: posts, people, acts, histories and appointments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.personnel.actions.rules import DAY, Act, Span, first_day, replay
from app.personnel.actions.states import ActionState, Standing
from app.personnel.appointments.states import AppointmentKind
from app.personnel.employees.rules import search_text
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.rules import PositionValues
from app.personnel.positions.states import PositionState
from app.personnel.registers import rules
from app.personnel.registers.rules import Entrant, Line
from app.platform.actors import Actor
from app.platform.ids import new_id

POST_COLUMNS = [
    "id",
    "number",
    "title",
    "class_code",
    "class_title",
    "grade",
    "agency_id",
    "duty_station",
    "pay_min_minor",
    "pay_max_minor",
    "pay_currency",
    "pay_period",
    "state",
    "incumbent_id",
    "search_text",
    "unit",
    "funding",
    "authorized_minutes",
    "established_on",
    "reports_to_id",
]
PERSON_COLUMNS = [
    "id",
    "number",
    "account_id",
    "name",
    "email",
    "agency_id",
    "hired_on",
    "separated_on",
    "state",
    "search_text",
]
ACTION_COLUMNS = [
    "id",
    "employee_id",
    "agency_id",
    "kind",
    "state",
    "effective_on",
    "ends_on",
    "effect",
    "authority_code",
    "authority",
    "reason",
    "source",
    "proposed_at",
    "decided_by",
    "decided_at",
    "outcome_reason",
    "effected_at",
]
RECORD_COLUMNS = [
    "id",
    "employee_id",
    "action_id",
    "valid_from",
    "valid_to",
    "recorded_at",
    "position_id",
    "agency_id",
    "grade",
    "step",
    "pay_minor",
    "pay_currency",
    "pay_period",
    "weekly_minutes",
    "duty_station",
    "standing",
]
APPOINTMENT_COLUMNS = [
    "id",
    "employee_id",
    "position_id",
    "agency_id",
    "kind",
    "authority",
    "starts_on",
    "entered_on",
    "ended_on",
    "end_reason",
    "appointed_by",
    "created_at",
]


class Batch:
    """The rows of one register, made in memory; ids of posts by number."""

    def __init__(
        self, agency_id: str, posts: Sequence[PositionValues], actor: Actor, at: dt.datetime
    ) -> None:
        self.agency_id, self.by, self.at = agency_id, actor.id, at
        self.posts: Mapping[str, Any] = {post.number: post for post in posts}
        self.ids = {post.number: new_id("pos") for post in posts}
        self.holders: dict[str, str] = {}
        self.births: dict[str, dt.date] = {}
        self.people: list[tuple[Any, ...]] = []
        self.actions: list[tuple[Any, ...]] = []
        self.records: list[tuple[Any, ...]] = []
        self.appointments: list[tuple[Any, ...]] = []

    def add(self, entrant: Entrant, number: str) -> str:
        """Add a person with the acts of the whole service and what follows from them."""
        own = new_id("emp")
        if entrant.born_on is not None:
            self.births[own] = entrant.born_on
        acts = self.add_lines(own, entrant.lines)
        said = {act.id: line for act, line in zip(acts, entrant.lines, strict=True)}
        spans = replay(acts)
        self.records.extend(self._records(own, spans))
        for seat in rules.seats_of(spans):
            if seat.ended_on is None:
                self.holders[seat.position_id] = own
            self.appointments.append(
                (
                    new_id("apt"), own, seat.position_id, self.agency_id, AppointmentKind.PERMANENT,
                    said[seat.beginning].authority, seat.starts_on, seat.starts_on,
                    seat.ended_on, _reason(said[seat.ending]) if seat.ending else None, self.by, self.at,
                )
            )  # fmt: skip
        last = spans[-1]
        has_left = last.service.standing is Standing.SEPARATED
        self.people.append(
            (
                own, number, entrant.account_id, entrant.name, entrant.email, self.agency_id,
                spans[0].valid_from, last.valid_from - DAY if has_left else None,
                EmployeeState.SEPARATED if has_left else EmployeeState.ACTIVE,
                search_text(number, entrant.name, entrant.email),
            )
        )  # fmt: skip
        return own

    def add_lines(self, employee_id: str, lines: Sequence[Line]) -> list[Act]:
        """Add the acts of a person, and give them."""
        acts = []
        for place, line in enumerate(lines):
            post = self.posts.get(line.position)
            effect = rules.effect_of(line, post, self.ids.get(line.position, ""), self.agency_id)
            act = Act(new_id("act"), first_day(line.effective_on, effect), (place,), effect)
            acts.append(act)
            self.actions.append(
                (
                    act.id, employee_id, self.agency_id, line.kind, ActionState.EFFECTED, line.effective_on,
                    line.ends_on, dict(effect), line.authority_code, line.authority, line.reason, None,
                    self.at, self.by, self.at, "", self.at,
                )
            )  # fmt: skip
        return acts

    def _records(self, employee_id: str, spans: Iterable[Span]) -> Iterator[tuple[Any, ...]]:
        for span in spans:
            held = span.service
            yield (
                new_id("svr"), employee_id, span.action_id, span.valid_from, span.valid_to,
                self.at, held.position_id, held.agency_id, held.grade, held.step, held.pay_minor,
                held.pay_currency, held.pay_period, held.weekly_minutes, held.duty_station,
                held.standing,
            )  # fmt: skip

    def post_rows(self) -> Iterator[tuple[Any, ...]]:
        """Give the rows of the posts, in the order in which they came: superiors first."""
        for number, own in self.ids.items():
            post = self.posts[number]
            yield (
                own, number, post.title, post.class_code, post.class_title, post.grade, self.agency_id,
                post.duty_station, post.pay_min_minor, post.pay_max_minor, post.pay_currency,
                post.pay_period, PositionState.ACTIVE, self.holders.get(own), post.search_text(), post.unit,
                post.funding, post.authorized_minutes, post.established_on,
                self.ids.get(post.superior),
            )  # fmt: skip


def _reason(line: Line) -> str:
    return line.reason or line.kind.title
