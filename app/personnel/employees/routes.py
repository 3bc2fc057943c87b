"""A person's own service record."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.notices.queries import list_own_notices
from app.personnel import desk
from app.personnel.appointments.queries import list_service
from app.personnel.employees import queries
from app.platform.db import reading
from app.platform.sentences import say
from app.web import navigation
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("employees", __name__)
navigation.add(say("My employment"), "personnel.employees.own", area="mine", order=20)


@bp.get("/my/employment")
@signed_in
def own() -> ResponseReturnValue:
    """Show a person's own service record, and the letters about it."""
    actor = current_actor()
    with reading() as session:
        employee = queries.find_own_employee(session, actor.id)
        appointments = list_service(session, employee.id) if employee else []
        letters = list_own_notices(session, actor) if employee else []
        lines = desk.list_own(session, employee) if employee else []
    return render(employee=employee, appointments=appointments, letters=letters, lines=lines)
