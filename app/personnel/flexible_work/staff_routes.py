"""Flexible work for the staff: who asked for what, and what is agreed."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.employees.queries import get_employee
from app.personnel.flexible_work import queries, rules
from app.personnel.flexible_work.forms import WorkFilterForm
from app.personnel.flexible_work.routes import bp, say_work
from app.personnel.flexible_work.states import WorkState
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render

__all__ = ["bp"]
navigation.add("Flexible work", "personnel.flexible_work.list_staff", area="staff", order=19)
desk.add_record("Flexible work", "personnel.flexible_work.show_record", order=46, told=say_work)


@bp.get("/staff/flexible-work")
@requires("personnel.flexible_work.list_staff")
def list_staff() -> ResponseReturnValue:
    """List requests and agreements, the latest request first."""
    filters = WorkFilterForm()
    state = WorkState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_all(session, current_actor(), state, cursor=listing.read_cursor())
    return render(filters=filters, page=page, told=rules.told, pages=listing.addresses(page))


@bp.get("/staff/flexible-work/<id('flx'):arrangement_id>")
@requires("personnel.flexible_work.show")
def show(arrangement_id: str) -> ResponseReturnValue:
    """Show a request or agreement."""
    permission = "personnel.flexible_work.show"
    with reading() as session:
        row = queries.get_kept(session, arrangement_id, current_actor(), permission)
    law = rules.RULEBOOKS[row.rulebook].laws[row.kind]
    return render(row=row, law=law, lines=rules.Pattern.of(row.pattern).lines(), told=rules.told)


@bp.get("/staff/employees/<id('emp'):employee_id>/flexible-work")
@requires("personnel.flexible_work.show_record")
def show_record(employee_id: str) -> ResponseReturnValue:
    """List the flexible work of a person."""
    permission = "personnel.flexible_work.show_record"
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), permission)
        rows = queries.list_of_employee(session, employee.id)
    return render(employee=employee, rows=rows)
