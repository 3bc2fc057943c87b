"""A person's service for the staff: its history, and as it was or was known on a day."""

from __future__ import annotations

import datetime as dt

from flask import Response, request
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.actions.queries import as_of, list_open_actions, list_seniority, list_service_records
from app.personnel.actions.rules import read_service
from app.personnel.actions.sights import hours, in_words
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import get_employee
from app.personnel.service_records.forms import AsOfForm
from app.personnel.service_records.routes import bp, said
from app.personnel.service_records.services import note_opening
from app.platform import clock
from app.platform.db import reading, transaction
from app.web.access import current_actor, requires
from app.web.pages import render

# Pages that show the record as a whole; the others are on the desk by their titles.
WHOLE = frozenset({"personnel.employees.show", "personnel.team.show"})
END_OF_DAY = dt.time(23, 59, 59, 999999)
__all__ = ["bp"]
desk.add_record("Service history", "personnel.service_records.show", order=5, told=said)


@bp.get("/staff/employees/<id('emp'):employee_id>/service")
@requires("personnel.service_records.show")
def show(employee_id: str) -> ResponseReturnValue:
    """Show a person's service as it is, or as it was or was known on a day."""
    filters = AsOfForm()
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), "personnel.service_records.show")
        zone = employee.agency.time_zone
        on = filters.on.data or clock.local_date(clock.now(), zone)
        known_at = _end_of(filters.known.data, zone)
        held = as_of(session, employee.id, on, known_at)
        return render(
            employee=employee,
            filters=filters,
            on=on,
            held=held,
            words=in_words(session, read_service(held)) if held else [],
            records=list_service_records(session, employee.id, known_at),
            seniority=list_seniority(session, employee.id, on, known_at),
            waiting=list_open_actions(session, employee.id),
            hours=hours,
        )


@bp.after_app_request
def note_page(response: Response) -> Response:
    """Note the opening of each page about somebody before it is handed out: the person can see it.

    Forms are left out: what is being prepared about a person is not told by the list of who read the file.
    """
    employee_id, rule = (request.view_args or {}).get("employee_id"), request.url_rule
    if employee_id is None or rule is None or "POST" in (rule.methods or ()) or response.status_code != 200:
        return response
    if rule.endpoint in WHOLE or desk.find_title(rule.endpoint):
        with transaction() as session:
            employee = session.get_one(Employee, employee_id)
            note_opening(
                session, employee=employee, page=rule.endpoint, actor=current_actor(), at=clock.now()
            )
    return response


def _end_of(day: dt.date | None, zone: str) -> dt.datetime | None:
    """Give the last moment of a day in a zone; None, for now, without one."""
    return clock.zoned_moment(day, END_OF_DAY, zone) if day is not None else None
