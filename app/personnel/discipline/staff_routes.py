"""Disciplinary cases for those who may see them: the list, one case, its draft, proposal and withdrawal."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency, list_agencies_for
from app.personnel import letters
from app.personnel.allegations.queries import list_ever_named
from app.personnel.discipline import queries, rules, services, sight, visibility
from app.personnel.discipline.forms import (
    CaseFilterForm,
    ChargeForm,
    EditCaseForm,
    OpenCaseForm,
    ProposeForm,
    RegimeForm,
    RemoveChargeForm,
    WithdrawForm,
)
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.regimes import REGIMES, Regime
from app.personnel.discipline.states import Action, CaseState, DutyStatus, Stage
from app.platform import clock
from app.platform.db import reading, transaction
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("discipline", __name__)
navigation.add("Disciplinary cases", "personnel.discipline.list_staff", area="staff", order=16)


@bp.get("/staff/cases")
@requires("personnel.discipline.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the cases that the officer may see, the newest first."""
    actor, filters = current_actor(), CaseFilterForm()
    order = listing.read_order(queries.ORDERS, "opened", is_descending=True)
    wanted = queries.Wanted(
        action=Action(filters.action.data) if filters.action.data else None,
        state=CaseState(filters.state.data) if filters.state.data else None,
        text=filters.text.data or "",
        stage=Stage(filters.stage.data) if filters.stage.data else None,
        today=clock.now().date(),
    )
    with reading() as session:
        page = queries.list_cases(
            session,
            actor,
            wanted,
            order=order.key,
            is_descending=order.is_descending,
            cursor=listing.read_cursor(),
        )
        total = queries.count_cases(session, actor, wanted)
        agencies = list_agencies_for(session, actor, "personnel.discipline.set_regime")
    return render(
        agencies=agencies, filters=filters, page=page, total=total, order=order, pages=listing.addresses(page)
    )


@bp.get("/staff/cases/<id('dsc'):case_id>")
@requires("personnel.discipline.show")
def show(case_id: str) -> ResponseReturnValue:
    """Show a case, its clock, and what was done with it; that it was opened is recorded."""
    actor, at = current_actor(), clock.now()
    with transaction() as session:
        case = queries.get_case(session, case_id, actor)
        services.record_view(session, case=case, actor=actor, at=at)
    with reading() as session:
        case = queries.get_case(session, case_id, actor)
        return render(**sight.office(session, case, actor, at))


@bp.route("/staff/agencies/<id('agy'):agency_id>/discipline-rule", methods=["GET", "POST"])
@requires("personnel.discipline.set_regime")
def set_regime(agency_id: str) -> ResponseReturnValue:
    """Say under which rulebook an agency opens cases."""
    actor = current_actor()
    actor.demand("personnel.discipline.set_regime", agency_id)
    with reading() as session:
        agency = get_agency(session, agency_id)
        regime = queries.regime_of(session, agency_id)
    form = RegimeForm(data={"name": regime.name})
    if form.validate_on_submit() and save(
        form,
        lambda session: services.set_regime(
            session, agency_id=agency_id, name=form.name.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The rulebook is kept. Open cases keep theirs.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form, agency=agency, regimes=REGIMES.values())


@bp.route("/staff/employees/<id('emp'):employee_id>/cases/new", endpoint="open", methods=["GET", "POST"])
@requires("personnel.discipline.open")
def open_case(employee_id: str) -> ResponseReturnValue:
    """Open a draft case about an employee."""
    actor, form = current_actor(), OpenCaseForm()
    with reading() as session:
        employee = visibility.get_employee_to_open(session, employee_id, actor)
        officials = queries.list_officials(session, employee.agency_id)
        regime = queries.regime_of(session, employee.agency_id)
    form.offer([official for official in officials if official[0] != actor.id], regime)

    def act(session: Session) -> str:
        return services.open_case(
            session, employee_id=employee_id, draft=read_draft(form, regime), actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, act):
        flash("Draft opened. Add the charges.", "success")
        return redirect(url_for(".show", case_id=form.saved), 303)
    return render(form=form, employee=employee)


@bp.route("/staff/cases/<id('dsc'):case_id>/edit", methods=["GET", "POST"])
@requires("personnel.discipline.edit")
def edit(case_id: str) -> ResponseReturnValue:
    """Change what a draft states."""
    actor = current_actor()
    with reading() as session:
        case = queries.get_case(session, case_id, actor)
        officials = queries.list_officials(session, case.agency_id)
        barred = {case.opened_by, *list_ever_named(session, case.allegation_id)}
    form = EditCaseForm(obj=case)
    regime = REGIMES[case.regime]
    form.offer([official for official in officials if official[0] not in barred], regime)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_case(
            session, case_id=case_id, draft=read_draft(form, regime), actor=actor, at=clock.now()
        ),
    ):
        flash("Draft saved.", "success")
        return redirect(url_for(".show", case_id=case_id), 303)
    return render(form=form, case=case)


