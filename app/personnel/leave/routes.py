"""A person's own leave, and that of somebody whom one supervises."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk, reporting
from app.personnel.employees.models import Employee
from app.personnel.leave import amounts, letters, queries, sights
from app.personnel.leave.forms import LedgerFilterForm
from app.personnel.leave.states import LeaveKind
from app.personnel.leave_requests.queries import list_own as list_own_requests
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.spreadsheets import guarded
from app.web.access import current_actor, signed_in
from app.web.pages import act, download, render

bp = Blueprint("leave", __name__)
desk.add_own("Leave", "personnel.leave.own", order=20, told=sights.say_left)
desk.add_team("Leave", "personnel.leave.show_member", order=20, told=sights.say_left)


@bp.get("/my/leave")
@signed_in
def own() -> ResponseReturnValue:
    """Show how one's own leave stands, and what one has asked for."""
    with reading() as session:
        employee = _own(session)
        sight = sights.look(session, employee, clock.now())
        requests = list_own_requests(session, employee.id)
        leads = bool(reporting.list_team(session, employee.id))
    return render(employee=employee, sight=sight, requests=requests, leads=leads, hours=amounts.hours)


@bp.get("/my/leave/ledger")
@signed_in
def own_ledger() -> ResponseReturnValue:
    """Show one of one's own ledgers, with the balance after each entry."""
    with reading() as session:
        employee = _own(session)
        found = _ledger(session, employee)
    return render(employee=employee, **found)


@bp.get("/my/leave/ledger.csv")
@signed_in
def download_own() -> ResponseReturnValue:
    """Download all of one's own ledgers as a table."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["Kind", "Day", "Entry", "Minutes", "Balance in minutes", "Basis"])
    with reading() as session:
        employee = _own(session)
        for kind in LeaveKind:
            for line in queries.list_lines(session, employee.id, kind):
                cells = [kind.title, line.on.isoformat(), line.sort.title, line.minutes, line.balance]
                rows.writerow([*cells, guarded(line.basis)])
    content = b"\xef\xbb\xbf" + text.getvalue().encode()
    return download(content, filename=f"leave-{employee.number}.csv", media_type="text/csv")


@bp.post("/my/leave/statement")
@signed_in
def state() -> ResponseReturnValue:
    """Have a statement of one's own leave written as a letter."""
    actor = current_actor()
    return act(
        lambda session: letters.promise_statement(session, actor=actor, at=clock.now()),
        done="The statement is being written. You find it among your letters.",
        then=url_for(".own"),
    )


@bp.get("/my/team/<id('emp'):employee_id>/leave")
@signed_in
def show_member(employee_id: str) -> ResponseReturnValue:
    """Show how the leave of somebody stands whom one supervises."""
    with reading() as session:
        if not reporting.is_above(session, current_actor().id, employee_id):
            raise NotFound("Nobody of your team is called so.")
        employee = queries.get_employee(session, employee_id)
        sight = sights.look(session, employee, clock.now())
        requests = list_own_requests(session, employee.id)
    return render(employee=employee, sight=sight, requests=requests, hours=amounts.hours)


def ledger_of(session: Any, employee: Employee) -> dict[str, Any]:
    """Give the ledger that the address asks for, the newest entry first."""
    return _ledger(session, employee)


def _ledger(session: Any, employee: Employee) -> dict[str, Any]:
    filters = LedgerFilterForm()
    kind = LeaveKind(filters.kind.data) if filters.kind.data else LeaveKind.ANNUAL
    lines = queries.list_lines(session, employee.id, kind)[::-1]
    return {"filters": filters, "kind": kind, "lines": lines, "hours": amounts.hours, "path": request.path}


def _own(session: Any) -> Employee:
    return get_own(session, current_actor().id)
