"""List files for the staff: lists from elsewhere come in after a look, our own go out."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.exams import tickets
from app.exams.certificates.queries import get_certificate
from app.exams.list_files import queries, rules, services
from app.exams.list_files.forms import ConfirmForm, FileForm
from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.errors import Invalid
from app.platform.spreadsheets import guarded
from app.web import listing, navigation, pages
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("list_files", __name__)
PURPOSE = "lists from elsewhere"
navigation.add("List files", "exams.list_files.list_staff", area="staff", order=64)


@bp.get("/staff/list-files")
@requires("exams.list_files.list_staff")
def list_staff() -> ResponseReturnValue:
    """List what was imported, and our own lists to take away."""
    actor = current_actor()
    with reading() as session:
        page = queries.list_outside(session, actor, cursor=listing.read_cursor())
        published = queries.list_published(session, actor)
    return render(lists=page.rows, pages=listing.addresses(page), published=published)


@bp.route("/staff/list-files/import", methods=["GET", "POST"])
@requires("exams.list_files.import_file")
def import_file() -> ResponseReturnValue:
    """Look into a file of lists: what would come in, or every fault with its line."""
    actor, form = current_actor(), FileForm()
    with reading() as session:
        form.offer(list_agencies_for(session, actor, "exams.list_files.import_file"))
    if not form.validate_on_submit():
        return render(form=form, found=None)
    content = form.file.data.stream.read()
    lists, found = rules.read_lists(content)
    if found.problem_count:
        form.add_errors(Invalid(file="The file has faults. Nothing was imported."))
        return render(form=form, found=found)
    confirm = ConfirmForm(
        formdata=None, data={"ticket": tickets.write(PURPOSE, form.agency_id.data, content)}
    )
    return render(form=confirm, lists=lists, template="exams/list_files/confirm.html")


@bp.post("/staff/list-files/confirm")
@requires("exams.list_files.confirm")
def confirm() -> ResponseReturnValue:
    """Keep the lists of a file that was looked at."""
    form = ConfirmForm()
    if form.validate_on_submit():
        agency_id, content = tickets.read(PURPOSE, form.ticket.data)
        lists, _found = rules.read_lists(content)
        if save(
            form,
            lambda session: services.import_lists(
                session,
                agency_id=agency_id,
                lists=lists,
                digest=hashlib.sha256(content).hexdigest(),
                actor=current_actor(),
                at=clock.now(),
            ),
        ):
            flash("Imported." if form.saved else "This file was imported before. Nothing changed.", "success")
            return redirect(url_for(".list_staff"), 303)
    return render(form=form, lists=[])


@bp.get("/staff/list-files/<id('oul'):list_id>")
@requires("exams.list_files.show")
def show(list_id: str) -> ResponseReturnValue:
    """Show an imported list by its numbers."""
    with reading() as session:
        found = queries.get_outside(session, list_id, current_actor())
        page = queries.list_names(session, list_id, cursor=listing.read_cursor())
    return render(found=found, names=page.rows, pages=listing.addresses(page), place_text=rules.place_text)


@bp.get("/staff/list-files/<id('oul'):list_id>/list.csv")
@requires("exams.list_files.download_outside")
def download_outside(list_id: str) -> ResponseReturnValue:
    """Send an imported list in the columns of its file."""
    with transaction() as session:
        found = queries.get_outside(session, list_id, current_actor())
        rows = list(queries.load_cells(session, list_id))
        columns = (*rules.LIST_COLUMNS, rules.TERMINATED)
        return _send(session, columns, rows, found, found.exam_no)


@bp.get("/staff/merit-lists/<id('lst'):list_id>/list-file.csv")
@requires("exams.list_files.download_list")
def download_list(list_id: str) -> ResponseReturnValue:
    """Send one of our published lists in New York's columns."""
    with transaction() as session:
        found = queries.get_published(session, list_id, current_actor())
        rows = list(queries.load_list(session, found))
        return _send(session, rules.LIST_COLUMNS, rows, found, found.examination.number)


@bp.get("/staff/certificates/<id('crt'):certificate_id>/certification.csv")
@requires("exams.list_files.download_certificate")
def download_certificate(certificate_id: str) -> ResponseReturnValue:
    """Send a certificate in New York's columns."""
    with transaction() as session:
        found = get_certificate(session, certificate_id, current_actor())
        rows = list(queries.load_certification(found))
        return _send(session, rules.CERTIFICATION_COLUMNS, rows, found, found.number)


def _send(
    session: Session, columns: Sequence[str], rows: Sequence[list[str]], found: Any, number: str
) -> ResponseReturnValue:
    """Write the file, and record that it went out."""
    services.record_download(
        session,
        subject=found.id,
        agency_id=found.agency_id,
        names=len(rows),
        actor=current_actor(),
        at=clock.now(),
    )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return pages.download(out.getvalue().encode(), filename=f"{number}.csv", media_type="text/csv")
