"""A person's own file: the service day by day, the papers, and who opened it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.actions.queries import as_of, list_seniority, list_service_records
from app.personnel.actions.sights import hours
from app.personnel.documents.queries import list_own
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.service_records import queries
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("service_records", __name__)


@bp.get("/my/personnel-file")
@signed_in
def own() -> ResponseReturnValue:
    """Show a person's whole file: service, papers, and who in the office opened it."""
    with reading() as session:
        employee = find_own_employee(session, current_actor().id)
        if employee is None:
            return render(employee=None)
        today = clock.local_date(clock.now(), employee.agency.time_zone)
        context: dict[str, Any] = {
            "records": list_service_records(session, employee.id),
            "seniority": list_seniority(session, employee.id, today),
            "papers": list_own(session, employee.id),
            "openings": queries.list_openings(session, employee.id),
        }
    return render(employee=employee, hours=hours, say_opening=queries.say_opening, **context)


def said(session: Session, employee: Employee) -> str:
    """Say how a person's service stands today."""
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    held = as_of(session, employee.id, today)
    if held is None:
        return "No service on record"
    served = list_seniority(session, employee.id, today)[0].text
    return f"Grade {held.grade}, step {held.step}. {held.standing.title}. Service: {served}"


desk.add_own("My personnel file", "personnel.service_records.own", order=10, told=said)
