"""Signing what a leaver hands over or returns: each person for what is theirs, on a page of their own."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import actor_of, get_account, get_agency
from app.personnel import desk
from app.personnel.employees.models import Employee
from app.personnel.employees.queries import find_own_employee
from app.personnel.separations import queries, signing
from app.personnel.separations.forms import NameForm, SignerForm, SignForm
from app.personnel.separations.routes import bp
from app.personnel.team.queries import get_member
from app.platform import clock
from app.platform.db import reading
from app.platform.locales import write_date
from app.web.access import current_actor, requires, signed_in
from app.web.pages import act, render, save

RULES = "/staff/agencies/<id('agy'):agency_id>/separation-rules"


def told(session: Session, employee: Employee) -> str | None:
    """Say how many steps wait for somebody's signature; None where none does."""
    account = get_account(session, employee.account_id) if employee.account_id else None
    count = len(queries.list_to_sign(session, actor_of(account))) if account else 0
    if not count:
        return None
    return "1 step waits for your signature." if count == 1 else f"{count} steps wait for your signature."


def told_of_member(session: Session, employee: Employee) -> str | None:
    """Say when somebody of a team leaves; None for who stays."""
    found = queries.find_live(session, employee.id)
    return f"{found.kind.title}, last day {write_date(found.last_day)}." if found else None


desk.add_own("Clearances to sign", "personnel.separations.list_to_sign", order=2, told=told)
desk.add_team("Leaving service", "personnel.separations.show_member", order=90, told=told_of_member)


@bp.get("/my/clearances")
@signed_in
def list_to_sign() -> ResponseReturnValue:
    """List the steps of other people's clearances that one signs."""
    with reading() as session:
        rows = queries.list_to_sign(session, current_actor())
        serves = find_own_employee(session, current_actor().id) is not None
    return render(rows=rows, today=clock.now().date(), serves=serves)


@bp.route("/my/clearances/<id('cli'):item_id>", methods=["GET", "POST"])
@signed_in
def sign_off(item_id: str) -> ResponseReturnValue:
    """Sign a step off."""
    actor, form = current_actor(), SignForm()
    with reading() as session:
        item = queries.get_to_sign(session, item_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            signing.sign_off(session, item_id=item_id, note=form.note.data, actor=actor, at=clock.now()).id
        ),
    ):
        flash(f"Signed off: {item.title}.", "success")
        return redirect(url_for(".list_to_sign"), 303)
    return render(form=form, item=item, separation=item.separation)


@bp.get("/my/team/<id('emp'):employee_id>/separation")
@signed_in
def show_member(employee_id: str) -> ResponseReturnValue:
    """Show a supervisor how far the leaving of somebody in the team has come."""
    actor = current_actor()
    with reading() as session:
        employee = get_member(session, employee_id, actor)
        separation = queries.find_live(session, employee.id)
        mine = queries.find_signable(session, separation.id, actor) if separation else set()
    return render(employee=employee, separation=separation, mine=mine)


@bp.route(
    "/staff/separations/<id('sep'):separation_id>/steps/<id('cli'):item_id>/signer", methods=["GET", "POST"]
)
@requires("personnel.separations.name_signer")
def name_signer(separation_id: str, item_id: str) -> ResponseReturnValue:
    """Name who signs one step, where who would have cannot."""
    actor, form = current_actor(), NameForm()
    with reading() as session:
        separation = queries.get_separation(session, separation_id, actor)
    item = queries.get_item(separation, item_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            signing.name_signer(
                session,
                separation_id=separation_id,
                item_id=item_id,
                email=form.email.data,
                reason=form.reason.data,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Named, and told by mail.", "success")
        return redirect(url_for(".show", separation_id=separation_id), 303)
    return render(form=form, separation=separation, item=item)


@bp.route(f"{RULES}/signers/new", methods=["GET", "POST"])
@requires("personnel.separations.add_signer")
def add_signer(agency_id: str) -> ResponseReturnValue:
    """Name somebody who signs for a desk."""
    actor, form = current_actor(), SignerForm()
    actor.demand("personnel.separations.set_rules", agency_id)
    with reading() as session:
        agency = get_agency(session, agency_id)
        form.desk.choices = [(name, name) for name in queries.list_desks(session, agency_id)]
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            signing.add_signer(
                session,
                agency_id=agency_id,
                desk=form.desk.data,
                email=form.email.data,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Named.", "success")
        return redirect(url_for(".set_rules", agency_id=agency_id), 303)
    return render(form=form, agency=agency)


@bp.post(f"{RULES}/signers/<id('csg'):signer_id>/remove")
@requires("personnel.separations.remove_signer")
def remove_signer(agency_id: str, signer_id: str) -> ResponseReturnValue:
    """Take somebody off a desk."""
    return act(
        lambda session: signing.remove_signer(
            session, agency_id=agency_id, signer_id=signer_id, actor=current_actor(), at=clock.now()
        ),
        done="Taken off the desk. What was signed stands.",
        then=url_for(".set_rules", agency_id=agency_id),
    )
