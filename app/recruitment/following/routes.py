"""An application's days and deadlines for a calendar."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading
from app.recruitment.applications.queries import get_own_application
from app.recruitment.following import calendar, facts, page
from app.web.access import current_actor, signed_in
from app.web.pages import download

bp = Blueprint("following", __name__)
bp.add_app_template_global(page.who, "who_is_next")


@bp.get("/my/applications/<id('app'):application_id>/dates.ics")
@signed_in
def dates(application_id: str) -> ResponseReturnValue:
    """Send the days and deadlines of one's own application as a calendar file."""
    with reading() as session:
        application = get_own_application(session, application_id, current_actor())
        known = facts.collect(session, application)
    content = calendar.write(application, known, clock.now())
    return download(content, filename="dates.ics", media_type="text/calendar")
