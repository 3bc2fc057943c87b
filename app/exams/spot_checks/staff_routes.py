"""Samples for the staff: drawn, read sheet by sheet from the originals, differences settled."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.examinations.queries import get_examination
from app.exams.responses.queries import find_current
from app.exams.spot_checks import queries, services
from app.exams.spot_checks.forms import DrawForm, ReadForm, SettleForm
from app.exams.spot_checks.states import SheetOutcome
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("spot_checks", __name__)


@bp.get("/staff/examinations/<id('exm'):examination_id>/sample")
@requires("exams.spot_checks.show")
def show(examination_id: str) -> ResponseReturnValue:
    """Show the sample drawn last: its seed and rule, and what came of each sheet."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.spot_checks.show"
        )
        check = queries.find_latest(session, examination_id)
        sheets = queries.list_sheets(session, check.id) if check else []
        current = find_current(session, examination_id)
    counts = {outcome.value: sum(sheet.outcome is outcome for sheet in sheets) for outcome in SheetOutcome}
    is_outdated = check is not None and (current is None or current.id != check.import_id)
    return render(
        examination=examination,
        check=check,
        sheets=sheets,
        counts=counts,
        is_outdated=is_outdated,
        may_draw=current is not None and (check is None or is_outdated or check.ended_at is not None),
    )


@bp.route("/staff/examinations/<id('exm'):examination_id>/sample/draw", methods=["GET", "POST"])
@requires("exams.spot_checks.draw")
def draw(examination_id: str) -> ResponseReturnValue:
    """Draw a sample by a public seed."""
    actor, form = current_actor(), DrawForm()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.spot_checks.draw")
        current = find_current(session, examination_id)

    def change(session: Session) -> str:
        return services.draw_sample(
            session,
            examination_id=examination_id,
            seed=form.seed.data,
            wrong_percent=int(form.wrong_percent.data),
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Sample drawn. Its sheets must be read again from the originals.", "success")
        return redirect(url_for(".show", examination_id=examination_id), 303)
    return render(form=form, examination=examination, current=current)


@bp.route("/staff/sample-sheets/<id('sps'):sheet_id>/read", methods=["GET", "POST"])
@requires("exams.spot_checks.read")
def read(sheet_id: str) -> ResponseReturnValue:
    """Enter what stands on an original, without seeing what is stored."""
    actor, form = current_actor(), ReadForm()
    with reading() as session:
        sheet = queries.get_sheet(session, sheet_id, actor, permission="exams.spot_checks.read")
    check = sheet.check

    def change(session: Session) -> dict[str, list[str]]:
        typed = form.answers.data
        return services.read_sheet(
            session, sheet_id=sheet_id, answers=typed, actor=actor, at=clock.now()
        ).differences

    if form.validate_on_submit() and save(form, change):
        number, found = sheet.candidate.number, len(form.saved)
        told = f"{number}: {found} answers differ." if found else f"{number}: all answers are the same."
        flash(told, "warning" if found else "success")
        with reading() as session:
            following = queries.find_next_sheet(session, check.id)
        if following is not None:
            return redirect(url_for(".read", sheet_id=following.id), 303)
        return redirect(url_for(".show", examination_id=check.examination_id), 303)
    return render(form=form, sheet=sheet, check=check, examination=check.examination)


@bp.route("/staff/sample-sheets/<id('sps'):sheet_id>/settle", methods=["GET", "POST"])
@requires("exams.spot_checks.settle")
def settle(sheet_id: str) -> ResponseReturnValue:
    """Settle a difference that somebody else found."""
    actor, form = current_actor(), SettleForm()
    with reading() as session:
        sheet = queries.get_sheet(session, sheet_id, actor, permission="exams.spot_checks.settle")
    examination = sheet.check.examination

    def change(session: Session) -> str:
        return services.settle_sheet(
            session, sheet_id=sheet_id, finding=form.finding.data, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Difference settled.", "success")
        return redirect(url_for(".show", examination_id=examination.id), 303)
    return render(form=form, sheet=sheet, examination=examination)
