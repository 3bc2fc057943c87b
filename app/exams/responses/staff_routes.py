"""Answers for the staff: a file is checked first and stored only after a confirmation."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from app.exams.examinations.queries import count_candidates, get_examination
from app.exams.responses import queries, rules, services
from app.exams.responses.forms import ConfirmForm, UploadForm
from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.platform.errors import Invalid
from app.web.access import current_actor, requires
from app.web.pages import download as answer_with_file
from app.web.pages import render, save

bp = Blueprint("responses", __name__)
CONFIRM = "exams/responses/confirm.html"


@bp.route("/staff/examinations/<id('exm'):examination_id>/answers", methods=["GET", "POST"])
@requires("exams.responses.upload")
def upload(examination_id: str) -> ResponseReturnValue:
    """Check a file of answers and show what it holds; nothing is stored."""
    actor, form = current_actor(), UploadForm()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.responses.upload")
        current = queries.find_current(session, examination_id)
        people = count_candidates(session, examination_id)
    if not form.validate_on_submit():
        return render(form=form, examination=examination, current=current, people=people, reading=None)
    content = form.file.data.read()
    sight = _look(examination_id, content)
    if sight["reading"].problem_count:
        page, _ = render(form=form, people=people, **sight)
        return page, 422
    digest, filename = storage.current().put(content), form.file.data.filename
    ticket = _seal().dumps([examination_id, digest, filename])
    confirming = _ask(ConfirmForm(formdata=None, ticket=ticket), sight)
    return render(form=confirming, template=CONFIRM, filename=filename, digest=digest, **sight)


@bp.post("/staff/examinations/<id('exm'):examination_id>/answers/confirm")
@requires("exams.responses.confirm")
def confirm(examination_id: str) -> ResponseReturnValue:
    """Store the file that was checked."""
    actor, form = current_actor(), ConfirmForm()
    digest, filename = _open_ticket(form.ticket.data, examination_id)
    content = storage.current().get(digest)
    _ask(form, sight := _look(examination_id, content))

    def change(session: Session) -> str:
        return services.import_responses(
            session,
            examination_id=examination_id,
            content=content,
            filename=filename,
            accepts_absent=form.accepts_absent.data,
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Answers imported.", "success")
        return redirect(url_for("exams.examinations.show", examination_id=examination_id), 303)
    return render(form=form, filename=filename, digest=digest, **sight)


@bp.get("/staff/examinations/<id('exm'):examination_id>/answers/<id('imp'):import_id>")
@requires("exams.responses.download")
def download(examination_id: str, import_id: str) -> ResponseReturnValue:
    """Download an imported file exactly as it came; who did so is recorded."""
    with transaction() as session:
        found = services.record_download(
            session, examination_id=examination_id, import_id=import_id, actor=current_actor(), at=clock.now()
        )
        digest = found.digest
    content = storage.current().get(digest)
    return answer_with_file(content, filename=f"answers-{digest[:12]}.csv", media_type="text/csv")


def _look(examination_id: str, content: bytes) -> dict[str, Any]:
    """Give what a file holds, against the examination as it stands."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.responses.upload"
        )
        numbers = queries.load_numbers(session, examination_id)
        current = queries.find_current(session, examination_id)
    found = rules.read_file(content, queries.sheet_of(examination, numbers))
    is_same = current is not None and current.digest == hashlib.sha256(content).hexdigest()
    return {"examination": examination, "reading": found, "current": current, "is_same": is_same}


def _ask(form: ConfirmForm, sight: dict[str, Any]) -> ConfirmForm:
    """Have the form ask for what this file needs."""
    is_new = not sight["is_same"]
    for_absent, for_reason = bool(sight["reading"].absent), sight["current"] is not None
    form.ask(for_absent=for_absent and is_new, for_reason=for_reason and is_new)
    return form


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="checked file of answers")


def _open_ticket(ticket: str, examination_id: str) -> tuple[str, str]:
    """Give digest and name of the file that was checked for this examination."""
    try:
        examination, digest, filename = _seal().loads(ticket)
    except (BadSignature, ValueError) as error:
        raise Invalid("Check the file once more: this page was not complete.") from error
    if examination != examination_id:
        raise Invalid("Check the file once more: it was checked for another examination.")
    return str(digest), str(filename)
