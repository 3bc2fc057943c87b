"""A person's own benefits: what one has, what can be chosen now, and choosing it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.benefit_plans.queries import list_offers
from app.personnel.benefit_plans.states import BenefitKind, Tier
from app.personnel.contributions import services as ledger
from app.personnel.dependants.queries import list_own as list_dependants
from app.personnel.enrolments import openings, queries, services, statements
from app.personnel.enrolments.forms import ChooseForm, ConfirmForm, choice_of
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Conflict, Invalid
from app.web.access import current_actor, signed_in
from app.web.pages import act, render, save

bp = Blueprint("enrolments", __name__)
KIND = f"/my/benefits/<any({', '.join(kind.value for kind in BenefitKind)}):kind>"
desk.add_own("Benefits", "personnel.enrolments.own", order=40, told=statements.told)


@bp.get("/my/benefits")
@signed_in
def own() -> ResponseReturnValue:
    """Show one's benefits, what they cost, and what can be chosen now."""
    at = clock.now()
    with reading() as session:
        employee = get_own(session, current_actor().id)
        sight = statements.load_sight(session, employee, clock.local_date(at, employee.agency.time_zone))
        found = openings.list_openings(session, employee, at)
        closed = "" if found else openings.why_closed(session, employee, at)
        versions = queries.list_versions(session, employee.id)
    return render(employee=employee, openings=found, closed=closed, at=at, versions=versions, sight=sight)


@bp.route(f"{KIND}/choose", methods=["GET", "POST"])
@signed_in
def choose(kind: str) -> ResponseReturnValue:
    """Compare the plans of a kind side by side, and choose one."""
    form, page = ChooseForm(), _page(kind)
    opening = page["opening"]
    form.offer(page["offers"], page["people"], opening.effective_from, may_waive=opening.may_waive)
    if form.validate_on_submit():
        given = {"option": form.option.data, "dependants": ",".join(form.dependants.data)}
        choice = form.choice(BenefitKind(kind), opening.id)
        try:
            with reading() as session:
                services.preview(session, choice=choice, account_id=current_actor().id, at=page["at"])
        except Invalid as error:
            form.add_errors(error)
        else:
            return redirect(url_for(".confirm", kind=kind, opening=opening.id, **given), 303)
    return render(form=form, **page)


@bp.route(f"{KIND}/confirm", methods=["GET", "POST"])
@signed_in
def confirm(kind: str) -> ResponseReturnValue:
    """Show what a choice costs and whom it covers, and take it."""
    actor, page = current_actor(), _page(kind)
    form = ConfirmForm(
        data={name: request.args.get(name, "") for name in ("option", "dependants", "opening")}
    )
    choice = choice_of(BenefitKind(kind), form.option.data, form.dependants.data, form.opening.data)
    if choice is None:
        return redirect(url_for(".choose", kind=kind), 303)
    if form.validate_on_submit() and save(
        form, lambda session: ledger.choose(session, choice=choice, actor=actor, at=clock.now()).id
    ):
        flash("Your choice is saved. You can change it until the choice closes.", "success")
        return redirect(url_for(".own"), 303)
    try:
        with reading() as session:
            seen = services.preview(session, choice=choice, account_id=actor.id, at=page["at"])
    except Invalid:
        return redirect(url_for(".choose", kind=kind, opening=choice.opening_id), 303)
    return render(form=form, choice=choice, seen=seen, **page)


@bp.post("/my/benefits/statement")
@signed_in
def send_statement() -> ResponseReturnValue:
    """Send oneself a statement of one's benefits, once for each state of them."""
    return act(
        lambda session: statements.send(session, actor=current_actor(), at=clock.now()),
        done="Your statement is being written. You find it among your letters, and get it by mail.",
        then=url_for(".own"),
    )


def _page(kind: str) -> dict[str, Any]:
    at = clock.now()
    with reading() as session:
        employee = get_own(session, current_actor().id)
        found = openings.list_openings(session, employee, at)
        wanted = request.args.get("opening", "")
        opening = next((row for row in found if row.id == wanted), found[0] if found and not wanted else None)
        if opening is None:
            raise Conflict(openings.why_closed(session, employee, at))
        offers = list_offers(session, employee.agency_id, BenefitKind(kind), opening.effective_from)
        people = list_dependants(session, employee.id)
        sight = statements.load_sight(session, employee, opening.effective_from)
    return {
        "kind": BenefitKind(kind),
        "employee": employee,
        "opening": opening,
        "offers": offers,
        "people": people,
        "held": sight.held.get(BenefitKind(kind)),
        "held_rate": sight.rate(BenefitKind(kind)),
        "tiers": Tier,
        "at": at,
    }
