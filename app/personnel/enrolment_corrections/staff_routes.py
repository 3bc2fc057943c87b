"""Corrections of enrolments for the office: one officer proposes, another decides."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.benefit_plans.queries import list_offers
from app.personnel.benefit_plans.rules import period_of
from app.personnel.benefit_plans.states import BenefitKind
from app.personnel.employees.queries import get_employee
from app.personnel.enrolment_corrections import queries, services
from app.personnel.enrolment_corrections.forms import CorrectionForm, DecideForm
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("enrolment_corrections", __name__)
ONE = "/staff/enrolment-corrections/<id('ecn'):correction_id>"
navigation.add("Enrolment corrections", "personnel.enrolment_corrections.list_staff", area="staff", order=18)


@bp.get("/staff/enrolment-corrections")
@requires("personnel.enrolment_corrections.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the corrections of the actor's agencies, the newest first."""
    with reading() as session:
        page = queries.list_staff(session, current_actor(), cursor=listing.read_cursor())
    return render(rows=page.rows, pages=listing.addresses(page))


@bp.route("/staff/employees/<id('emp'):employee_id>/benefits/correct", methods=["GET", "POST"])
@requires("personnel.enrolment_corrections.create")
def create(employee_id: str) -> ResponseReturnValue:
    """Propose that an enrolment be another one."""
    actor, form = current_actor(), CorrectionForm()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, services.PROPOSE)
        today = clock.local_date(clock.now(), employee.agency.time_zone)
        offers = {kind: list_offers(session, employee.agency_id, kind, today) for kind in BenefitKind}
    form.offer({kind: found for kind, found in offers.items() if found})
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.propose_correction(
                session, employee_id=employee_id, wanted=form.wanted(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Correction proposed. Somebody else decides.", "success")
        return redirect(url_for(".show", correction_id=form.saved), 303)
    return render(form=form, employee=employee, period_on=period_of(today))


@bp.get(ONE)
@requires("personnel.enrolment_corrections.show")
def show(correction_id: str) -> ResponseReturnValue:
    """Show a correction and what was decided."""
    with reading() as session:
        correction = queries.get_correction(session, correction_id, current_actor())
    return render(correction=correction)


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.enrolment_corrections.decide")
def decide(correction_id: str) -> ResponseReturnValue:
    """Decide on a correction."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        correction = queries.get_correction(session, correction_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_correction(
            session,
            correction_id=correction_id,
            approves=form.decision.data == "approve",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", correction_id=correction_id), 303)
    return render(form=form, correction=correction)
