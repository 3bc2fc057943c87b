"""Changing a received application until applications close: begun and given up."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import transaction
from app.platform.errors import Conflict
from app.platform.sentences import say
from app.recruitment.changes import services
from app.web.access import current_actor, signed_in

bp = Blueprint("changes", __name__)
PLACE = "/my/applications/<id('app'):application_id>/change"


@bp.post(PLACE)
@signed_in
def begin(application_id: str) -> ResponseReturnValue:
    """Open a working copy and go to its steps; what was received stands until the copy is submitted."""
    try:
        with transaction() as session:
            copy = services.begin_change(
                session, application_id=application_id, actor=current_actor(), at=clock.now()
            )
    except Conflict as refused:
        flash(refused.message, "error")
        return redirect(url_for("recruitment.applications.show", application_id=application_id), 303)
    return redirect(url_for("recruitment.drafts.tasks", application_id=copy.id), 303)


@bp.post(f"{PLACE}/discard")
@signed_in
def discard(application_id: str) -> ResponseReturnValue:
    """Give the changes up; what was received stands."""
    with transaction() as session:
        services.discard_change(session, application_id=application_id, actor=current_actor(), at=clock.now())
    flash(say("Your changes are gone. What we received before counts."), "success")
    return redirect(url_for("recruitment.applications.list_own"), 303)
