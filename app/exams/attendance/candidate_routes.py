"""One candidate's attendance: how it was marked, corrections, doubts, and the photograph to compare."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.attendance import queries, services
from app.exams.attendance.forms import CorrectForm, DoubtForm, SettleForm
from app.exams.attendance.staff_routes import bp
from app.exams.attendance.states import Way
from app.exams.examinations.states import Attendance
from app.exams.photographs.queries import load_digests
from app.exams.seating.queries import get_candidate
from app.platform import clock, storage
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web.access import current_actor, requires
from app.web.pages import download, render, save

ONE = "/staff/candidates/<id('cnd'):candidate_id>/attendance"


@bp.route(ONE, methods=["GET", "POST"])
@requires("exams.attendance.correct")
def correct(candidate_id: str) -> ResponseReturnValue:
    """Show how a candidate was marked, and correct it."""
    actor = current_actor()
    with reading() as session:
        candidate, examination = get_candidate(
            session, candidate_id, actor, permission="exams.attendance.correct"
        )
        row = queries.get_row(session, candidate_id)
        marks = queries.list_marks(session, candidate_id)
        doubts = queries.list_doubts(session, candidate_id)
    form = CorrectForm(data={"attendance": candidate.attendance})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.mark(
            session,
            candidate_id=candidate_id,
            attendance=Attendance(form.attendance.data),
            way=Way.LIST,
            reason=form.reason.data,
            permission="exams.attendance.correct",
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Saved.", "success")
        return redirect(url_for(".correct", candidate_id=candidate_id), 303)
    page = {"candidate": candidate, "examination": examination, "row": row}
    return render(
        form=form, template=None, marks=marks, doubts=doubts, settle=SettleForm(formdata=None), **page
    )


@bp.route(f"{ONE}/doubt", methods=["GET", "POST"])
@requires("exams.attendance.raise_doubt")
def raise_doubt(candidate_id: str) -> ResponseReturnValue:
    """Note a doubt about an identity."""
    actor, form = current_actor(), DoubtForm()
    with reading() as session:
        candidate, examination = get_candidate(
            session, candidate_id, actor, permission="exams.attendance.raise_doubt"
        )
    if form.validate_on_submit() and save(
        form,
        lambda session: services.raise_doubt(
            session, candidate_id=candidate_id, note=form.note.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The doubt is noted. The list waits until it is settled.", "success")
        return redirect(url_for(".correct", candidate_id=candidate_id), 303)
    return render(form=form, candidate=candidate, examination=examination)


@bp.route("/staff/identity-doubts/<id('idd'):doubt_id>", methods=["GET", "POST"])
@requires("exams.attendance.settle_doubt")
def settle_doubt(doubt_id: str) -> ResponseReturnValue:
    """Settle a doubt with a finding."""
    actor, form = current_actor(), SettleForm()
    with reading() as session:
        doubt = queries.get_doubt(session, doubt_id, actor, permission="exams.attendance.settle_doubt")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.settle_doubt(
            session,
            doubt_id=doubt_id,
            is_cleared=form.outcome.data == "cleared",
            finding=form.finding.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The doubt is settled.", "success")
        return redirect(url_for(".correct", candidate_id=doubt.candidate_id), 303)
    return render(form=form, doubt=doubt)


@bp.get(f"{ONE}/photograph")
@requires("exams.attendance.photograph")
def photograph(candidate_id: str) -> ResponseReturnValue:
    """Send the photograph of a candidate, to be compared at the door."""
    with reading() as session:
        candidate, _ = get_candidate(
            session, candidate_id, current_actor(), permission="exams.attendance.photograph"
        )
        account_id = candidate.application.account_id
        digest = load_digests(session, [account_id]).get(account_id)
    if digest is None:
        raise NotFound("There is no photograph.")
    return download(
        storage.current().get(digest), filename="photograph.jpg", media_type="image/jpeg", inline=True
    )
