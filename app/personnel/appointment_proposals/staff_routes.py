"""Proposals of appointments for the staff: making one, the list, and the decision of somebody else."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import history
from app.personnel.appointment_proposals import forms, queries, rules, services
from app.personnel.appointment_proposals.states import ProposalState
from app.personnel.appointments.queries import get_appointment
from app.personnel.positions.queries import get_position
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("appointment_proposals", __name__)
ONE = "/staff/appointment-proposals/<id('atp'):proposal_id>"
navigation.add("Proposed appointments", "personnel.appointment_proposals.list_staff", area="staff", order=14)


@bp.get("/staff/appointment-proposals")
@requires("personnel.appointment_proposals.list_staff")
def list_staff() -> ResponseReturnValue:
    """List what is proposed about appointments, the newest first."""
    filters = forms.ProposalFilterForm()
    state = ProposalState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_proposals(session, current_actor(), state, cursor=listing.read_cursor())
    return render(rows=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.appointment_proposals.show")
def show(proposal_id: str) -> ResponseReturnValue:
    """Show a proposal, and what was decided."""
    with reading() as session:
        proposal = queries.get_proposal(session, proposal_id, current_actor())
        events = history.list_history(session, [proposal_id])
    return render(proposal=proposal, timeline=history.timeline(events, proposal.agency.time_zone))


@bp.route("/staff/positions/<id('pos'):position_id>/propose-appointment", methods=["GET", "POST"])
@requires("personnel.appointment_proposals.propose")
def propose(position_id: str) -> ResponseReturnValue:
    """Propose somebody for a position without a certificate, provisionally or for a time."""
    actor, form = current_actor(), forms.ProposeForm()
    with reading() as session:
        position = get_position(session, position_id, actor)
    actor.demand("personnel.appointment_proposals.propose", position.agency_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.propose_appointment(
                session, position_id=position_id, wanted=form.wanted(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Proposed. Somebody else decides.", "success")
        return redirect(url_for(".show", proposal_id=form.saved), 303)
    return render(form=form, position=position)


@bp.route("/staff/appointments/<id('apt'):appointment_id>/take-back", methods=["GET", "POST"])
@requires("personnel.appointment_proposals.take_back")
def take_back(appointment_id: str) -> ResponseReturnValue:
    """Propose to take back an appointment that the person never took up."""
    actor, form = current_actor(), forms.TakeBackForm()
    with reading() as session:
        appointment = get_appointment(session, appointment_id, actor)
    actor.demand("personnel.appointment_proposals.take_back", appointment.agency_id)
    today = clock.local_date(clock.now(), appointment.agency.time_zone)
    rules.check_not_taken_up(appointment.starts_on, appointment.entered_on, today)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.propose_taking_back(
                session,
                appointment_id=appointment_id,
                reason=form.reason.data,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Proposed. Somebody else decides.", "success")
        return redirect(url_for(".show", proposal_id=form.saved), 303)
    return render(form=form, appointment=appointment)


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.appointment_proposals.decide")
def decide(proposal_id: str) -> ResponseReturnValue:
    """Approve or refuse a proposal."""
    actor, form = current_actor(), forms.DecideForm()
    with reading() as session:
        proposal = queries.get_proposal(session, proposal_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_proposal(
            session,
            proposal_id=proposal_id,
            approves=form.decision.data == "approve",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", proposal_id=proposal_id), 303)
    return render(form=form, proposal=proposal)


@bp.post(f"{ONE}/withdraw")
@requires("personnel.appointment_proposals.withdraw")
def withdraw(proposal_id: str) -> ResponseReturnValue:
    """Withdraw one's own proposal."""
    return act(
        lambda session: services.withdraw_proposal(
            session, proposal_id=proposal_id, actor=current_actor(), at=clock.now()
        ),
        done="Proposal withdrawn.",
        then=url_for(".show", proposal_id=proposal_id),
    )
