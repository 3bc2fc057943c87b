"""An applicant's own appeals."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.appeals import queries, rules, services
from app.exams.appeals.forms import AppealForm
from app.exams.appeals.states import Subject
from app.exams.results.rules import appeal_deadline
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("appeals", __name__)
PLACE = "/my/applications/<id('app'):application_id>/appeals"


@bp.get(PLACE)
@signed_in
def list_own(application_id: str) -> ResponseReturnValue:
    """Show what may be appealed against, until when, and what became of each appeal."""
    at = clock.now()
    with reading() as session:
        application = queries.get_own_application(session, application_id, current_actor())
        appeals = queries.list_own(session, application_id)
        decided = {subject: queries.find_decided_at(session, application_id, subject) for subject in Subject}
    zone = application.posting.agency.time_zone
    filed = [(appeal.subject, appeal.state, appeal.filed_at) for appeal in appeals]
    deadlines = {
        subject: appeal_deadline(moment, zone)
        for subject, moment in decided.items()
        if moment is not None and rules.may_file(subject, moment, filed)
    }
    return render(application=application, appeals=appeals, deadlines=deadlines, at=at, zone=zone)


@bp.route(f"{PLACE}/<any(eligibility, result):about>/new", methods=["GET", "POST"])
@signed_in
def create(application_id: str, about: str) -> ResponseReturnValue:
    """File an appeal."""
    actor, subject, form = current_actor(), Subject(about), AppealForm()
    with reading() as session:
        application = queries.get_own_application(session, application_id, actor)
        decided_at = queries.find_decided_at(session, application_id, subject)
    if decided_at is None:
        raise NotFound(say("There is no decision that you could appeal against."))
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.file_appeal(
                session,
                application_id=application_id,
                subject=subject,
                grounds=form.grounds.data,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash(say("Your appeal is received. You will be told the decision by mail."), "success")
        return redirect(url_for(".list_own", application_id=application_id), 303)
    deadline = appeal_deadline(decided_at, application.posting.agency.time_zone)
    return render(form=form, application=application, subject=subject, deadline=deadline)


@bp.post("/my/appeals/<id('apl'):appeal_id>/withdraw")
@signed_in
def withdraw(appeal_id: str) -> ResponseReturnValue:
    """Take an appeal back."""
    actor = current_actor()
    with reading() as session:
        application_id = queries.get_own(session, appeal_id, actor).application_id
    return act(
        lambda session: services.withdraw_appeal(session, appeal_id=appeal_id, actor=actor, at=clock.now()),
        done=say("Your appeal is withdrawn."),
        then=url_for(".list_own", application_id=application_id),
    )
