"""Answers for the staff: a file is checked first and stored only after a confirmation."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.examinations.queries import count_candidates, get_examination
from app.exams.keys.queries import find_in_force
from app.exams.responses import check_services, queries, services
from app.exams.responses.forms import MOST_BYTES, ConfirmForm, UploadForm
from app.exams.responses.models import ResponseCheck, ResponseImport
from app.exams.responses.states import CheckState
from app.platform import clock, progress, storage
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.web import bodies
from app.web.access import current_actor, requires
from app.web.pages import download as answer_with_file
from app.web.pages import render, save

bp = Blueprint("responses", __name__)
# The fields beside a file are small.
bodies.allow("exams.responses.upload", MOST_BYTES + 1_000_000)


@bp.route("/staff/examinations/<id('exm'):examination_id>/answers", methods=["GET", "POST"])
@requires("exams.responses.upload")
def upload(examination_id: str) -> ResponseReturnValue:
    """Receive a file of answers to be checked; nothing of it counts."""
    form = UploadForm()
    if not form.validate_on_submit():
        return render(form=form, **_sight(examination_id))
    stream = form.file.data.stream
    with transaction() as session:
        check = check_services.receive_file(
            session,
            examination_id=examination_id,
            source=stream,
            size=stream.seek(0, 2) - stream.seek(0),
            filename=form.file.data.filename,
            left_out=form.headings(),
            actor=current_actor(),
            at=clock.now(),
        )
    if check.size <= check_services.SMALL_BYTES:
        _check_now(check, examination_id)
    return redirect(url_for(".show_check", examination_id=examination_id, check_id=check.id), 303)


@bp.get("/staff/examinations/<id('exm'):examination_id>/answers/checks/<id('rck'):check_id>")
@requires("exams.responses.show_check")
def show_check(examination_id: str, check_id: str) -> ResponseReturnValue:
    """Show what a checked file holds, or how far it is read."""
    return render(form=_ask(ConfirmForm(), sight := _look(examination_id, check_id)), **sight)


@bp.post("/staff/examinations/<id('exm'):examination_id>/answers/checks/<id('rck'):check_id>")
@requires("exams.responses.confirm")
def confirm(examination_id: str, check_id: str) -> ResponseReturnValue:
    """Import the file that was checked."""
    form = _ask(ConfirmForm(), sight := _look(examination_id, check_id))

    def change(session: Session) -> str:
        return check_services.confirm_check(
            session,
            examination_id=examination_id,
            check_id=check_id,
            accepts_absent=form.accepts_absent.data,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        if sight["check"].size > check_services.SMALL_BYTES:
            return redirect(url_for(".show_check", examination_id=examination_id, check_id=check_id), 303)
        flash("Answers imported.", "success")
        return redirect(url_for("exams.examinations.show", examination_id=examination_id), 303)
    return render(form=form, template="exams/responses/show_check.html", **sight)


@bp.get("/staff/examinations/<id('exm'):examination_id>/answers/checks/<id('rck'):check_id>/report")
@requires("exams.responses.download_report")
def download_report(examination_id: str, check_id: str) -> ResponseReturnValue:
    """Download what was found in each row of a checked file; who did so is recorded."""
    with transaction() as session:
        digest = check_services.record_report(
            session, examination_id=examination_id, check_id=check_id, actor=current_actor(), at=clock.now()
        )
    content = storage.current().get(digest)
    return answer_with_file(content, filename=f"rows-{check_id[-6:].lower()}.csv", media_type="text/csv")


@bp.get("/staff/examinations/<id('exm'):examination_id>/answers/<id('imp'):import_id>")
@requires("exams.responses.download")
def download(examination_id: str, import_id: str) -> ResponseReturnValue:
    """Download an imported file exactly as it came; who did so is recorded."""
    with transaction() as session:
        found = services.record_download(
            session, examination_id=examination_id, import_id=import_id, actor=current_actor(), at=clock.now()
        )
        digest, name = found.digest, found.filename
    ending = name.rpartition(".")[2].lower()
    kinds = {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "parquet": "application/vnd.apache.parquet",
    }
    ending = ending if ending in kinds else "csv"
    kind = kinds.get(ending, "text/csv")
    return answer_with_file(
        storage.current().get(digest), filename=f"answers-{digest[:12]}.{ending}", media_type=kind
    )


@bp.get("/staff/examinations/<id('exm'):examination_id>/answers/sheets/<number>")
@requires("exams.responses.show_sheet")
def show_sheet(examination_id: str, number: str) -> ResponseReturnValue:
    """Show one sheet as it counts, beside the key in force."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.responses.show_sheet"
        )
        candidate_id = queries.load_numbers(session, examination_id).get(number, "")
        answers = queries.find_answers(session, candidate_id)
        key = find_in_force(session, examination_id)
    if not answers:
        raise NotFound("There is no sheet of this candidate.")
    accepted = key.answers if key else {}
    rows = [
        (code, answer, " or ".join(accepted[code]["accepted"]) if code in accepted else "")
        for code, answer in answers.items()
    ]
    return render(examination=examination, number=number, rows=rows)


def _sight(examination_id: str) -> dict[str, Any]:
    """Give what the page of uploads shows."""
    with reading() as session:
        return {
            "examination": get_examination(
                session, examination_id, current_actor(), permission="exams.responses.upload"
            ),
            "current": queries.find_current(session, examination_id),
            "people": count_candidates(session, examination_id),
            "checks": queries.list_checks(session, examination_id),
        }


def _check_now(check: ResponseCheck, examination_id: str) -> None:
    """Read a small file at once."""
    actor = current_actor()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.responses.upload")
        sheet = queries.load_plan(session, examination, tuple(check.left_out))
    read = check_services.read_check(check, sheet, progress.silent())
    with transaction() as session:
        check_services.note_check(session, check_id=check.id, read=read, actor=actor, at=clock.now())


def _look(examination_id: str, check_id: str) -> dict[str, Any]:
    """Give what the page of a check shows."""
    with reading() as session:
        check, examination = queries.get_check(session, examination_id, check_id, current_actor())
        current = queries.find_current(session, examination_id)
        keys = {
            CheckState.RECEIVED: check_services.check_key(check_id),
            CheckState.CONFIRMED: check_services.import_key(check_id),
        }
        now = progress.find(session, keys[check.state]) if check.state in keys else None
    is_same = isinstance(current, ResponseImport) and current.digest == check.digest
    return {"check": check, "examination": examination, "current": current, "is_same": is_same, "now": now}


def _ask(form: ConfirmForm, sight: dict[str, Any]) -> ConfirmForm:
    """Have the form ask for what this file needs."""
    is_new = not sight["is_same"]
    form.ask(
        for_absent=bool(sight["check"].absent) and is_new, for_reason=sight["current"] is not None and is_new
    )
    return form
