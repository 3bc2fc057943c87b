"""Screening for the office: one application after another, and corrections."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Conflict, NotFound
from app.recruitment.applications import queries as application_queries
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.screening import forms, queries, services
from app.recruitment.screening.models import Outcome, ScreeningOutcome
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("screening", __name__)
PLACE = "/staff/applications/<id('app'):application_id>/screening"


@bp.get("/staff/postings/<id('pst'):posting_id>/screening")
@requires("recruitment.screening.next")
def next(posting_id: str) -> ResponseReturnValue:
    """Open the next application that is not screened, or say that there is none."""
    actor = current_actor()
    with reading() as session:
        posting = application_queries.get_posting(session, posting_id, actor)
    actor.demand("recruitment.screening.next", posting.agency_id)
    return _go_on(posting_id, request.args.get("after", ""))


def _go_on(posting_id: str, after: str) -> Response:
    with reading() as session:
        found = queries.find_next(session, posting_id, after=after, besides=current_actor().id)
    if found is None:
        flash("There is no application left that you can screen.", "important")
        return _leave(posting_id)
    return redirect(url_for(".decide", application_id=found, _anchor="main-content"), 303)


def _leave(posting_id: str) -> Response:
    # a browser would carry the anchor of this page over to the list
    target = url_for("recruitment.applications.list_posting", posting_id=posting_id, _anchor="main-content")
    return redirect(target, 303)


@bp.route(PLACE, methods=["GET", "POST"])
@requires("recruitment.screening.decide")
def decide(application_id: str) -> ResponseReturnValue:
    """Decide each criterion and the outcome of one application."""
    application = _get(application_id, "recruitment.screening.decide")
    with reading() as session:
        outcome = queries.find_outcome(session, application_id)
        reasons = queries.load_reasons(session, application.posting)
        progress = queries.load_progress(session, application.posting_id)
    if outcome is not None:
        return redirect(url_for(".show", application_id=application_id), 303)
    form = forms.ScreeningForm.about(application.posting.criteria, reasons)()

    def act(session: Session) -> ScreeningOutcome:
        values, actor = form.entered(), current_actor()
        return services.decide(session, application_id=application_id, **values, actor=actor, at=clock.now())

    if form.validate_on_submit() and save(form, act):
        return _after_saving(application, form)
    return render(form=form, application=application, received=application.snapshot, progress=progress)


def _after_saving(application: Application, form: forms.ScreeningForm) -> Response:
    with reading() as session:
        progress = queries.load_progress(session, application.posting_id)
    said = "Eligible" if form.chosen() is Outcome.ELIGIBLE else "Not eligible"
    flash(f"{application.number}: {said}. {progress.screened} of {progress.total} screened.", "success")
    if form.stop.data:
        return _leave(application.posting_id)
    return _go_on(application.posting_id, application.id)


@bp.get(f"{PLACE}/outcome")
@requires("recruitment.screening.show")
def show(application_id: str) -> ResponseReturnValue:
    """Show what was decided on each criterion, by whom, and what was corrected."""
    application = _get(application_id, "recruitment.screening.show")
    with reading() as session:
        outcome = queries.find_outcome(session, application_id)
        decisions = queries.load_decisions(session, application_id)
    if outcome is None:
        raise NotFound("This application is not screened yet.")
    versions = [(correction, forms.differences(correction)) for correction in outcome.corrections]
    return render(application=application, outcome=outcome, decisions=decisions, versions=versions)


@bp.route(f"{PLACE}/correct", methods=["GET", "POST"])
@requires("recruitment.screening.correct")
def correct(application_id: str) -> ResponseReturnValue:
    """Correct a recorded screening, with a reason; the version before is kept."""
    application = _get(application_id, "recruitment.screening.correct")
    with reading() as session:
        outcome = queries.find_outcome(session, application_id)
        decisions = queries.load_decisions(session, application_id)
    if outcome is None:
        raise NotFound("This application is not screened yet.")
    form_class = forms.CorrectionForm.about(application.posting.criteria, {})
    form = form_class(data=forms.as_data(outcome, decisions))

    def act(session: Session) -> ScreeningOutcome:
        values, why = form.entered(), form["correction_reason"].data
        return services.correct(
            session,
            application_id=application_id,
            **values,
            correction_reason=why,
            actor=current_actor(),
            at=clock.now(),
        )

    if form.validate_on_submit() and save(form, act):
        return _after_correcting(application_id)
    return render(form=form, application=application, received=application.snapshot)


def _after_correcting(application_id: str) -> Response:
    flash("The correction is saved as a new version.", "success")
    return redirect(url_for(".show", application_id=application_id), 303)


def _get(application_id: str, permission: str) -> Application:
    actor = current_actor()
    with reading() as session:
        application = application_queries.get_application(session, application_id, actor)
    actor.demand(permission, application.posting.agency_id)
    if application.submission is not Submission.SUBMITTED and permission != "recruitment.screening.show":
        raise Conflict("This application was withdrawn, so there is nothing to decide.")
    return application
