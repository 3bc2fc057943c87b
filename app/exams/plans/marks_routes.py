"""Marks of parts for the staff: a file is checked first and recorded only after a confirmation."""

from __future__ import annotations

from flask import current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from app.exams.examinations.queries import get_examination
from app.exams.plans import mark_files, queries, rules, services
from app.exams.plans.forms import ConfirmMarksForm, MarksForm
from app.exams.plans.staff_routes import bp
from app.exams.responses.queries import load_numbers
from app.exams.scoring.due import load_due
from app.platform import clock, storage, uploads
from app.platform.db import reading
from app.platform.errors import Invalid
from app.web.access import current_actor, requires
from app.web.pages import render, save


@bp.get("/staff/examinations/<id('exm'):examination_id>/parts")
@requires("exams.plans.list_marks")
def list_marks(examination_id: str) -> ResponseReturnValue:
    """Show the parts of an examination, how many are marked in each, and every record of marks."""
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor())
        components = queries.list_components(session, examination_id)
        records = queries.list_records(session, examination_id)
        counts = queries.count_marked(session, examination_id)
        marked = [part.code for part in components if part.is_marked]
        missing = queries.load_unmarked(session, examination_id, marked)
        due = load_due(session, examination, missing)
    return render(
        examination=examination,
        components=components,
        titles={part.code: part.title for part in components},
        kinds=rules.KINDS,
        records=records,
        counts=counts,
        due={code: sorted(numbers) for code, numbers in due.items()},
        marked=marked,
    )


@bp.route("/staff/examinations/<id('exm'):examination_id>/parts/upload", methods=["GET", "POST"])
@requires("exams.plans.upload_marks")
def upload_marks(examination_id: str) -> ResponseReturnValue:
    """Check a file of marks of one part and show what it holds; nothing is stored."""
    actor, form = current_actor(), MarksForm()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.plans.upload_marks")
        components = queries.list_components(session, examination_id)
        numbers = load_numbers(session, examination_id)
    form.offer(components)
    if not form.validate_on_submit():
        return render(form=form, examination=examination, found=None)
    content = form.file.data.read()
    part = form.chosen(components)
    found = mark_files.read_marks(content, part, numbers)
    if found.faults:
        return render(form=form, examination=examination, found=found)[0], 422
    digest = uploads.keep(content)
    ticket = _seal().dumps([examination_id, part.code, digest])
    return render(
        form=ConfirmMarksForm(formdata=None, ticket=ticket),
        template="exams/plans/record_marks.html",
        examination=examination,
        part=part,
        found=found,
        digest=digest,
    )


@bp.post("/staff/examinations/<id('exm'):examination_id>/parts/record")
@requires("exams.plans.record_marks")
def record_marks(examination_id: str) -> ResponseReturnValue:
    """Record the marks of the file that was checked."""
    actor, form = current_actor(), ConfirmMarksForm()
    code, digest = _open_ticket(form.ticket.data, examination_id)
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.plans.record_marks")
        part = rules.find_marked(queries.load_book(session, examination_id), code)
        numbers = load_numbers(session, examination_id)
    found = mark_files.read_marks(storage.current().get(digest), part, numbers)

    def change(session: Session) -> str:
        return services.record_marks(
            session,
            examination_id=examination_id,
            component=code,
            marks=found.marks,
            source=form.source.data,
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Marks recorded.", "success")
        return redirect(url_for(".list_marks", examination_id=examination_id), 303)
    return render(form=form, examination=examination, part=part, found=found, digest=digest)


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="checked file of marks")


def _open_ticket(ticket: str, examination_id: str) -> tuple[str, str]:
    """Give component and digest of the file that was checked for this examination."""
    try:
        examination, code, digest = _seal().loads(ticket)
    except (BadSignature, ValueError) as error:
        raise Invalid("Check the file once more: this page was not complete.") from error
    if examination != examination_id:
        raise Invalid("Check the file once more: it was checked for another examination.")
    return str(code), str(digest)
