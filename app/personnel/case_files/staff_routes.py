"""The files of a case for those who may see it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.case_files import queries, services
from app.personnel.case_files.forms import EvidenceForm, RemoveFileForm
from app.personnel.discipline.queries import get_case
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.web.access import current_actor, requires
from app.web.pages import download as send
from app.web.pages import render, save

bp = Blueprint("case_files", __name__)
CASE = "/staff/cases/<id('dsc'):case_id>/files"
ONE = f"{CASE}/<id('csf'):file_id>"


@bp.route(f"{CASE}/new", methods=["GET", "POST"])
@requires("personnel.case_files.add")
def add(case_id: str) -> ResponseReturnValue:
    """Add a file to what a draft relies on."""
    actor, form = current_actor(), EvidenceForm()
    with reading() as session:
        case = get_case(session, case_id, actor)
    if form.validate_on_submit():
        file = form.keep()
        if save(
            form,
            lambda session: services.add_evidence(
                session, case_id=case_id, title=form.title.data, file=file, actor=actor, at=clock.now()
            ),
        ):
            flash("File added.", "success")
            return redirect(url_for("personnel.discipline.show", case_id=case_id), 303)
    return render(form=form, case=case)


@bp.route(f"{ONE}/remove", methods=["GET", "POST"])
@requires("personnel.case_files.remove")
def remove(case_id: str, file_id: str) -> ResponseReturnValue:
    """Take a file out of a draft, once that is confirmed."""
    actor, form = current_actor(), RemoveFileForm()
    with reading() as session:
        case = get_case(session, case_id, actor)
        file = queries.get_file(session, case.id, file_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_evidence(
            session, case_id=case_id, file_id=file_id, actor=actor, at=clock.now()
        ),
    ):
        flash("File removed.", "success")
        return redirect(url_for("personnel.discipline.show", case_id=case_id), 303)
    return render(form=form, case=case, file=file)


@bp.get(ONE)
@requires("personnel.case_files.download")
def download(case_id: str, file_id: str) -> ResponseReturnValue:
    """Give a file to somebody of the office who may see the case; that is recorded."""
    actor = current_actor()
    with transaction() as session:
        case = get_case(session, case_id, actor)
        file = queries.get_file(session, case.id, file_id)
        services.record_download(session, case=case, file=file, actor=actor, at=clock.now())
    return send(storage.current().get(file.digest), filename=file.filename, media_type=file.media_type)
