"""Requisitions for the staff of an agency: the list, one requisition, and the acts on it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.platform import clock, idempotency
from app.platform.actors import Actor
from app.platform.db import reading
from app.platform.errors import Conflict
from app.recruitment import history, rulebooks
from app.recruitment.postings.queries import list_for_requisition
from app.recruitment.requisitions import queries, rules, services
from app.recruitment.requisitions.forms import (
    CancelForm,
    DecideForm,
    PickForm,
    RequisitionFilterForm,
    RequisitionForm,
)
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.states import RequisitionState
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import act, render, save

bp = Blueprint("requisitions", __name__)
navigation.add("Requisitions", "recruitment.requisitions.list_staff", area="staff", order=20)


@bp.get("/staff/requisitions")
@requires("recruitment.requisitions.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the requisitions of the officer's agencies."""
    actor = current_actor()
    with reading() as session:
        filters = RequisitionFilterForm(choices={"agency": _agencies(session, actor, queries.READ)})
        wanted = queries.Filters(
            state=RequisitionState(filters.state.data) if filters.state.data else None,
            agency_id=filters.agency.data or "",
            text=filters.text.data or "",
        )
        page = queries.list_requisitions(session, actor, wanted, cursor=listing.read_cursor())
        counts = queries.count_by_state(session, actor)
    return render(
        filters=filters,
        requisitions=page.rows,
        pages=listing.addresses(page),
        counts=counts,
        states=RequisitionState,
    )


@bp.get("/staff/requisitions/<id('req'):requisition_id>")
@requires("recruitment.requisitions.show")
def show(requisition_id: str) -> ResponseReturnValue:
    """Show a requisition, its positions, what can be done and what was done."""
    actor = current_actor()
    with reading() as session:
        requisition = queries.get_requisition(session, requisition_id, actor)
        postings = list_for_requisition(session, requisition_id)
        events = queries.list_events(session, requisition_id)
        zone = requisition.agency.time_zone
        today = clock.local_date(clock.now(), zone)
        rulebook = rulebooks.find(session, requisition.rulebook, today, requisition.agency_id)
    return render(
        requisition=requisition,
        postings=postings,
        timeline=history.timeline(events, zone),
        rulebook=rulebook,
        acts=_acts(requisition, actor),
    )


