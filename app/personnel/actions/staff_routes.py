"""Personnel actions for the staff: the list, one action, and the acts by which a record changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel import history
from app.personnel.actions import authorities, queries, rules, services, sights
from app.personnel.actions.forms import (
    ActionFilterForm,
    CancelForm,
    CorrectForm,
    DecideForm,
    ProposeForm,
)
from app.personnel.actions.states import ActionKind, ActionState
from app.personnel.documents.queries import list_of_action
from app.personnel.employees.queries import get_employee
from app.personnel.positions.queries import find_id_by_number
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import render, save

bp = Blueprint("actions", __name__)
ONE = "/staff/actions/<id('act'):action_id>"
NEW = "/staff/employees/<id('emp'):employee_id>/actions/new"
navigation.add("Personnel actions", "personnel.actions.list_staff", area="staff", order=13)


@bp.get("/staff/actions")
@requires("personnel.actions.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the personnel actions of the officer's agencies, the latest day first."""
    actor = current_actor()
    order = listing.read_order(queries.ORDERS, "effective", is_descending=True)
    with reading() as session:
        agencies = list_agencies_for(session, actor, queries.SHOW)
        filters = ActionFilterForm(choices={"agency": named(agencies)})
        wanted = read_wanted(filters)
        page = queries.list_actions(
            session,
            actor,
            wanted,
            order=order.key,
            is_descending=order.is_descending,
            cursor=listing.read_cursor(),
        )
        total = queries.count_actions(session, actor, wanted)
    return render(filters=filters, page=page, total=total, order=order, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.actions.show")
def show(action_id: str) -> ResponseReturnValue:
    """Show an action: what it changes, by what authority, who proposed and who decided."""
    return render(**_sight(action_id))


@bp.get(NEW)
@requires("personnel.actions.choose")
def choose(employee_id: str) -> ResponseReturnValue:
    """Choose the kind of action to propose."""
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), "personnel.actions.choose")
        waiting = queries.list_open_actions(session, employee.id)
    return render(employee=employee, kinds=list(rules.FIELDS), waiting=waiting)


@bp.route(f"{NEW}/<kind>", methods=["GET", "POST"])
@requires("personnel.actions.propose")
def propose(employee_id: str, kind: str) -> ResponseReturnValue:
    """Propose an action of a kind, with its day, legal authority and reason."""
    chosen = next((one for one in rules.FIELDS if one.value == kind), None)
    if chosen is None:
        raise NotFound("There is no such kind of action.")
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), "personnel.actions.propose")
        held = queries.as_of(session, employee.id, clock.local_date(clock.now(), employee.agency.time_zone))
    form = ProposeForm(chosen, currency=held.pay_currency if held else "USD")
    is_right = form.validate_on_submit()
    papers = form.papers() if is_right else []
    if is_right and save(form, lambda session: _propose(session, employee.id, form, papers)):
        flash("Action proposed. Somebody else decides on it.", "success")
        return redirect(url_for(".show", action_id=form.saved), 303)
    by_case = authorities.list_by_case(chosen)
    return render(form=form, employee=employee, kind=chosen, held=held, hours=sights.hours, by_case=by_case)


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.actions.decide")
def decide(action_id: str) -> ResponseReturnValue:
    """Approve or refuse a proposed action."""
    form = DecideForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide_action(
            session,
            action_id=action_id,
            approves=form.decision.data == "approve",
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", action_id=action_id), 303)
    return render(form=form, **_sight(action_id))


@bp.route(f"{ONE}/cancel", methods=["GET", "POST"])
@requires("personnel.actions.cancel")
def cancel(action_id: str) -> ResponseReturnValue:
    """Cancel an action before it takes effect, with the reason."""
    form = CancelForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.cancel_action(
            session, action_id=action_id, reason=form.reason.data, actor=current_actor(), at=clock.now()
        ),
    ):
        flash("Action cancelled.", "success")
        return redirect(url_for(".show", action_id=action_id), 303)
    return render(form=form, **_sight(action_id))


@bp.route(f"{ONE}/correct", methods=["GET", "POST"])
@requires("personnel.actions.correct")
def correct(action_id: str) -> ResponseReturnValue:
    """Propose a new version of an action in effect, with what was wrong."""
    sight = _sight(action_id)
    action = sight["action"]
    effect = action.effect
    weekly = effect.get("weekly_minutes")
    form = CorrectForm(
        currency=effect.get("pay_currency") or sight["currency"],
        sets=list(effect),
        data=dict(effect)
        | {"effective_on": action.effective_on, "weekly_hours": Decimal(weekly) / 60 if weekly else None},
    )
    if form.validate_on_submit() and save(form, lambda session: _correct(session, action_id, form)):
        flash("Correction proposed. Somebody else decides on it.", "success")
        return redirect(url_for(".show", action_id=form.saved), 303)
    return render(form=form, **sight)


def read_wanted(filters: ActionFilterForm) -> queries.Wanted:
    """Give what the list is narrowed to."""
    return queries.Wanted(
        agency_id=filters.agency.data or "",
        kind=ActionKind(filters.kind.data) if filters.kind.data else None,
        state=ActionState(filters.state.data) if filters.state.data else None,
        text=filters.text.data or "",
    )


def _propose(session: Session, employee_id: str, form: ProposeForm, papers: list[Any]) -> str:
    number = form.position.data if "position" in form else ""
    return services.propose_action(
        session,
        employee_id=employee_id,
        asked=form.asked(find_id_by_number(session, number) if number else None),
        documents=papers,
        actor=current_actor(),
        at=clock.now(),
    ).id


def _correct(session: Session, action_id: str, form: CorrectForm) -> str:
    return services.propose_correction(
        session,
        action_id=action_id,
        effective_on=cast(Any, form.effective_on.data),
        changes=form.changes(),
        takes_back=bool(form.takes_back.data),
        reason=form.reason.data,
        actor=current_actor(),
        at=clock.now(),
    ).id


def _sight(action_id: str) -> dict[str, Any]:
    actor = current_actor()
    with reading() as session:
        action = queries.get_action(session, action_id, actor)
        held = queries.as_of(session, action.employee_id, action.effective_on)
        sight = {
            "action": action,
            "changes": sights.list_changes(session, action),
            "currency": held.pay_currency if held else "USD",
            "papers": list_of_action(session, action.id),
            "correction": queries.find_correction(session, action.id),
            "timeline": history.timeline(history.list_history(session, [action.id]), action.agency.time_zone),
        }
    own = action.employee.account_id is not None and action.employee.account_id == actor.id
    return sight | {"is_own": own}
