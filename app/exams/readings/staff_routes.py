"""Doubtful marks for the staff: one at a time, by keys or by buttons."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.examinations.queries import get_examination
from app.exams.listing import asked
from app.exams.readings import queries, services
from app.exams.readings.forms import CompareForm, DecideForm
from app.platform import clock, storage
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("readings", __name__)


@bp.get("/staff/examinations/<id('exm'):examination_id>/readings")
@requires("exams.readings.show")
def show(examination_id: str) -> ResponseReturnValue:
    """Show how many marks are doubtful, the readings compared, and what was decided last."""
    return _page(examination_id, CompareForm(formdata=None))


@bp.post("/staff/examinations/<id('exm'):examination_id>/readings")
@requires("exams.readings.compare")
def compare(examination_id: str) -> ResponseReturnValue:
    """Compare another reading with the imported one."""
    form = CompareForm()

    def change(session: Session) -> str:
        return services.compare_reading(
            session,
            examination_id=examination_id,
            digest=storage.current().put_stream(form.file.data.stream),
            filename=form.file.data.filename,
            actor=current_actor(),
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("The readings were compared.", "success")
        return redirect(url_for(".show", examination_id=examination_id), 303)
    return _page(examination_id, form)


@bp.get("/staff/examinations/<id('exm'):examination_id>/readings/marks")
@requires("exams.readings.decide")
def decide(examination_id: str) -> ResponseReturnValue:
    """Show the doubtful mark that comes next, or the one that was decided on last."""
    actor = current_actor()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.readings.decide")
        if asked("back"):
            mark = queries.find_last_of(session, examination_id, actor)
        else:
            mark = queries.find_next(session, examination_id, actor, after=asked("after"))
        count = queries.count_marks(session, examination_id)
    return render(form=DecideForm(formdata=None), examination=examination, mark=mark, count=count)


@bp.post("/staff/examinations/<id('exm'):examination_id>/readings/marks/<id('dbt'):mark_id>")
@requires("exams.readings.decide_one")
def decide_one(examination_id: str, mark_id: str) -> ResponseReturnValue:
    """Decide on one mark and go on to the next."""
    form = DecideForm()

    def change(session: Session) -> str:
        return services.decide_mark(
            session,
            examination_id=examination_id,
            mark_id=mark_id,
            pressed=form.answer.data,
            actor=current_actor(),
            at=clock.now(),
        ).id

    if not (form.validate_on_submit() and save(form, change)):
        flash(next(iter(form.errors.values()))[0], "error")
    return redirect(url_for(".decide", examination_id=examination_id, after=mark_id), 303)


def _page(examination_id: str, form: CompareForm) -> ResponseReturnValue:
    actor = current_actor()
    with reading() as session:
        return render(
            form=form,
            template="exams/readings/show.html",
            examination=get_examination(session, examination_id, actor, permission="exams.readings.show"),
            count=queries.count_marks(session, examination_id),
            readings=queries.list_readings(session, examination_id),
            decided=queries.list_decided(session, examination_id),
        )
