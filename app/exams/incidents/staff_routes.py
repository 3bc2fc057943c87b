"""Incidents for the office."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.examinations.queries import get_examination
from app.exams.incidents import queries, services
from app.exams.incidents.forms import DecideForm, ProposeForm, ReportForm
from app.exams.incidents.states import IncidentKind, Remedy
from app.exams.sessions.queries import list_sessions
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("incidents", __name__)
EXAM = "/staff/examinations/<id('exm'):examination_id>/incidents"
ONE = "/staff/incidents/<id('inc'):incident_id>"


@bp.get(EXAM)
@requires("exams.incidents.list_staff")
def list_staff(examination_id: str) -> ResponseReturnValue:
    """List the incidents of an examination."""
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=queries.READ)
        incidents = queries.list_incidents(session, examination_id)
    return render(examination=examination, incidents=incidents)


@bp.route(f"{EXAM}/new", methods=["GET", "POST"])
@requires("exams.incidents.create")
def create(examination_id: str) -> ResponseReturnValue:
    """Report an incident."""
    actor = current_actor()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.incidents.create")
        sessions = list_sessions(session, examination_id)
    form = ReportForm(zone=examination.agency.time_zone, data={"session_id": request.args.get("session", "")})
    form.offer(sessions)
    if form.validate_on_submit() and save(form, lambda session: _report(session, form, examination_id)):
        flash("The incident is reported.", "success")
        return redirect(url_for(".show", incident_id=form.saved), 303)
    return render(form=form, examination=examination, sessions=sessions)


@bp.get(ONE)
@requires("exams.incidents.show")
def show(incident_id: str) -> ResponseReturnValue:
    """Show an incident and what became of it."""
    with reading() as session:
        incident = queries.get_incident(
            session, incident_id, current_actor(), permission="exams.incidents.show"
        )
    return render(incident=incident, examination=incident.examination)


@bp.route(f"{ONE}/propose", methods=["GET", "POST"])
@requires("exams.incidents.propose")
def propose(incident_id: str) -> ResponseReturnValue:
    """Propose a remedy."""
    actor, form = current_actor(), ProposeForm()
    with reading() as session:
        incident = queries.get_incident(session, incident_id, actor, permission="exams.incidents.propose")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.propose(
            session,
            incident_id=incident_id,
            remedy=Remedy(form.remedy.data),
            minutes=form.minutes.data,
            proposal=form.proposal.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The remedy is proposed. A second person has to decide on it.", "success")
        return redirect(url_for(".show", incident_id=incident_id), 303)
    return render(form=form, incident=incident, examination=incident.examination)


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("exams.incidents.decide")
def decide(incident_id: str) -> ResponseReturnValue:
    """Decide on a remedy that somebody else proposed."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        incident = queries.get_incident(session, incident_id, actor, permission="exams.incidents.decide")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide(
            session,
            incident_id=incident_id,
            is_confirmed=form.answer.data == "confirm",
            decision=form.decision.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", incident_id=incident_id), 303)
    return render(form=form, incident=incident, examination=incident.examination)


def _report(session: Session, form: ReportForm, examination_id: str) -> str:
    return services.report(
        session,
        examination_id=examination_id,
        session_id=form.session_id.data or None,
        kind=IncidentKind(form.kind.data),
        happened_at=cast(dt.datetime, form.happened_at.data),
        description=form.description.data,
        numbers=form.numbers.data.replace(",", " ").split(),
        is_everyone=form.is_everyone.data,
        actor=current_actor(),
        at=clock.now(),
    ).id
