"""Leaving service for the office: deciding, clearing, finishing, and what people say when they leave."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk, history
from app.personnel.employees.queries import get_employee
from app.personnel.separations import clearing, papers, queries, rules, services
from app.personnel.separations.forms import AnswerForm, DecideForm, RecordForm, StateFilter, WaiveForm
from app.personnel.separations.leave_table import hours
from app.personnel.separations.routes import bp, told
from app.personnel.separations.states import SeparationState
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

ONE = "/staff/separations/<id('sep'):separation_id>"
# Nobody is told who answered the questions, or when.
ANSWERED = "personnel.separations.answer"
navigation.add("Separations", "personnel.separations.list_staff", area="staff", order=19)
desk.add_record("Record a separation", "personnel.separations.create", order=90, told=told)


@bp.get("/staff/separations")
@requires("personnel.separations.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the separations of the actor's agencies, the latest last day first."""
    filters = StateFilter()
    state = SeparationState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_staff(session, current_actor(), state, cursor=listing.read_cursor())
    return render(rows=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.separations.show")
def show(separation_id: str) -> ResponseReturnValue:
    """Show a separation, what is cleared and what was done."""
    with reading() as session:
        separation = queries.get_separation(session, separation_id, current_actor())
        regime = queries.regime_of(session, separation.agency_id)
        lines = papers.map_leave_left(session, [separation])[separation_id]
        mine = queries.find_signable(session, separation_id, current_actor())
        signers = queries.map_signers(session, separation)
        events = [
            event for event in history.list_history(session, [separation_id]) if event.action != ANSWERED
        ]
    asked_on = clock.local_date(separation.requested_at, separation.agency.time_zone)
    return render(
        separation=separation,
        regime=regime,
        mine=mine,
        lines=lines,
        hours=hours,
        signers=signers,
        is_short=rules.is_short_notice(regime, separation.kind, separation.last_day, asked_on),
        today=clock.local_date(clock.now(), separation.agency.time_zone),
        timeline=history.timeline(events, separation.agency.time_zone),
    )


@bp.get("/staff/separations/leave")
@requires("personnel.separations.list_leave")
def list_leave() -> ResponseReturnValue:
    """List the leave left by who has left, for the last pay."""
    with reading() as session:
        page = queries.list_left(session, current_actor(), cursor=listing.read_cursor())
        lines = papers.map_leave_left(session, page.rows)
    return render(rows=page.rows, lines=lines, hours=hours, pages=listing.addresses(page))


@bp.route("/staff/employees/<id('emp'):employee_id>/separation/new", methods=["GET", "POST"])
@requires("personnel.separations.create")
def create(employee_id: str) -> ResponseReturnValue:
    """Record why somebody leaves."""
    actor, form = current_actor(), RecordForm()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, services.RECORD)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.record_separation(
                session, employee_id=employee_id, wanted=form.wanted(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Recorded. Somebody else decides.", "success")
        return redirect(url_for(".show", separation_id=form.saved), 303)
    return render(form=form, employee=employee)


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.separations.decide")
def decide(separation_id: str) -> ResponseReturnValue:
    """Accept a separation, or refuse it."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        separation = queries.get_separation(session, separation_id, actor)
        regime = queries.regime_of(session, separation.agency_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_separation(
            session,
            separation_id=separation_id,
            accepts=form.decision.data == "accept",
            reason=form.reason.data,
            evidence=form.evidence.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided. The person is told by mail.", "success")
        return redirect(url_for(".show", separation_id=separation_id), 303)
    return render(form=form, separation=separation, regime=regime)


@bp.route(f"{ONE}/taking-back", methods=["GET", "POST"])
@requires("personnel.separations.answer_taking_back")
def answer_taking_back(separation_id: str) -> ResponseReturnValue:
    """Agree that a request is taken back, or decline."""
    actor, form = current_actor(), AnswerForm()
    with reading() as session:
        separation = queries.get_separation(session, separation_id, actor)
        regime = queries.regime_of(session, separation.agency_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.answer_taking_back(
            session,
            separation_id=separation_id,
            agrees=form.decision.data == "agree",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Answered. The person is told by mail.", "success")
        return redirect(url_for(".show", separation_id=separation_id), 303)
    return render(form=form, separation=separation, regime=regime)


@bp.route(f"{ONE}/steps/<id('cli'):item_id>/waive", methods=["GET", "POST"])
@requires("personnel.separations.waive")
def waive(separation_id: str, item_id: str) -> ResponseReturnValue:
    """Waive a step with the reason."""
    actor, form = current_actor(), WaiveForm()
    with reading() as session:
        separation = queries.get_separation(session, separation_id, actor)
    item = queries.get_item(separation, item_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: clearing.waive_item(
            session,
            separation_id=separation_id,
            item_id=item_id,
            note=form.note.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Waived.", "success")
        return redirect(url_for(".show", separation_id=separation_id), 303)
    return render(form=form, separation=separation, item=item)


@bp.post(f"{ONE}/finish")
@requires("personnel.separations.finish")
def finish(separation_id: str) -> ResponseReturnValue:
    """Close the file once all is cleared."""
    return act(
        lambda session: clearing.finish(
            session, separation_id=separation_id, actor=current_actor(), at=clock.now()
        ),
        done="Finished.",
        then=url_for(".show", separation_id=separation_id),
    )
