"""Scripts for the exam office: whose code is whose, scanned pages, and who was not there."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.marking import queries as marking
from app.exams.panel_results import services as settling
from app.exams.panels.queries import get_panel
from app.exams.panels.rules import write_units
from app.exams.scripts import queries, services
from app.exams.scripts.forms import AbsenceForm, ScriptFilterForm, ScriptUploadForm
from app.exams.scripts.states import ScriptState
from app.platform import clock, storage
from app.platform.db import reading
from app.recruitment.documents.rules import CheckedFile
from app.recruitment.documents.services import StoredFile, store_file
from app.web import listing
from app.web.access import current_actor, requires
from app.web.pages import act, download, render, save

bp = Blueprint("scripts", __name__)
PANEL = "/staff/panels/<id('pnl'):panel_id>/scripts"
ONE = "/staff/scripts/<id('scr'):script_id>"


@bp.get(PANEL)
@requires("exams.scripts.list_staff")
def list_staff(panel_id: str) -> ResponseReturnValue:
    """List the scripts of a panel with the candidates behind their codes."""
    filters = ScriptFilterForm()
    state = ScriptState(filters.state.data) if filters.state.data else None
    with reading() as session:
        panel = get_panel(session, panel_id, current_actor(), permission="exams.scripts.list_staff")
        text = filters.q.data or ""
        page = queries.list_scripts(session, panel_id, text=text, state=state, cursor=listing.read_cursor())
    return render(
        panel=panel,
        examination=panel.examination,
        filters=filters,
        scripts=page.rows,
        pages=listing.addresses(page),
    )


@bp.get(ONE)
@requires("exams.scripts.show")
def show(script_id: str) -> ResponseReturnValue:
    """Show the ratings of one script."""
    with reading() as session:
        script = queries.get_script(session, script_id, current_actor(), permission="exams.scripts.show")
        panel = get_panel(session, script.panel_id, current_actor())
        ratings = marking.list_ratings(session, script_id)
    return render(
        script=script,
        panel=panel,
        examination=panel.examination,
        ratings=ratings,
        write=write_units,
        mark_rows=marking.mark_rows,
    )


@bp.route(f"{PANEL}/upload", methods=["GET", "POST"])
@requires("exams.scripts.upload")
def upload(panel_id: str) -> ResponseReturnValue:
    """Upload scanned scripts."""
    actor = current_actor()
    with reading() as session:
        panel = get_panel(session, panel_id, actor, permission="exams.scripts.upload")
        numbers = list(queries.load_by_number(session, panel_id))
    form = ScriptUploadForm(numbers=numbers)
    if form.validate_on_submit():
        kept = [(number, _stored(file)) for number, file in form.checked]
        looked = zip(kept, form.checked, strict=True)
        verdicts = {own.digest: file.virus_check for (_n, own), (_m, file) in looked}
        if save(
            form,
            lambda session: services.add_files(
                session, panel_id=panel_id, files=kept, verdicts=verdicts, actor=actor, at=clock.now()
            ),
        ):
            flash(f"{form.saved} files are kept.", "success")
            return redirect(url_for(".list_staff", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination)


@bp.post(f"{ONE}/files/<id('scf'):file_id>/remove")
@requires("exams.scripts.remove_file")
def remove_file(script_id: str, file_id: str) -> ResponseReturnValue:
    """Take a file out."""
    actor = current_actor()
    return act(
        lambda session: services.remove_file(
            session, script_id=script_id, file_id=file_id, actor=actor, at=clock.now()
        ),
        done="The file is taken out.",
        then=url_for(".show", script_id=script_id),
    )


@bp.get(f"{ONE}/files/<id('scf'):file_id>", endpoint="download")
@requires("exams.scripts.download")
def read(script_id: str, file_id: str) -> ResponseReturnValue:
    """Send an officer a scanned script."""
    with reading() as session:
        script = queries.get_script(session, script_id, current_actor(), permission="exams.scripts.download")
        file = queries.find_file(script, file_id)
    content = storage.current().get(file.digest)
    return download(content, filename=file.filename, media_type=file.media_type)


@bp.route(f"{ONE}/absent", methods=["GET", "POST"])
@requires("exams.scripts.mark_absent")
def mark_absent(script_id: str) -> ResponseReturnValue:
    """Record that a candidate was not there."""
    actor, form = current_actor(), AbsenceForm()
    with reading() as session:
        script = queries.get_script(session, script_id, actor, permission="exams.scripts.mark_absent")
    if form.validate_on_submit() and save(
        form,
        lambda session: settling.mark_absent(
            session, script_id=script_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The candidate is recorded as not there.", "success")
        return redirect(url_for(".show", script_id=script_id), 303)
    return render(form=form, script=script, panel=script.panel, examination=script.panel.examination)


@bp.post(f"{ONE}/there")
@requires("exams.scripts.mark_there")
def mark_there(script_id: str) -> ResponseReturnValue:
    """Take back that a candidate was not there."""
    actor = current_actor()
    return act(
        lambda session: settling.mark_there(session, script_id=script_id, actor=actor, at=clock.now()),
        done="The candidate is to be rated again.",
        then=url_for(".show", script_id=script_id),
    )


def _stored(file: CheckedFile) -> StoredFile:
    return StoredFile(file.filename, file.media_type, len(file.content), store_file(file))
