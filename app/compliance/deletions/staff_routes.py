"""Requests for deletion in the office: the records officer proposes, the auditor approves; holds win."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.compliance.deletions import forms, planning, queries, services
from app.compliance.deletions.routes import bp
from app.platform import clock
from app.platform.db import reading, transaction
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

navigation.add("Deletion requests", "compliance.deletions.list_staff", area="staff", order=88)
PLACE = "/staff/deletions/<id('del'):request_id>"


@bp.get("/staff/deletions")
@requires("compliance.deletions.list_staff")
def list_staff() -> ResponseReturnValue:
    """List requests, those that wait longest first."""
    filters = forms.ListFilter()
    is_open = filters.state.data != "over"
    with reading() as session:
        page = queries.list_requests(
            session, current_actor(), is_open=is_open, cursor=request.args.get("at", "")[:1200]
        )
    kept: dict[str, Any] = {"state": filters.state.data or None}
    return render(
        filters=filters,
        page=page,
        is_open=is_open,
        previous=url_for(".list_staff", at=page.previous, **kept) if page.previous else "",
        following=url_for(".list_staff", at=page.next, **kept) if page.next else "",
    )


@bp.get(PLACE)
@requires("compliance.deletions.show")
def show(request_id: str) -> ResponseReturnValue:
    """Show a request with what would be deleted and kept; the view is recorded."""
    with transaction() as session:
        found = queries.get_request(session, request_id, current_actor())
        services.record_view(session, request=found, actor=current_actor(), at=clock.now())
        plan = planning.make_plan(session, found.account_id)
        holds = queries.list_holds(session, found.account_id)
        events = queries.list_events(session, request_id)
    return render(deletion=found, plan=plan, holds=holds, events=events)


@bp.route(f"{PLACE}/propose", methods=["GET", "POST"])
@requires("compliance.deletions.propose")
def propose(request_id: str) -> ResponseReturnValue:
    """Propose the deletion, with the rules it follows."""
    return _reasoned(request_id, services.propose, "Proposed. An auditor approves it.")


@bp.route(f"{PLACE}/refuse", methods=["GET", "POST"])
@requires("compliance.deletions.refuse")
def refuse(request_id: str) -> ResponseReturnValue:
    """Refuse a request with a reason."""
    return _reasoned(request_id, services.refuse, "Refused. The person is told.")


@bp.route(f"{PLACE}/send-back", methods=["GET", "POST"])
@requires("compliance.deletions.send_back")
def send_back(request_id: str) -> ResponseReturnValue:
    """Send a proposal back to the records officer."""
    return _reasoned(request_id, services.send_back, "Sent back.")


@bp.post(f"{PLACE}/approve")
@requires("compliance.deletions.approve")
def approve(request_id: str) -> ResponseReturnValue:
    """Approve what somebody else proposed."""
    return act(
        lambda session: services.approve(
            session, request_id=request_id, actor=current_actor(), at=clock.now()
        ),
        done="Approved. It is carried out within a minute.",
        then=url_for(".show", request_id=request_id),
    )


@bp.route(f"{PLACE}/hold", methods=["GET", "POST"])
@requires("compliance.deletions.place_hold")
def place_hold(request_id: str) -> ResponseReturnValue:
    """Order that everything of the person is kept."""

    def place(session: Session, *, request_id: str, **values: Any) -> Any:
        account_id = queries.get_request(session, request_id, values["actor"]).account_id
        return services.place_hold(session, account_id=account_id, **values)

    return _reasoned(request_id, place, "The hold stands. Nothing of this person is deleted.")


@bp.route(f"{PLACE}/holds/<id('hld'):hold_id>/propose-release", methods=["GET", "POST"])
@requires("compliance.deletions.propose_release")
def propose_release(request_id: str, hold_id: str) -> ResponseReturnValue:
    """Propose that a hold ends."""

    def end(session: Session, *, request_id: str, **values: Any) -> Any:
        return services.propose_release(session, hold_id=hold_id, **values)

    return _reasoned(request_id, end, "Proposed. An auditor releases the hold.")


@bp.post(f"{PLACE}/holds/<id('hld'):hold_id>/release")
@requires("compliance.deletions.release_hold")
def release_hold(request_id: str, hold_id: str) -> ResponseReturnValue:
    """End a hold as somebody else proposed."""
    return act(
        lambda session: services.release_hold(
            session, hold_id=hold_id, actor=current_actor(), at=clock.now()
        ),
        done="The hold is released.",
        then=url_for(".show", request_id=request_id),
    )


def _reasoned(request_id: str, change: Callable[..., Any], done: str) -> ResponseReturnValue:
    actor, form = current_actor(), forms.ReasonForm()
    with reading() as session:
        found = queries.get_request(session, request_id, actor)
        plan = planning.make_plan(session, found.account_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: change(
            session, request_id=request_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash(done, "success")
        return redirect(url_for(".show", request_id=request_id), 303)
    step = (request.endpoint or "").rpartition(".")[2]
    return render(
        template="compliance/deletions/reason.html", form=form, deletion=found, plan=plan, step=step
    )
