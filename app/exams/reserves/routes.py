"""An applicant's own place in a reserve."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.exams.reserves.own import find_own
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("reserves", __name__)


@bp.get("/my/applications/<id('app'):application_id>/reserve")
@signed_in
def show_own(application_id: str) -> ResponseReturnValue:
    """Show a person's place in the reserve, until when it holds, and what follows."""
    with reading() as session:
        own = find_own(session, application_id, current_actor())
    if own is None:
        raise NotFound(say("You are not on a reserve list with this application."))
    return render(own=own, application_id=application_id)
