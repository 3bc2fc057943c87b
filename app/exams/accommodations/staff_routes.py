"""Requests for accommodations, for the office."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.accommodations import queries, services
from app.exams.accommodations.forms import DecideForm
from app.exams.accommodations.routes import bp
from app.exams.examinations.queries import get_examination
from app.exams.seating.queries import find_seat
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.recruitment.scanning.services import demand_clean
from app.web.access import current_actor, requires
from app.web.pages import download as send
from app.web.pages import render, save

ONE = "/staff/accommodations/<id('acm'):request_id>"


@bp.get("/staff/examinations/<id('exm'):examination_id>/accommodations")
@requires("exams.accommodations.list_staff")
def list_staff(examination_id: str) -> ResponseReturnValue:
    """List the requests of an examination, those that wait first."""
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=queries.READ)
        requests = queries.list_requests(session, examination_id)
    return render(examination=examination, requests=requests)


@bp.route(ONE, methods=["GET", "POST"])
@requires("exams.accommodations.decide")
def decide(request_id: str) -> ResponseReturnValue:
    """Show a request and decide on it."""
    actor = current_actor()
    with reading() as session:
        asked = queries.get_request(session, request_id, actor, permission="exams.accommodations.decide")
        seat = find_seat(session, asked.candidate_id)
    form = DecideForm(data={"extra_minutes": asked.extra_minutes})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_request(
            session,
            request_id=request_id,
            is_granted=form.decision.data == "grant",
            extra_minutes=form.extra_minutes.data,
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided. The candidate is told by mail.", "success")
        return redirect(url_for(".list_staff", examination_id=asked.examination_id), 303)
    return render(form=form, asked=asked, seat=seat, examination=asked.examination)


@bp.get(f"{ONE}/paper")
@requires("exams.accommodations.download")
def download(request_id: str) -> ResponseReturnValue:
    """Send an officer the evidence of a request, and record it."""
    actor = current_actor()
    with transaction() as session:
        asked = queries.get_request(session, request_id, actor, permission="exams.accommodations.download")
        if asked.document_digest is None:
            raise NotFound("This request has no paper.")
        demand_clean(session, asked.document_digest)
        services.record_download(session, asked=asked, actor=actor, at=clock.now())
    return send(
        storage.current().get(asked.document_digest),
        filename=asked.document_name or "paper",
        media_type=asked.document_type or "application/octet-stream",
    )
