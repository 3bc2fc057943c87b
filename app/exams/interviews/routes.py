"""A candidate's own invitation to an interview."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.exams.exam_days import calendars
from app.exams.exam_days.days import Day
from app.exams.interviews import queries
from app.exams.interviews.letters import things
from app.exams.interviews.models import InterviewTerms
from app.platform import languages
from app.platform.db import reading
from app.platform.sentences import say, translate
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("interviews", __name__)
PLACE = "/my/applications/<id('app'):application_id>/interview"


@bp.get(PLACE)
@signed_in
def show(application_id: str) -> ResponseReturnValue:
    """Show when and where one is interviewed."""
    with reading() as session:
        slot = queries.get_own_invitation(session, application_id, current_actor())
        written = queries.list_letters(session, application_id)
        terms = session.get(InterviewTerms, slot.panel_id)
    return render(
        slot=slot,
        examination=slot.panel.examination,
        application_id=application_id,
        letters=written,
        things=things(terms),
    )


@bp.get(f"{PLACE}.ics")
@signed_in
def calendar(application_id: str) -> ResponseReturnValue:
    """Give the interview as an entry for a calendar."""
    actor = current_actor()
    with reading() as session:
        slot = queries.get_own_invitation(session, application_id, actor)
    with languages.speaking(actor.language or languages.current()):
        day = Day.of_interview(slot, application_id)
        content = calendars.written([day], translate(say("My interview")))
    response = Response(content, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="interview.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
