"""A candidate's own requests."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.accommodations import queries, services
from app.exams.accommodations.forms import RequestForm
from app.exams.accommodations.states import Need
from app.exams.results.queries import get_examination_of, get_own_candidate
from app.exams.seating.queries import find_plan
from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment.documents.services import StoredFile, store_file
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("accommodations", __name__)
PLACE = "/my/applications/<id('app'):application_id>/accommodations"


@bp.get(PLACE)
@signed_in
def list_own(application_id: str) -> ResponseReturnValue:
    """List what a candidate asked for, and what was decided."""
    return render(**_sight(application_id))


@bp.route(f"{PLACE}/ask", methods=["GET", "POST"])
@signed_in
def create(application_id: str) -> ResponseReturnValue:
    """Ask for something."""
    form, sight = RequestForm(), _sight(application_id)
    if form.validate_on_submit():
        kept = _kept(form)

        def change(session: Session) -> str:
            return services.request_accommodation(
                session,
                application_id=application_id,
                need=Need(form.need.data),
                grounds=form.grounds.data,
                **kept,
                actor=current_actor(),
                at=clock.now(),
            ).id

        if save(form, change):
            flash(say("Your request is received. You will be told the decision by mail."), "success")
            return redirect(url_for(".list_own", application_id=application_id), 303)
    return render(form=form, **sight)


@bp.post("/my/accommodations/<id('acm'):request_id>/withdraw")
@signed_in
def withdraw(request_id: str) -> ResponseReturnValue:
    """Take a request back."""
    actor = current_actor()
    with reading() as session:
        application_id = queries.get_own(session, request_id, actor).candidate.application_id
    return act(
        lambda session: services.withdraw_request(
            session, request_id=request_id, actor=actor, at=clock.now()
        ),
        done=say("Your request is withdrawn."),
        then=url_for(".list_own", application_id=application_id),
    )


def _kept(form: RequestForm) -> dict[str, Any]:
    """Store the paper, if there is one, and give it with what the virus scanner said."""
    checked = form.checked
    if checked is None:
        return {"file": None}
    file = StoredFile(checked.filename, checked.media_type, len(checked.content), store_file(checked))
    return {"file": file, "verdict": checked.virus_check}


def _sight(application_id: str) -> dict[str, Any]:
    with reading() as session:
        candidate = get_own_candidate(session, application_id, current_actor())
        examination = get_examination_of(session, candidate)
        plan = find_plan(session, examination.id)
        asked = queries.list_own(session, candidate.id)
    is_open = plan is not None and plan.fixed_at is None
    page = {"application_id": application_id, "examination": examination}
    return page | {"requests": asked, "is_open": is_open}
