"""When one may retire oneself."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.employees.models import Employee
from app.personnel.retirements import queries
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.platform.locales import write_date
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("retirements", __name__)


def say_retirement(session: Session, employee: Employee) -> str:
    """Say from when somebody may retire in full."""
    if employee.separated_on is not None:
        return ""
    today = clock.local_date(clock.now(), employee.agency.time_zone)
    _, ways = queries.list_ways(session, employee, today)
    full = next((one.on for one in ways if not one.way.is_reduced), None)
    if full is None:
        return "Your office holds no date of birth yet." if not ways else ""
    return f"In full from {write_date(full)} on" if full > today else "In full at any time"


desk.add_own("Birth date and retirement", "personnel.retirements.own", order=88, told=say_retirement)


@bp.get("/my/employment/retirement")
@signed_in
def own() -> ResponseReturnValue:
    """Show a person the own date of birth, and the ways into retirement with their first days."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        birth = queries.find_birth(session, employee.id)
        today = clock.local_date(clock.now(), employee.agency.time_zone)
        system, ways = queries.list_ways(session, employee, today)
    return render(employee=employee, birth=birth, system=system, ways=ways, today=today)
