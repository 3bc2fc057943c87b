"""Ratings for the staff of an agency: the list, and how ratings are spread."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.personnel.ratings import calibration, queries
from app.personnel.ratings.forms import CalibrationForm, RatingsFilterForm
from app.personnel.ratings.routes import bp
from app.personnel.ratings.states import RatingState
from app.platform.db import reading
from app.web import listing
from app.web.access import current_actor, requires
from app.web.pages import render

__all__ = ["bp"]


@bp.get("/staff/ratings")
@requires("personnel.ratings.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the ratings of the officer's agencies, the latest first."""
    filters = RatingsFilterForm()
    state = RatingState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_ratings(session, current_actor(), state, cursor=listing.read_cursor())
    return render(rows=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get("/staff/ratings/calibration")
@requires("personnel.ratings.calibrate")
def calibrate() -> ResponseReturnValue:
    """Show how the ratings of a period are spread over the levels, by unit or supervisor."""
    with reading() as session:
        cycles = queries.list_cycles_rated(session, current_actor())
        offered = [(one.id, f"{one.title}, {one.agency.name}") for one in cycles]
        filters = CalibrationForm(choices={"cycle": offered})
        cycle = next((one for one in cycles if one.id == filters.cycle.data), cycles[0] if cycles else None)
        by = filters.by.data or "unit"
        picture = calibration.load(session, cycle, by) if cycle else None
    return render(filters=filters, cycle=cycle, by=by, picture=picture, most_drawn=calibration.MOST_DRAWN)