@bp.route("/staff/requisitions/new", methods=["GET", "POST"])
@requires("recruitment.requisitions.create")
def create() -> ResponseReturnValue:
    """Ask for vacant positions: choose an agency, then its positions."""
    actor, form = current_actor(), RequisitionForm()
    with reading() as session:
        pick = PickForm(agencies=_agencies(session, actor, "recruitment.requisitions.create"))
        agency_id, class_code = pick.agency.data or "", pick.class_code.data or ""
        # what a first sending of this form made keeps its positions on offer for the second
        made = idempotency.find_result(session, form.idempotency_key.data, actor.id) or ""
        vacant = queries.list_vacant(session, agency_id=agency_id, class_code=class_code, keep=made)
        books = rulebooks.offered(session, clock.now().date(), agency_id)
    form.offer(vacant, books)
    if request.method == "GET":
        form.begin_with(request.args.get("position", ""))

    def change(session: Session) -> str:
        return services.create_requisition(
            session, agency_id=agency_id, request=form.request(), actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Draft saved. Submit it when it is ready for a second officer.", "success")
        return redirect(url_for(".show", requisition_id=form.saved), 303)
    return render(form=form, pick=pick, vacant=vacant, agency_id=agency_id)


@bp.route("/staff/requisitions/<id('req'):requisition_id>/edit", methods=["GET", "POST"])
@requires("recruitment.requisitions.edit")
def edit(requisition_id: str) -> ResponseReturnValue:
    """Change a draft."""
    actor, requisition = _load(requisition_id, "edit")
    with reading() as session:
        vacant = queries.list_vacant(session, agency_id=requisition.agency_id, keep=requisition_id)
        books = rulebooks.offered(session, clock.now().date(), requisition.agency_id)
    form = RequisitionForm(obj=requisition, positions=[entry.position_id for entry in requisition.entries])
    form.offer(vacant, books)

    def change(session: Session) -> str:
        return services.edit_requisition(
            session, requisition_id=requisition_id, request=form.request(), actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Draft saved.", "success")
        return redirect(url_for(".show", requisition_id=requisition_id), 303)
    return render(form=form, requisition=requisition, vacant=vacant)


@bp.post("/staff/requisitions/<id('req'):requisition_id>/submit")
@requires("recruitment.requisitions.submit")
def submit(requisition_id: str) -> ResponseReturnValue:
    """Ask a second person to decide."""
    return act(
        lambda session: services.submit_requisition(
            session, requisition_id=requisition_id, actor=current_actor(), at=clock.now()
        ),
        done="Submitted. A second officer can now decide.",
        then=url_for(".show", requisition_id=requisition_id),
    )


@bp.route("/staff/requisitions/<id('req'):requisition_id>/decide", methods=["GET", "POST"])
@requires("recruitment.requisitions.decide")
def decide(requisition_id: str) -> ResponseReturnValue:
    """Approve or refuse a requisition that somebody else wrote."""
    actor, requisition = _load(requisition_id, "decide")
    form = DecideForm()
    is_approved = form.decision.data == "approve"

    def change(session: Session) -> Requisition:
        decision = {"is_approved": is_approved, "reason": form.reason.data}
        return services.decide_requisition(
            session, requisition_id=requisition_id, **decision, actor=actor, at=clock.now()
        )

    if form.validate_on_submit() and save(form, change):
        flash("Approved." if is_approved else "Refused.", "success")
        return redirect(url_for(".show", requisition_id=requisition_id), 303)
    return render(form=form, requisition=requisition)


@bp.route("/staff/requisitions/<id('req'):requisition_id>/cancel", methods=["GET", "POST"])
@requires("recruitment.requisitions.cancel")
def cancel(requisition_id: str) -> ResponseReturnValue:
    """Give a requisition up, with the reason."""
    actor, requisition = _load(requisition_id, "cancel")
    form = CancelForm()

    def change(session: Session) -> Requisition:
        return services.cancel_requisition(
            session, requisition_id=requisition_id, reason=form.reason.data, actor=actor, at=clock.now()
        )

    if form.validate_on_submit() and save(form, change):
        flash("The requisition was cancelled and its positions are free.", "success")
        return redirect(url_for(".show", requisition_id=requisition_id), 303)
    return render(form=form, requisition=requisition)


def _load(requisition_id: str, act: str) -> tuple[Actor, Requisition]:
    """Give who acts and a requisition on which they may, in a state that admits the act."""
    actor = current_actor()
    with reading() as session:
        requisition = queries.get_requisition(session, requisition_id, actor)
    actor.demand(f"recruitment.requisitions.{act}", requisition.agency_id)
    if act not in rules.acts_in(requisition.state):
        raise Conflict(
            f"This requisition is “{requisition.state.title.lower()}”: that cannot be done with it now."
        )
    return actor, requisition


def _acts(requisition: Requisition, actor: Actor) -> frozenset[str]:
    """Give what the actor may do with the requisition now."""
    acts = {
        name
        for name in rules.acts_in(requisition.state)
        if actor.may(f"recruitment.requisitions.{name}", requisition.agency_id)
    }
    if "decide" in acts and actor.id in (requisition.created_by, requisition.requested_by):
        acts = acts - {"decide"} | {"wait"}
    if requisition.advertised_at is not None:
        acts -= {"cancel"}
    elif requisition.state is RequisitionState.APPROVED and actor.may(
        "recruitment.postings.create", requisition.agency_id
    ):
        acts |= {"create_posting"}
    return frozenset(acts)


def _agencies(session: Session, actor: Actor, permission: str) -> list[tuple[str, str]]:
    return named(list_agencies_for(session, actor, permission))
