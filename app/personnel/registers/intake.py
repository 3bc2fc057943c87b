"""Taking in files of people and of personnel actions: looked at row by row, then all of them or none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.actions.planning import find_most_steps
from app.personnel.actions.queries import as_of
from app.personnel.actions.services import propose_action
from app.personnel.appointments.queries import find_vacated_on
from app.personnel.employees.queries import find_serving_number, map_ids
from app.personnel.positions.queries import find_by_number, find_id_by_number
from app.personnel.positions.states import PositionState
from app.personnel.registers import reading
from app.personnel.registers.rules import Entrant
from app.personnel.registers.services import enter_people
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import savepoint
from app.platform.errors import Conflict, Forbidden, Invalid, NotFound
from app.platform.locales import write_date

COLUMNS = {
    "people": ("name", "email", "position", "hired_on", "step", "pay", "hours", "authority_code", "born_on"),
    "actions": (
        "employee", "kind", "effective_on", "until", "position", "grade", "step", "pay", "hours", "place",
        "authority_code", "reason", "late_reason",
    ),
}  # fmt: skip
NEEDED = {"people": ("name", "position", "hired_on"), "actions": ("employee", "kind", "effective_on")}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of a row: its number in the file, whom it is about, and what is wrong, "" for nothing."""

    number: int
    about: str
    fault: str


def take_in(
    session: Session, *, kind: str, agency_id: str, rows: Sequence[reading.Row], actor: Actor, at: dt.datetime
) -> list[Verdict]:
    """Take in the rows of a file and give a verdict on each; the caller undoes it all when one is wrong.

    People are entered as serving in their posts; actions are proposed, for somebody else to decide on.
    """
    actor.demand("personnel.registers.enter", agency_id)
    return [*(_people if kind == "people" else _actions)(session, agency_id, rows, actor, at)]


def _people(
    session: Session, agency_id: str, rows: Sequence[reading.Row], actor: Actor, at: dt.datetime
) -> Iterator[Verdict]:
    today = clock.local_date(at, get_agency(session, agency_id).time_zone)
    entrants: list[Entrant] = []
    taken: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        fault = _told(lambda row=row: entrants.append(_entrant(session, agency_id, row, today)))  # type: ignore[misc]
        for name in ("position", "email"):
            if row[name] and taken.setdefault(row[name].casefold(), number) != number:
                fault = fault or f"{name} stands in row {taken[row[name].casefold()]} already."
        yield Verdict(number, row["name"], fault)
        if fault:
            taken.setdefault("", number)  # nothing is entered any more
    if "" not in taken:
        enter_people(session, agency_id=agency_id, people=entrants, actor=actor, at=at)


def _entrant(session: Session, agency_id: str, row: reading.Row, today: dt.date) -> Entrant:
    post = find_by_number(session, row["position"], agency_id)
    if post is None or post.state is not PositionState.ACTIVE:
        raise Invalid("There is no such position in this agency.")
    if post.incumbent_id is not None:
        raise Invalid("Somebody holds this position.")
    line = reading.read_line(row, post.pay_currency, today)
    left_on = find_vacated_on(session, post.id)
    if left_on is not None and line.effective_on < left_on:
        raise Invalid(f"The position was held until {write_date(left_on)}.")
    most = find_most_steps(session, agency_id, post.grade, line.effective_on)
    if line.step is not None and line.step > most:
        raise Invalid(f"Grade {post.grade} ends with step {most}.")
    if row["email"] and (known := find_serving_number(session, row["email"])) is not None:
        raise Invalid(f"Employee {known} has this e-mail address.")
    born_on = reading.read_birth(row["born_on"], line.effective_on, today)
    return Entrant(name=row["name"], email=row["email"] or None, born_on=born_on, lines=(line,))


def _actions(
    session: Session, agency_id: str, rows: Sequence[reading.Row], actor: Actor, at: dt.datetime
) -> Iterator[Verdict]:
    ids = map_ids(session, agency_id)
    for number, row in enumerate(rows, 2):
        fault = _told(lambda row=row: _propose(session, ids.get(row["employee"]), row, actor, at))  # type: ignore[misc]
        yield Verdict(number, row["employee"], fault)


def _propose(
    session: Session, employee_id: str | None, row: reading.Row, actor: Actor, at: dt.datetime
) -> None:
    if employee_id is None:
        raise Invalid("There is no employee with this number in this agency.")
    position_id = find_id_by_number(session, row["position"]) if row["position"] else None
    held = as_of(session, employee_id, at.date())
    asked = reading.read_action(row, position_id, held.pay_currency if held else "USD")
    with savepoint(session):
        propose_action(session, employee_id=employee_id, asked=asked, actor=actor, at=at)


def _told(act: Callable[[], None]) -> str:
    """Do something and say why it was refused; "" when it was not."""
    try:
        act()
    except (Conflict, Forbidden, Invalid, NotFound) as error:
        return error.message
    return ""
