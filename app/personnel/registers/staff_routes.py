"""Files of people and of actions for the staff: a dry run first, then every row or none."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

from app.accounts.queries import list_agencies_for
from app.personnel.registers import files, intake
from app.personnel.registers.forms import ConfirmForm, FileForm
from app.personnel.registers.intake import Verdict
from app.platform import clock, storage, uploads
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, Invalid, NotFound
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import render

bp = Blueprint("registers", __name__)
ENTER = "personnel.registers.enter"
navigation.add("Files of people", ENTER, area="staff", order=13)


class _Undone(Exception):
    """Undoes what a dry run did, and carries what it found."""

    def __init__(self, verdicts: list[Verdict]) -> None:
        super().__init__()
        self.verdicts = verdicts


@bp.route("/staff/registers", methods=["GET", "POST"])
@requires("personnel.registers.enter")
def enter() -> ResponseReturnValue:
    """Look into a file: what each row would do, or what is wrong with it. Nothing is kept yet."""
    actor, form = current_actor(), FileForm()
    with reading() as session:
        agencies = list_agencies_for(session, actor, ENTER)
    form.offer(named(agencies))
    context: dict[str, Any] = {"columns": intake.COLUMNS, "needed": intake.NEEDED}
    if not form.validate_on_submit():
        return render(form=form, verdicts=None, **context)
    content, kind, agency_id = form.file.data.stream.read(), form.kind.data, form.agency_id.data
    try:
        verdicts = _run(kind, agency_id, content, is_dry=True)
    except (Invalid, Conflict) as error:
        form.add_errors(error if isinstance(error, Invalid) else Invalid(error.message))
        return render(form=form, verdicts=None, **context)
    if any(verdict.fault for verdict in verdicts):
        form.add_errors(Invalid(file="The file has faults. Nothing was taken in"))
        return render(form=form, verdicts=verdicts, **context)
    ticket = _seal().dumps([uploads.keep(content), kind, agency_id])
    confirm = ConfirmForm(formdata=None, data={"ticket": ticket})
    return render(form=confirm, verdicts=verdicts, kind=kind, template="personnel/registers/apply.html")


@bp.post("/staff/registers/apply")
@requires("personnel.registers.apply")
def apply() -> ResponseReturnValue:
    """Take in every row of a file that was looked at; none when something has changed meanwhile."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return render(form=form, verdicts=[], kind="")
    try:
        digest, kind, agency_id = _seal().loads(form.ticket.data)
        content = storage.current().get(digest)
    except (BadData, ValueError) as error:
        raise NotFound("This file was not looked at by you. Choose it again.") from error
    try:
        verdicts = _run(kind, agency_id, content, is_dry=False)
    except (Invalid, Conflict) as error:
        form.add_errors(Invalid(error.message))
        return render(form=form, verdicts=[], kind=kind)
    if any(verdict.fault for verdict in verdicts):
        form.add_errors(Invalid("Something has changed since the file was looked at. Nothing was taken in."))
        return render(form=form, verdicts=verdicts, kind=kind)
    flash(f"Every row was taken in: {len(verdicts)}.", "success")
    to = "personnel.employees.list_staff" if kind == "people" else "personnel.actions.list_staff"
    return redirect(url_for(to), 303)


def _run(kind: str, agency_id: str, content: bytes, *, is_dry: bool) -> list[Verdict]:
    """Take in a file, and undo it when it is a dry run or a row is wrong."""
    rows = files.read(content, intake.COLUMNS[kind], intake.NEEDED[kind])
    try:
        with transaction() as session:
            verdicts = intake.take_in(
                session, kind=kind, agency_id=agency_id, rows=rows, actor=current_actor(), at=clock.now()
            )
            if is_dry or any(verdict.fault for verdict in verdicts):
                raise _Undone(verdicts)
    except _Undone as undone:
        return undone.verdicts
    return verdicts


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=f"register:{current_actor().id}")