@bp.route("/staff/cases/<id('dsc'):case_id>/charges/new", methods=["GET", "POST"])
@requires("personnel.discipline.add_charge")
def add_charge(case_id: str) -> ResponseReturnValue:
    """Add a charge to a draft."""
    case, form = _get_case(case_id), ChargeForm()

    def act(session: Session) -> str:
        return services.add_charge(
            session, case_id=case_id, values=_charge(form), actor=current_actor(), at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, act):
        flash("Charge added.", "success")
        return redirect(url_for(".show", case_id=case_id), 303)
    return render(form=form, case=case)


@bp.route("/staff/cases/<id('dsc'):case_id>/charges/<id('chg'):charge_id>", methods=["GET", "POST"])
@requires("personnel.discipline.edit_charge")
def edit_charge(case_id: str, charge_id: str) -> ResponseReturnValue:
    """Change a charge of a draft."""
    case = _get_case(case_id)
    form = ChargeForm(obj=queries.get_charge(case, charge_id))

    def act(session: Session) -> str:
        return services.edit_charge(
            session,
            case_id=case_id,
            charge_id=charge_id,
            values=_charge(form),
            actor=current_actor(),
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, act):
        flash("Charge saved.", "success")
        return redirect(url_for(".show", case_id=case_id), 303)
    return render(form=form, case=case)


@bp.route("/staff/cases/<id('dsc'):case_id>/charges/<id('chg'):charge_id>/remove", methods=["GET", "POST"])
@requires("personnel.discipline.remove_charge")
def remove_charge(case_id: str, charge_id: str) -> ResponseReturnValue:
    """Take a charge out of a draft, once that is confirmed."""
    case, form = _get_case(case_id), RemoveChargeForm()
    charge = queries.get_charge(case, charge_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_charge(
            session, case_id=case_id, charge_id=charge_id, actor=current_actor(), at=clock.now()
        ),
    ):
        flash("Charge removed.", "success")
        return redirect(url_for(".show", case_id=case_id), 303)
    return render(form=form, case=case, charge=charge)


@bp.route("/staff/cases/<id('dsc'):case_id>/propose", methods=["GET", "POST"])
@requires("personnel.discipline.propose")
def propose(case_id: str) -> ResponseReturnValue:
    """Show what the notice will say, and propose the action."""
    case, actor = _get_case(case_id), current_actor()
    form = ProposeForm(delivered_on=clock.local_date(clock.now(), case.agency.time_zone))
    form.offer(rules.procedure_of(case.regime, case.procedure))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.propose_action(
            session,
            case_id=case_id,
            delivered_on=form.day(),
            duty_status=DutyStatus(form.duty_status.data),
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Action proposed. The notice is on its way.", "success")
        return redirect(url_for(".show", case_id=case_id), 303)
    return render(form=form, **_preview(case, form))


@bp.route("/staff/cases/<id('dsc'):case_id>/withdraw", methods=["GET", "POST"])
@requires("personnel.discipline.withdraw")
def withdraw(case_id: str) -> ResponseReturnValue:
    """Withdraw a case, with the reason."""
    case, form = _get_case(case_id), WithdrawForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.withdraw_case(
            session, case_id=case_id, reason=form.reason.data, actor=current_actor(), at=clock.now()
        ),
    ):
        flash("Case withdrawn.", "success")
        return redirect(url_for(".show", case_id=case_id), 303)
    return render(form=form, case=case)


def _get_case(case_id: str) -> DisciplinaryCase:
    with reading() as session:
        return queries.get_case(session, case_id, current_actor())


def read_draft(form: EditCaseForm, regime: Regime) -> services.Draft:
    """Read a draft from a form that was validated; Invalid where the procedure forbids it."""
    action = Action(form.action.data)
    law = rules.choose_procedure(regime, action, form.procedure.data)
    return services.Draft(
        proposal=rules.propose(
            action, form.days.data, form.notice_days.data, form.reply_days.data, procedure=law
        ),
        procedure=law.key,
        summary=form.summary.data,
        penalty_reasons=form.penalty_reasons.data,
        deciding_official_id=form.deciding_official_id.data,
    )


def _charge(form: ChargeForm) -> services.ChargeValues:
    return services.ChargeValues(form.label.data, form.specification.data, form.evidence.data)


def _preview(case: DisciplinaryCase, form: ProposeForm) -> dict[str, Any]:
    """Give what the page shows of the notice; without a readable day it counts from none."""
    proposal = rules.Proposal(case.action, case.days, case.notice_days, case.reply_days)
    return {
        "case": case,
        "law": rules.procedure_of(case.regime, case.procedure),
        "description": rules.describe(case.action, case.days),
        "official_title": letters.official_title(case),
        "dates": rules.schedule(proposal, form.day()) if form.day() else None,
        "paragraphs": rules.paragraphs,
    }
