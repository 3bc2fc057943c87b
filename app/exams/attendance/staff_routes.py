"""Checking in at the door, and marking by list."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.exams.admit_cards import codes
from app.exams.attendance import queries, rules, services
from app.exams.attendance.forms import LateForm, RollForm, ScanForm
from app.exams.attendance.queries import Row
from app.exams.attendance.rules import Wanted
from app.exams.attendance.states import Way
from app.exams.examinations.queries import get_examination
from app.exams.examinations.states import Attendance
from app.exams.photographs.queries import load_digests
from app.exams.sessions.queries import get_session, has_sessions
from app.platform import clock
from app.platform.db import reading
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("attendance", __name__)
navigation.add("Check-in", "exams.attendance.scan", area="staff", order=42)
PERMISSION = "exams.attendance.check_in"


@bp.route("/staff/check-in", methods=["GET", "POST"])
@requires("exams.attendance.scan")
def scan() -> ResponseReturnValue:
    """Take a code from a scanner and mark the candidate present at once; the field waits for the next."""
    form = ScanForm()
    row, known = None, None
    if form.validate_on_submit():
        known = codes.read(form.code.data)
        row = _find(known)
        if row is None:
            form.code.errors = ["This is not a code of ours, or not a candidate of your agencies."]
        elif save(form, lambda session: _mark(session, row, known)):
            return redirect(url_for(".scan", done=row.candidate.id), 303)
    done = request.args.get("done", "") if row is None and not form.errors else ""
    return render(form=form, late=_late(form, row), **_sight(row, done))


@bp.get("/staff/check-in/<code>")
@requires("exams.attendance.check_in")
def check_in(code: str) -> ResponseReturnValue:
    """Show whose code a telephone read; a button marks the candidate."""
    row = _find(codes.read(code[:300]))
    form = ScanForm(formdata=None, code=code[:300])
    return render(form=form, code=code[:300], **_sight(row, ""))


@bp.post("/staff/check-in/late")
@requires("exams.attendance.let_in_late")
def let_in_late() -> ResponseReturnValue:
    """Let somebody in after the doors have closed, with a reason."""
    form = LateForm()
    known = codes.read(form.code.data)
    row = _find(known)
    if row is None:
        return redirect(url_for(".scan"), 303)
    if form.validate_on_submit() and save(
        form, lambda session: _mark(session, row, known, reason=form.reason.data, is_late_accepted=True)
    ):
        flash("Let in late.", "success")
        return redirect(url_for(".scan", done=row.candidate.id), 303)
    return render(form=form, **_sight(row, ""))


@bp.route("/staff/sessions/<id('shs'):session_id>/attendance", methods=["GET", "POST"])
@requires("exams.attendance.show_session")
def show_session(session_id: str) -> ResponseReturnValue:
    """Mark who came to a session, by list."""
    with reading() as session:
        found = get_session(session, session_id, current_actor(), permission="exams.attendance.show_session")
        rows = queries.list_roll(session, found.examination_id, session_id=session_id)
        latest = queries.load_latest(session, found.examination_id)
    here = url_for(".show_session", session_id=session_id)
    return _roll(found.examination, rows, latest, here, "show_session", found=found)


@bp.route("/staff/examinations/<id('exm'):examination_id>/attendance", methods=["GET", "POST"])
@requires("exams.attendance.show_unseated")
def show_unseated(examination_id: str) -> ResponseReturnValue:
    """Mark who came where everyone is in one place, or who has no seat."""
    permission = "exams.attendance.show_unseated"
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=permission)
        rows = queries.list_roll(session, examination_id)
        latest = queries.load_latest(session, examination_id)
        is_divided = has_sessions(session, examination_id)
    here = url_for(".show_unseated", examination_id=examination_id)
    return _roll(examination, rows, latest, here, "show_unseated", is_divided=is_divided)


def _roll(
    examination: Any, rows: list[Row], latest: Any, here: str, act: str, **page: Any
) -> ResponseReturnValue:
    """Show a roll, or store what was marked on it: first everyone present, then the exceptions."""
    form = RollForm()
    marks = _read_marks(rows, form)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.mark_roll(
            session,
            examination_id=examination.id,
            wanted=marks,
            way=Way.LIST,
            permission=f"exams.attendance.{act}",
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Saved.", "success")
        return redirect(here, 303)
    template = f"exams/attendance/{act}.html"
    page |= {"form": form, "rows": rows, "latest": latest, "marks": marks, "here": here}
    return render(template=template, examination=examination, states=list(Attendance), **page)


def _read_marks(rows: list[Row], form: RollForm) -> dict[str, Wanted]:
    """Read what each row was set to; "everyone" marks present who is not marked yet."""
    is_everyone = request.form.get("everyone") == "present"
    marks = {}
    for row in rows:
        given = request.form.get(row.candidate.id, "")
        if is_everyone:
            given = "present" if row.candidate.attendance is Attendance.EXPECTED else ""
        if given in rules.WORDS and len(given) > 1:
            marks[row.candidate.id] = Wanted(rules.WORDS[given], form.reason.data or "")
    return marks


def _find(known: codes.ReadCode | None) -> Row | None:
    if known is None:
        return None
    with reading() as session:
        return queries.find_row(
            session, known.examination, known.candidate, current_actor(), permission=PERMISSION
        )


def _mark(session: Any, row: Row, known: codes.ReadCode | None, **values: Any) -> str:
    way = Way.SCAN if known is not None and known.is_signed else Way.TYPED
    return services.mark(
        session,
        candidate_id=row.candidate.id,
        attendance=Attendance.PRESENT,
        way=way,
        actor=current_actor(),
        at=clock.now(),
        **values,
    ).id


def _late(form: ScanForm, row: Row | None) -> LateForm | None:
    """Offer to let somebody in late whom the doors have shut out."""
    if row is None or row.seat is None or not form.errors:
        return None
    is_late = rules.is_late(row.seat.session.shift.doors_close_at, clock.now())
    return LateForm(formdata=None, code=form.code.data) if is_late else None


def _sight(row: Row | None, done: str) -> dict[str, Any]:
    """Give who was found, or was marked just now, with whether there is a photograph."""
    with reading() as session:
        if row is None and done:
            row = queries.find_by_id(session, done, current_actor(), permission=PERMISSION)
        account_id = row.candidate.application.account_id if row else ""
        has_photograph = bool(row and load_digests(session, [account_id]))
    return {"row": row, "is_done": bool(done and row), "has_photograph": has_photograph}
