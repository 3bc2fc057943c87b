"""Attendance from a file: looked at first, stored when that is confirmed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams import tickets
from app.exams.attendance import queries, rules, services
from app.exams.attendance.forms import ConfirmForm, ImportForm
from app.exams.attendance.staff_routes import bp
from app.exams.attendance.states import Way
from app.exams.examinations.models import Examination
from app.exams.examinations.queries import get_examination
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Invalid
from app.web.access import current_actor, requires
from app.web.pages import render, save

EXAM = "/staff/examinations/<id('exm'):examination_id>/attendance/import"
PURPOSE = "attendance"


@bp.route(EXAM, methods=["GET", "POST"])
@requires("exams.attendance.import_file")
def import_file(examination_id: str) -> ResponseReturnValue:
    """Look at a file of attendance; nothing is stored."""
    form, found = ImportForm(), None
    examination, numbers = _load(examination_id, "exams.attendance.import_file")
    if form.validate_on_submit():
        content = form.file.data.read()
        wanted, found = rules.read_file(content, numbers)
        if not found.problem_count:
            confirming = ConfirmForm(formdata=None, ticket=tickets.write(PURPOSE, examination_id, content))
            return _ask(confirming, examination, wanted, len(numbers))
    columns = (*rules.COLUMNS, *rules.OPTIONS)
    page, _ = render(form=form, examination=examination, found=found, columns=columns)
    return page, 422 if form.errors or found else 200


@bp.post(f"{EXAM}/store")
@requires("exams.attendance.store_file")
def store_file(examination_id: str) -> ResponseReturnValue:
    """Store the file that was looked at."""
    form = ConfirmForm()
    examination, numbers = _load(examination_id, "exams.attendance.store_file")
    checked, content = tickets.read(PURPOSE, form.ticket.data)
    wanted, found = rules.read_file(content, numbers)
    if checked != examination_id or found.problem_count:
        raise Invalid("Check the file once more: it was checked for another examination.")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.mark_roll(
            session,
            examination_id=examination_id,
            wanted={numbers[number]: one for number, one in wanted.items()},
            way=Way.FILE,
            permission="exams.attendance.store_file",
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash(f"{form.saved} marks stored.", "success")
        return redirect(url_for("exams.completeness.show", examination_id=examination_id), 303)
    return _ask(form, examination, wanted, len(numbers))


def _load(examination_id: str, permission: str) -> tuple[Examination, dict[str, str]]:
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=permission)
        return examination, queries.load_numbers(session, examination_id)


def _ask(
    form: ConfirmForm, examination: Examination, wanted: dict[str, Any], people: int
) -> ResponseReturnValue:
    counts = Counter(one.attendance.value for one in wanted.values())
    template = "exams/attendance/confirm.html"
    return render(form=form, template=template, examination=examination, counts=counts, people=people)
