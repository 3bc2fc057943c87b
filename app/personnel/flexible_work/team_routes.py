"""Flexible work of the people whom somebody leads: decided, looked at together and ended."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.flexible_work import queries, rules, services
from app.personnel.flexible_work.forms import DecideForm, EndForm, RenewForm
from app.personnel.flexible_work.routes import bp
from app.personnel.team.queries import get_member
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

__all__ = ["bp"]
ONE = "/my/team/flexible-work/<id('flx'):arrangement_id>"


@bp.get("/my/team/<id('emp'):employee_id>/flexible-work")
@signed_in
def show_team(employee_id: str) -> ResponseReturnValue:
    """List the flexible work of somebody of the team."""
    with reading() as session:
        employee = get_member(session, employee_id, current_actor())
        rows = queries.list_of_employee(session, employee.id)
    return render(employee=employee, rows=rows)


@bp.route(ONE, methods=["GET", "POST"])
@signed_in
def decide(arrangement_id: str) -> ResponseReturnValue:
    """Read a request, and agree or refuse by the criteria of the law."""
    actor = current_actor()
    with reading() as session:
        row = queries.get_led(session, arrangement_id, actor)
        may_decide = queries.may_decide(session, row, actor) and row.requested_by != actor.id
    law = rules.RULEBOOKS[row.rulebook].laws[row.kind]
    form = DecideForm(law=law)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_request(
            session, arrangement_id=arrangement_id, grants=form.decision.data == "grant",
            met=form.met.data, reason=form.reason.data, review_on=form.review_on.data, actor=actor,
            at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("Decided. The person is told.", "success")
        return redirect(url_for(".decide", arrangement_id=arrangement_id), 303)
    lines = rules.Pattern.of(row.pattern).lines()
    return render(form=form, row=row, law=law, lines=lines, told=rules.told, may_decide=may_decide)


@bp.route(f"{ONE}/renew", methods=["GET", "POST"])
@signed_in
def renew(arrangement_id: str) -> ResponseReturnValue:
    """Note that an agreement was looked at and goes on."""
    actor, form = current_actor(), RenewForm()
    with reading() as session:
        row = queries.get_led(session, arrangement_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.renew(
            session, arrangement_id=arrangement_id, review_on=form.data["review_on"],
            remark=form.remark.data, actor=actor, at=clock.now(),
        ),
    ):  # fmt: skip
        flash("It goes on.", "success")
        return redirect(url_for(".decide", arrangement_id=arrangement_id), 303)
    return render(form=form, row=row)


@bp.route(f"{ONE}/end", methods=["GET", "POST"])
@signed_in
def end_led(arrangement_id: str) -> ResponseReturnValue:
    """End the agreement of somebody of the team."""
    actor, form = current_actor(), EndForm()
    with reading() as session:
        row = queries.get_led(session, arrangement_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.end_work(
            session, arrangement_id=arrangement_id, ended_on=form.data["ended_on"],
            reason=form.reason.data, actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("The agreement ends. The person is told.", "success")
        return redirect(url_for(".decide", arrangement_id=arrangement_id), 303)
    return render(form=form, row=row, back=url_for(".decide", arrangement_id=arrangement_id))
