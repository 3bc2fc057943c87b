"""Employees for the staff of an agency: the list and one person's record."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel import desk
from app.personnel.appointments.queries import list_service
from app.personnel.discipline.queries import list_cases_of
from app.personnel.discipline.visibility import may_open
from app.personnel.employees import queries
from app.personnel.employees.forms import EmployeeFilterForm
from app.personnel.employees.routes import bp
from app.personnel.employees.states import EmployeeState
from app.personnel.positions.queries import list_grades, list_units
from app.platform.actors import Actor
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import as_choices, named
from app.web.pages import render

__all__ = ["bp"]
navigation.add("Employees", "personnel.employees.list_staff", area="staff", order=12)


@bp.get("/staff/employees")
@requires("personnel.employees.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the employees of the officer's agencies."""
    actor, order = current_actor(), listing.read_order(queries.ORDERS, "name")
    with reading() as session:
        filters = read_filters(session, actor)
        wanted = read_wanted(filters)
        page = queries.list_employees(
            session,
            actor,
            wanted,
            order=order.key,
            is_descending=order.is_descending,
            cursor=listing.read_cursor(),
        )
        total = queries.count_employees(session, actor, wanted)
        posts = queries.map_posts(session, page.rows)
    return render(
        filters=filters, page=page, total=total, posts=posts, order=order, pages=listing.addresses(page)
    )


@bp.get("/staff/employees/<id('emp'):employee_id>")
@requires("personnel.employees.show")
def show(employee_id: str) -> ResponseReturnValue:
    """Show a person's record: identity, positions over time, letters, and cases to those who may see them."""
    actor = current_actor()
    with reading() as session:
        employee = queries.get_employee(session, employee_id, actor)
        appointments = list_service(session, employee.id)
        cases = list_cases_of(session, employee.id, actor)
        opens_cases = may_open(session, employee, actor)
        subjects = [*(one.id for one in appointments), *(case.id for case in cases)]
        letters = queries.list_letters(session, employee, subjects, actor)
        lines = desk.list_record(session, employee, actor)
    return render(
        employee=employee,
        appointments=appointments,
        cases=cases,
        letters=letters,
        lines=lines,
        opens_cases=opens_cases,
    )


def read_filters(session: Session, actor: Actor) -> EmployeeFilterForm:
    """Read what the address narrows the list to."""
    agencies = list_agencies_for(session, actor, queries.SHOW)
    return EmployeeFilterForm(
        choices={
            "agency": named(agencies),
            "unit": as_choices(list_units(session, actor, queries.SHOW)),
            "grade": as_choices(list_grades(session, actor, queries.SHOW)),
        }
    )


def read_wanted(filters: EmployeeFilterForm) -> queries.Wanted:
    """Give what the list is narrowed to."""
    return queries.Wanted(
        agency_id=filters.agency.data or "",
        state=EmployeeState(filters.state.data) if filters.state.data else None,
        text=filters.text.data or "",
        unit=filters.unit.data or "",
        grade=filters.grade.data or "",
    )
