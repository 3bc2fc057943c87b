"""A person's own leaving: asking for it, taking it back, what is to be cleared, what one says."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import desk
from app.personnel.employees.models import Employee
from app.personnel.separations import clearing, queries, rules, services
from app.personnel.separations.forms import InterviewForm, RequestForm
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.locales import write_date
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("separations", __name__)
ONE = "/my/separation/<id('sep'):separation_id>"


def told(session: Session, employee: Employee) -> str:
    """Say in a line whether somebody leaves."""
    found = queries.find_live(session, employee.id)
    return f"{found.kind.title}, last day {write_date(found.last_day)}." if found else ""


desk.add_own("Leaving service", "personnel.separations.own", order=90, told=told)


@bp.get("/my/separation")
@signed_in
def own() -> ResponseReturnValue:
    """Show what one asked for, and how far the clearance has come."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        rows = queries.list_own(session, employee.id)
        regime = queries.regime_of(session, employee.agency_id)
        answered = {row.id for row in rows if queries.find_interview(session, row.id)}
    free = {row.id for row in rows if rules.may_take_back(regime, row.state)}
    return render(employee=employee, rows=rows, regime=regime, answered=answered, free=free)


@bp.route("/my/separation/new", methods=["GET", "POST"])
@signed_in
def request_own() -> ResponseReturnValue:
    """Resign, or ask to retire."""
    actor, form = current_actor(), RequestForm()
    with reading() as session:
        employee = get_own(session, actor.id)
        regime = queries.regime_of(session, employee.agency_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.request_own(session, wanted=form.wanted(), actor=actor, at=clock.now()).id,
    ):
        flash("Handed in. The office answers by mail.", "success")
        return redirect(url_for(".own"), 303)
    return render(form=form, regime=regime)


@bp.post(f"{ONE}/take-back")
@signed_in
def take_back(separation_id: str) -> ResponseReturnValue:
    """Take one's request back, or ask for it."""
    return act(
        lambda session: services.take_back(
            session, separation_id=separation_id, actor=current_actor(), at=clock.now()
        ),
        done="Done. See below whether the office has to agree.",
        then=url_for(".own"),
    )


@bp.route(f"{ONE}/interview", methods=["GET", "POST"])
@signed_in
def answer(separation_id: str) -> ResponseReturnValue:
    """Answer the questions of one's own leaving."""
    actor, form = current_actor(), InterviewForm()
    with reading() as session:
        separation = queries.get_own(session, separation_id, get_own(session, actor.id).id)
        if queries.find_interview(session, separation_id) is not None:
            raise NotFound("You have answered already. Thank you.")
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            clearing.answer_interview(
                session,
                separation_id=separation_id,
                answers=form.answers(),
                comment=form.comment.data,
                actor=actor,
                at=clock.now(),
            ).separation_id
        ),
    ):
        flash("Thank you. Nobody is told who said what.", "success")
        return redirect(url_for(".own"), 303)
    return render(form=form, separation=separation)
