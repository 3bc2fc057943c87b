"""Releasing a key and ruling on objections, for the office."""

from __future__ import annotations

from typing import cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.exams.examinations.queries import get_examination
from app.exams.keys.queries import find_in_force
from app.exams.keys.rules import describe
from app.exams.objections import queries, services
from app.exams.objections.forms import ReleaseForm, RuleForm
from app.exams.objections.routes import bp
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.recruitment.scanning.services import demand_clean
from app.web import listing
from app.web.access import current_actor, requires
from app.web.pages import act, render, save
from app.web.pages import download as send

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
        counts = queries.count_by_item(session, examination_id)
        page = queries.list_staff(session, examination_id, item=item, cursor=listing.read_cursor())
    return render(
        examination=examination,
        release=release,
        counts=sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
        item=item,
        objections=page.rows,
        pages=listing.addresses(page),
    )


@bp.route(f"{EXAM}/release", methods=["GET", "POST"])
@requires("exams.objections.release")
def release(examination_id: str) -> ResponseReturnValue:
    """Show the key to the candidates."""
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
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The key is released. Candidates see it beside their own answers.", "success")
        return redirect(url_for(".list_staff", examination_id=examination_id), 303)
    return render(form=form, examination=examination, key=key)


@bp.get(ONE)
@requires("exams.objections.show")
def show(objection_id: str) -> ResponseReturnValue:
    """Show an objection and what became of it."""
    with reading() as session:
        objection = queries.get_objection(session, objection_id, current_actor())
        key = find_in_force(session, objection.examination_id)
    accepted = describe(key.answers[objection.item]) if key and objection.item in key.answers else "none"
    return render(objection=objection, accepted=accepted)


@bp.route(f"{ONE}/rule", methods=["GET", "POST"])
@requires("exams.objections.rule")
def rule(objection_id: str) -> ResponseReturnValue:
    """Propose a ruling on an objection."""
    actor, form = current_actor(), RuleForm()
    with reading() as session:
        objection = queries.get_objection(session, objection_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.rule_on_objection(
            session,
            objection_id=objection_id,
            is_well_founded=form.founded.data == "yes",
            ruling=form.ruling.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The ruling is proposed. A key custodian has to confirm it.", "success")
        return redirect(url_for(".show", objection_id=objection_id), 303)
    return render(form=form, objection=objection)


@bp.post(f"{ONE}/confirm")
@requires("exams.objections.confirm")
def confirm(objection_id: str) -> ResponseReturnValue:
    """Confirm a ruling, or send it back."""
    is_confirmed = request.form.get("decision") == "confirm"
    return _answer(objection_id, is_confirmed)


def _answer(objection_id: str, is_confirmed: bool) -> Response:
    actor = current_actor()
    return act(
        lambda session: services.confirm_ruling(
            session, objection_id=objection_id, is_confirmed=is_confirmed, actor=actor, at=clock.now()
        ),
        done="The ruling is confirmed and told to the candidate."
        if is_confirmed
        else "The ruling is sent back.",
        then=url_for(".show", objection_id=objection_id),
    )


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
