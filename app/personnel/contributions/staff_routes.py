"""The ledger of contributions for the office: a pay period at a time."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.personnel.benefit_plans.rules import period_ends
from app.personnel.contributions import queries
from app.personnel.contributions.forms import PeriodFilter
from app.personnel.contributions.routes import bp
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render

navigation.add("Contributions", "personnel.contributions.list_staff", area="staff", order=18)


@bp.get("/staff/contributions")
@requires("personnel.contributions.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the entries of a pay period, with the sums by kind."""
    actor = current_actor()
    with reading() as session:
        filters = PeriodFilter(queries.list_periods(session, actor))
        period_on = filters.chosen()
        if period_on is None:
            return render(filters=filters, period_on=None)
        page = queries.list_staff(session, actor, period_on, cursor=listing.read_cursor())
        totals = queries.total_of_period(session, actor, period_on)
    return render(
        filters=filters,
        period_on=period_on,
        period_ends=period_ends(period_on),
        rows=page.rows,
        totals=totals,
        pages=listing.addresses(page),
    )
