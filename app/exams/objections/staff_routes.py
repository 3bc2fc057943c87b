"""Publishing a provisional key and reading objections, for the office."""

from __future__ import annotations

from typing import cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.exams.examinations.queries import get_examination
from app.exams.keys.queries import find_in_force
from app.exams.keys.rules import describe
from app.exams.objection_fees.models import ObjectionFee
from app.exams.objections import queries, services
from app.exams.objections.forms import ReleaseForm
from app.exams.objections.routes import bp
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.recruitment.scanning.services import demand_clean
from app.web import listing
from app.web.access import current_actor, requires
from app.web.pages import download as send
from app.web.pages import render, save

EXAM = "/staff/examinations/<id('exm'):examination_id>/objections"
ONE = "/staff/objections/<id('obj'):objection_id>"


@bp.get(EXAM)
@requires("exams.objections.list_staff")
def list_staff(examination_id: str) -> ResponseReturnValue:
    """List the objections to an examination's key, by item."""
    item = request.args.get("item", "")[:40]
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=queries.READ)
        release = queries.find_release(session, examination_id)
        page = queries.list_staff(session, examination_id, item=item, cursor=listing.read_cursor())
    return render(
        examination=examination,
        release=release,
        item=item,
        objections=page.rows,
        pages=listing.addresses(page),
    )


@bp.route(f"{EXAM}/release", methods=["GET", "POST"])
@requires("exams.objections.release")
def release(examination_id: str) -> ResponseReturnValue:
    """Publish the key to the candidates as a provisional one."""
    actor, form = current_actor(), ReleaseForm()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.objections.release")
        key = find_in_force(session, examination_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.release_key(
            session,
            examination_id=examination_id,
            days=cast(int, form.days.data),
            terms=form.terms(),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The provisional key is published. Candidates can object to it.", "success")
        return redirect(url_for("exams.challenges.list_staff", examination_id=examination_id), 303)
    return render(form=form, examination=examination, key=key)


@bp.get(ONE)
@requires("exams.objections.show")
def show(objection_id: str) -> ResponseReturnValue:
    """Show an objection and what became of it."""
    with reading() as session:
        objection = queries.get_objection(session, objection_id, current_actor())
        key = find_in_force(session, objection.examination_id)
        fee = session.get(ObjectionFee, objection_id)
        together = queries.list_together(session, objection)
    accepted = describe(key.answers[objection.item]) if key and objection.item in key.answers else "none"
    return render(objection=objection, accepted=accepted, fee=fee, together=together)


@bp.get(f"{ONE}/paper")
@requires("exams.objections.download")
def download(objection_id: str) -> ResponseReturnValue:
    """Send an officer the paper of an objection, and record it."""
    actor = current_actor()
    with transaction() as session:
        objection = queries.get_objection(session, objection_id, actor)
        if objection.document_digest is None:
            raise NotFound("This objection has no paper.")
        demand_clean(session, objection.document_digest)
        services.record_download(session, objection=objection, actor=actor, at=clock.now())
    content = storage.current().get(objection.document_digest)
    return send(
        content,
        filename=objection.document_name or "paper",
        media_type=objection.document_type or "application/octet-stream",
    )
