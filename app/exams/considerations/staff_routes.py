"""Considerations for the staff: the list, proposing one, deciding on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams import history
from app.exams.considerations import queries, services
from app.exams.considerations.forms import ConsiderationFilter, DecideForm, ProposeForm
from app.exams.considerations.states import ConsiderationState
from app.exams.listing import asked
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("considerations", __name__)
ONE = "/staff/considerations/<id('pcn'):consideration_id>"
navigation.add("Priority considerations", "exams.considerations.list_staff", area="staff", order=62)


@bp.get("/staff/considerations")
@requires("exams.considerations.list_staff")
def list_staff() -> ResponseReturnValue:
    """List what is owed to whom, the oldest first."""
    filters = ConsiderationFilter()
    state = ConsiderationState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_staff(session, current_actor(), state=state, cursor=listing.read_cursor())
    return render(considerations=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get(ONE)
@requires("exams.considerations.show")
def show(consideration_id: str) -> ResponseReturnValue:
    """Show what is owed, why, and what came of it."""
    with reading() as session:
        found = queries.get_consideration(session, consideration_id, current_actor())
        timeline = history.load_timeline(session, consideration_id, found.agency.time_zone)
    return render(consideration=found, timeline=timeline)


@bp.route("/staff/applications/<id('app'):application_id>/consideration", methods=["GET", "POST"])
@requires("exams.considerations.propose")
def propose(application_id: str) -> ResponseReturnValue:
    """Propose that a person is considered first for the next vacancy."""
    actor, form = current_actor(), ProposeForm()
    with reading() as session:
        application = queries.get_application(session, application_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.propose_consideration(
                session,
                application_id=application_id,
                reason=form.reason.data,
                source=asked("source") or None,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Proposed. A second HR officer has to decide.", "success")
        return redirect(url_for(".show", consideration_id=form.saved), 303)
    return render(form=form, application=application)


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("exams.considerations.decide")
def decide(consideration_id: str) -> ResponseReturnValue:
    """Grant or refuse a proposed consideration."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        found = queries.get_consideration(session, consideration_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_consideration(
            session,
            consideration_id=consideration_id,
            is_granted=form.decision.data == "grant",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decision recorded.", "success")
        return redirect(url_for(".show", consideration_id=consideration_id), 303)
    return render(form=form, consideration=found)
