"""Leave for the office: the balances of an agency on a day, and anybody's ledgers."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from app.accounts.queries import list_agencies_for
from app.personnel import desk
from app.personnel.accruals.queries import find_kept
from app.personnel.employees.queries import get_employee
from app.personnel.leave import amounts, queries, sights
from app.personnel.leave.forms import BalanceFilterForm
from app.personnel.leave.routes import bp, ledger_of
from app.personnel.leave.states import LeaveKind
from app.platform import clock
from app.platform.db import reading
from app.web import navigation, plots
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import render

__all__ = ["bp"]
navigation.add(
    "Leave",
    "personnel.leave.list_staff",
    area="staff",
    order=17,
    covers=("personnel.leave_requests", "personnel.leave_adjustments", "personnel.accruals"),
)
desk.add_record("Leave", "personnel.leave.show", order=30, told=sights.say_left)
SHOWN = (LeaveKind.ANNUAL, LeaveKind.SICK, LeaveKind.COMPENSATORY, LeaveKind.RESTORED)
PAGE = 100


@bp.get("/staff/leave")
@requires("personnel.leave.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the balances of an agency's people as of a day."""
    with reading() as session:
        found = read_balances(session)
        kept = find_kept(session, found["agency"].id) if found["agency"] else None
    first = max(found["filters"].first.data or 1, 1)
    people = found.pop("people")
    shown = people[first - 1 : first - 1 + PAGE]
    return render(
        **found,
        kept=kept,
        people=shown,
        total=len(people),
        first=first,
        size=PAGE,
        kinds=SHOWN,
        hours=amounts.hours,
        picture=_picture(people) if people else None,
        sums={kind: sum(one.balances.get(kind, 0) for one in people) for kind in SHOWN},
    )


@bp.get("/staff/employees/<id('emp'):employee_id>/leave")
@requires("personnel.leave.show")
def show(employee_id: str) -> ResponseReturnValue:
    """Show a person's balances and ledgers."""
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), "personnel.leave.show")
        sight = sights.look(session, employee, clock.now())
        ledger = ledger_of(session, employee)
    return render(employee=employee, sight=sight, **ledger)


def read_balances(session: Any) -> dict[str, Any]:
    """Read the balances that the address asks for: of which agency, and of which day."""
    agencies = list_agencies_for(session, current_actor(), "personnel.leave.list_staff")
    filters = BalanceFilterForm(choices={"agency": named(agencies)})
    wanted = filters.agency.data or (agencies[0].id if agencies else "")
    agency = next((one for one in agencies if one.id == wanted), None)
    zone = agency.time_zone if agency else "UTC"
    on = filters.on.data or clock.local_date(clock.now(), zone)
    people = queries.list_standings(session, agency.id, on) if agency else []
    return {"filters": filters, "agency": agency, "on": on, "people": people}


def _picture(people: list[queries.Standing]) -> plots.Plot:
    """Draw how many people have how much annual leave, in classes of forty hours."""
    classes = [0] * 8
    for one in people:
        place = min(max(one.balances.get(LeaveKind.ANNUAL, 0), 0) // 2400, len(classes) - 1)
        classes[place] += 1
    titles = [f"{40 * place} h" for place in range(len(classes) - 1)] + [
        f"{40 * (len(classes) - 1)} h or more"
    ]
    return plots.bars(
        "How much annual leave people have",
        [{"label": title, "value": count} for title, count in zip(titles, classes, strict=True)],
        label_heading="From",
        value_heading="People",
    )
