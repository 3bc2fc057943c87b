"""One's own flexible work: asked for, read, withdrawn and ended."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.employees.models import Employee
from app.personnel.flexible_work import queries, rules, services
from app.personnel.flexible_work.forms import EndForm, RequestForm
from app.personnel.flexible_work.states import WorkState
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("flexible_work", __name__)
ONE = "/my/flexible-work/<id('flx'):arrangement_id>"


def say_work(session: Session, employee: Employee) -> str:
    """Say what is agreed and asked for."""
    shown = (WorkState.GRANTED, WorkState.REQUESTED)
    rows = [row for row in queries.list_of_employee(session, employee.id) if row.state in shown]
    return " ".join(f"{row.kind.title}: {row.state.title.lower()}." for row in rows) or "None."


desk.add_own("Flexible work", "personnel.flexible_work.own", order=46, told=say_work)
desk.add_team("Flexible work", "personnel.flexible_work.show_team", order=46, told=say_work)


@bp.get("/my/flexible-work")
@signed_in
def own() -> ResponseReturnValue:
    """List one's own flexible work."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        rows = queries.list_of_employee(session, employee.id)
    return render(employee=employee, rows=rows)


@bp.route("/my/flexible-work/request", methods=["GET", "POST"])
@signed_in
def request_work() -> ResponseReturnValue:
    """Ask for flexible work."""
    actor, form = current_actor(), RequestForm()
    with reading() as session:
        employee = get_own(session, actor.id)
        weekly = queries.find_weekly_minutes(session, employee.id, clock.now().date())
    if form.validate_on_submit() and save(
        form,
        lambda session: services.request_work(session, wish=form.wish(), actor=actor, at=clock.now()).id,
    ):
        flash("Asked for. Your supervisor decides, and you are told by mail.", "success")
        return redirect(url_for(".show_own", arrangement_id=form.saved), 303)
    return render(form=form, weekly=rules.told(weekly))


@bp.get(ONE)
@signed_in
def show_own(arrangement_id: str) -> ResponseReturnValue:
    """Show one's own request or agreement."""
    with reading() as session:
        row = queries.get_own(session, arrangement_id, current_actor().id)
    law = rules.RULEBOOKS[row.rulebook].laws[row.kind]
    return render(row=row, law=law, lines=rules.Pattern.of(row.pattern).lines(), told=rules.told)


@bp.post(f"{ONE}/withdraw")
@signed_in
def withdraw(arrangement_id: str) -> ResponseReturnValue:
    """Take a request back."""
    return act(
        lambda session: services.withdraw_request(
            session, arrangement_id=arrangement_id, actor=current_actor(), at=clock.now()
        ),
        done="Withdrawn.",
        then=url_for(".own"),
    )


@bp.route(f"{ONE}/end", methods=["GET", "POST"])
@signed_in
def end(arrangement_id: str) -> ResponseReturnValue:
    """End one's own agreement."""
    actor, form = current_actor(), EndForm()
    with reading() as session:
        row = queries.get_own(session, arrangement_id, actor.id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.end_work(
            session, arrangement_id=arrangement_id, ended_on=form.data["ended_on"],
            reason=form.reason.data, actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("The agreement ends.", "success")
        return redirect(url_for(".show_own", arrangement_id=arrangement_id), 303)
    return render(form=form, row=row, back=url_for(".show_own", arrangement_id=arrangement_id))
