"""A person's own contributions."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.personnel.contributions import queries
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("contributions", __name__)


@bp.get("/my/benefits/contributions")
@signed_in
def own() -> ResponseReturnValue:
    """Show what was posted for one's benefits in each pay period."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        year = clock.local_date(clock.now(), employee.agency.time_zone).replace(month=1, day=1)
        entries = queries.list_entries(session, employee.id)
        totals = queries.total_by_kind(session, employee.id, year)
    return render(entries=entries, totals=totals, year=year.year)
