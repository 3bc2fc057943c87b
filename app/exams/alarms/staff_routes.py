"""Alarms for the staff: what looks wrong, what shows it, and who cleared it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.alarms import queries, rules, services
from app.exams.alarms.forms import ClearForm
from app.exams.alarms.models import Alarm
from app.exams.examinations.queries import get_examination
from app.platform import clock
from app.platform.db import reading
from app.web import plots
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("alarms", __name__)


@bp.get("/staff/examinations/<id('exm'):examination_id>/alarms")
@requires("exams.alarms.list_staff")
def list_staff(examination_id: str) -> ResponseReturnValue:
    """List the alarms of an examination."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.alarms.list_staff"
        )
        alarms = queries.list_alarms(session, examination_id)
        run = queries.find_run(session, examination_id)
        stale = queries.is_stale(session, examination_id)
    return render(examination=examination, alarms=alarms, run=run, stale=stale, titles=rules.TITLES)


@bp.post("/staff/examinations/<id('exm'):examination_id>/alarms/examine")
@requires("exams.alarms.examine")
def examine(examination_id: str) -> ResponseReturnValue:
    """Look for alarms at once."""

    def change(session: Session) -> None:
        services.examine(session, examination_id=examination_id, actor=current_actor(), at=clock.now())

    then = url_for(".list_staff", examination_id=examination_id)
    return act(change, done="The answers were looked at.", then=then)


@bp.get("/staff/alarms/<id('alm'):alarm_id>")
@requires("exams.alarms.show")
def show(alarm_id: str) -> ResponseReturnValue:
    """Show an alarm with what raised it."""
    return render(form=ClearForm(), **_sight(alarm_id, "exams.alarms.show"))


@bp.post("/staff/alarms/<id('alm'):alarm_id>")
@requires("exams.alarms.clear")
def clear(alarm_id: str) -> ResponseReturnValue:
    """Clear an alarm."""
    form = ClearForm()

    def change(session: Session) -> str:
        return services.clear_alarm(
            session, alarm_id=alarm_id, reason=form.reason.data, actor=current_actor(), at=clock.now()
        ).id

    sight = _sight(alarm_id, "exams.alarms.clear")
    if form.validate_on_submit() and save(form, change):
        flash("Alarm cleared.", "success")
        then = url_for(".list_staff", examination_id=sight["examination"].id)
        return redirect(then, 303)
    return render(form=form, template="exams/alarms/show.html", **sight)


def _sight(alarm_id: str, permission: str) -> dict[str, Any]:
    with reading() as session:
        alarm, examination = queries.get_alarm(session, alarm_id, current_actor(), permission=permission)
    return {
        "alarm": alarm,
        "examination": examination,
        "title": rules.TITLES[alarm.kind],
        "picture": _picture(alarm),
    }


def _picture(alarm: Alarm) -> plots.Plot | None:
    """Draw the groups of an examination, the one that is out of line marked; None for other alarms."""
    points = alarm.evidence.get("points")
    if not points:
        return None
    marked = alarm.evidence["marked"]
    return plots.scatter(
        f"Where {marked} stands among the others",
        [plots.Point(name, size, value, is_marked=name == marked) for size, value, name in points],
        x=plots.Axis("People", is_whole=True),
        y=plots.Axis(str(alarm.evidence["axis"]), places=2),
        label_heading="Group",
    )
