"""An agency's holidays over HTTP, for administrators."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.holidays import queries, services
from app.accounts.holidays.forms import HolidayForm
from app.accounts.queries import get_agency
from app.accounts.routes import bp
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

PLACE = "/staff/agencies/<id('agy'):agency_id>/holidays"


@bp.get(PLACE)
@requires("accounts.list_holidays")
def list_holidays(agency_id: str) -> ResponseReturnValue:
    """List the days on which an agency does not work."""
    current_actor().demand("accounts.list_holidays", agency_id)
    with reading() as session:
        agency = get_agency(session, agency_id)
        holidays = queries.list_holidays(session, agency_id)
    return render(agency=agency, holidays=holidays, today=clock.local_date(clock.now(), agency.time_zone))


@bp.route(f"{PLACE}/new", methods=["GET", "POST"])
@requires("accounts.add_holiday")
def add_holiday(agency_id: str) -> ResponseReturnValue:
    """Add a holiday."""
    form, actor = HolidayForm(), current_actor()
    actor.demand("accounts.add_holiday", agency_id)
    with reading() as session:
        agency = get_agency(session, agency_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.add_holiday(
            session, agency_id=agency_id, **form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("The holiday is added.", "success")
        return redirect(url_for(".list_holidays", agency_id=agency_id), 303)
    return render(form=form, agency=agency)


@bp.post(f"{PLACE}/<on>/remove")
@requires("accounts.remove_holiday")
def remove_holiday(agency_id: str, on: str) -> ResponseReturnValue:
    """Remove a holiday."""
    try:
        day = dt.date.fromisoformat(on)
    except ValueError as error:
        raise NotFound("There is no such holiday.") from error
    actor = current_actor()
    return act(
        lambda session: services.remove_holiday(
            session, agency_id=agency_id, on=day, actor=actor, at=clock.now()
        ),
        done="The holiday is removed.",
        then=url_for(".list_holidays", agency_id=agency_id),
    )
