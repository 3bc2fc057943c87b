"""Appeals for the office."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.appeals import queries, services
from app.exams.appeals.forms import AppealFilter, DecideForm
from app.exams.appeals.routes import bp
from app.exams.appeals.states import AppealState
from app.exams.history import load_timeline
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

navigation.add("Appeals", "exams.appeals.list_staff", area="staff", order=66)


@bp.get("/staff/appeals")
@requires("exams.appeals.list_staff")
def list_staff() -> ResponseReturnValue:
    """List appeals, who waits longest first."""
    filters = AppealFilter()
    chosen = filters.state.data
    with reading() as session:
        page = queries.list_staff(
            session,
            current_actor(),
            state=AppealState(chosen) if chosen else None,
            cursor=listing.read_cursor(),
        )
    return render(appeals=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get("/staff/appeals/<id('apl'):appeal_id>")
@requires("exams.appeals.show")
def show(appeal_id: str) -> ResponseReturnValue:
    """Show an appeal and what it is against."""
    with reading() as session:
        appeal = queries.get_appeal(session, appeal_id, current_actor())
        events = load_timeline(session, appeal_id, appeal.agency.time_zone)
    return render(appeal=appeal, events=events)


@bp.route("/staff/appeals/<id('apl'):appeal_id>/decide", methods=["GET", "POST"])
@requires("exams.appeals.decide")
def decide(appeal_id: str) -> ResponseReturnValue:
    """Uphold or dismiss an appeal, with reasons."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        appeal = queries.get_appeal(session, appeal_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_appeal(
            session,
            appeal_id=appeal_id,
            is_upheld=form.outcome.data == "upheld",
            decision=form.decision.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("The appeal is decided. The applicant is told by mail.", "success")
        return redirect(url_for(".show", appeal_id=appeal_id), 303)
    return render(form=form, appeal=appeal)
