"""An investigation for whoever carries it out, and the case that may follow."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel.allegations import inquiries, queries, services
from app.personnel.allegations.forms import FindingsForm, GatheredFileForm, InterviewForm, LeadForm, PlanForm
from app.personnel.allegations.models import Allegation
from app.personnel.allegations.routes import ONE, bp
from app.personnel.discipline.queries import list_officials, regime_of
from app.personnel.discipline.staff_routes import read_draft
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.web.access import current_actor, requires
from app.web.pages import download as send
from app.web.pages import render, save

__all__ = ["bp"]


@bp.route(f"{ONE}/plan", methods=["GET", "POST"])
@requires("personnel.allegations.write_plan")
def write_plan(allegation_id: str) -> ResponseReturnValue:
    """Write down how it is investigated."""
    allegation = _get(allegation_id)
    form = PlanForm(obj=allegation)
    if form.validate_on_submit() and save(
        form,
        lambda session: inquiries.write_plan(
            session,
            allegation_id=allegation_id,
            plan=form.plan.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        return _back(allegation_id, "Plan saved.")
    return render(form=form, allegation=allegation)


@bp.route(f"{ONE}/interviews/new", methods=["GET", "POST"])
@requires("personnel.allegations.add_interview")
def add_interview(allegation_id: str) -> ResponseReturnValue:
    """Write down who was heard."""
    allegation, form = _get(allegation_id), InterviewForm()

    def act(session: Session) -> str:
        talk = inquiries.Talk(form.day(), form.person.data, form.summary.data)
        return inquiries.add_interview(
            session, allegation_id=allegation_id, talk=talk, actor=current_actor(), at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, act):
        return _back(allegation_id, "Interview saved.")
    return render(form=form, allegation=allegation)


@bp.route(f"{ONE}/files/new", methods=["GET", "POST"])
@requires("personnel.allegations.add_file")
def add_file(allegation_id: str) -> ResponseReturnValue:
    """Add a file that was gathered."""
    allegation, form = _get(allegation_id), GatheredFileForm()
    if form.validate_on_submit():
        file = form.keep()
        if save(
            form,
            lambda session: inquiries.add_file(
                session,
                allegation_id=allegation_id,
                title=form.title.data,
                file=file,
                actor=current_actor(),
                at=clock.now(),
            ),
        ):
            return _back(allegation_id, "File added.")
    return render(form=form, allegation=allegation)


@bp.get(f"{ONE}/files/<id('alf'):file_id>")
@requires("personnel.allegations.download")
def download(allegation_id: str, file_id: str) -> ResponseReturnValue:
    """Give a file of an investigation; that it was read is recorded."""
    actor = current_actor()
    with transaction() as session:
        allegation = queries.get_allegation(session, allegation_id, actor)
        file = queries.get_file(allegation, file_id)
        services.record(session, "download", allegation, actor, clock.now(), file=file.id)
    return send(storage.current().get(file.digest), filename=file.filename, media_type=file.media_type)


@bp.route(f"{ONE}/findings", methods=["GET", "POST"])
@requires("personnel.allegations.report")
def report(allegation_id: str) -> ResponseReturnValue:
    """Hand in what was found."""
    allegation, form = _get(allegation_id), FindingsForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: inquiries.report_findings(
            session,
            allegation_id=allegation_id,
            findings=form.findings.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        return _back(allegation_id, "Findings handed in. Somebody else says what follows.")
    return render(form=form, allegation=allegation)


@bp.route(f"{ONE}/case", methods=["GET", "POST"])
@requires("personnel.allegations.open_case")
def open_case(allegation_id: str) -> ResponseReturnValue:
    """Open a case on what was found."""
    actor, allegation, form = current_actor(), _get(allegation_id), LeadForm()
    with reading() as session:
        officials = list_officials(session, allegation.agency_id)
        regime = regime_of(session, allegation.agency_id)
        barred = {actor.id, *queries.list_ever_named(session, allegation.id)}
    form.offer([one for one in officials if one[0] not in barred], regime)
    form.show_files(allegation.files)

    def act(session: Session) -> str:
        draft, files = read_draft(form, regime), form.files.data
        return services.open_case(
            session, allegation_id=allegation_id, draft=draft, files=files, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, act):
        flash("Draft opened. Add the charges.", "success")
        return redirect(url_for("personnel.discipline.show", case_id=form.saved), 303)
    return render(form=form, allegation=allegation)


def _get(allegation_id: str) -> Allegation:
    with reading() as session:
        return queries.get_allegation(session, allegation_id, current_actor())


def _back(allegation_id: str, done: str) -> ResponseReturnValue:
    flash(done, "success")
    return redirect(url_for(".show", allegation_id=allegation_id), 303)
