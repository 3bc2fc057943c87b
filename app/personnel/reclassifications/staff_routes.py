"""Reclassifications for the staff: the list, one of them, and the acts on it."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.personnel import history
from app.personnel.positions.queries import get_position
from app.personnel.reclassifications import queries, rules, services
from app.personnel.reclassifications.forms import CancelForm, DecideForm, ProposeForm
from app.platform import clock
from app.platform.db import reading
from app.web import listing
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("reclassifications", __name__)
ONE = "/staff/reclassifications/<id('rcl'):reclassification_id>"


@bp.get("/staff/reclassifications")
@requires("personnel.reclassifications.list_staff")
def list_staff() -> ResponseReturnValue:
    """List reclassifications, the latest day first."""
    with reading() as session:
        page = queries.list_reclassifications(session, current_actor(), cursor=listing.read_cursor())
    return render(page=page, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.reclassifications.show")
def show(reclassification_id: str) -> ResponseReturnValue:
    """Show a reclassification: what it changes, by what authority, who proposed and who decided."""
    return render(**_sight(reclassification_id))


@bp.route("/staff/positions/<id('pos'):position_id>/reclassify", methods=["GET", "POST"])
@requires("personnel.reclassifications.propose")
def propose(position_id: str) -> ResponseReturnValue:
    """Propose another class, grade or pay of a position."""
    actor = current_actor()
    with reading() as session:
        position = get_position(session, position_id, actor)
    actor.demand("personnel.reclassifications.propose", position.agency_id)
    form = ProposeForm(obj=position, pay_min=position.pay_min_minor, pay_max=position.pay_max_minor)
    if form.validate_on_submit() and save(form, lambda session: _propose(session, position_id, form)):
        flash("Reclassification proposed. Somebody else decides on it.", "success")
        return redirect(url_for(".show", reclassification_id=form.saved), 303)
    return render(form=form, position=position)


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.reclassifications.decide")
def decide(reclassification_id: str) -> ResponseReturnValue:
    """Approve or refuse a reclassification."""
    form = DecideForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide(
            session,
            reclassification_id=reclassification_id,
            approves=form.decision.data == "approve",
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", reclassification_id=reclassification_id), 303)
    return render(form=form, **_sight(reclassification_id))


@bp.route(f"{ONE}/cancel", methods=["GET", "POST"])
@requires("personnel.reclassifications.cancel")
def cancel(reclassification_id: str) -> ResponseReturnValue:
    """Cancel a reclassification before it takes effect."""
    form = CancelForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.cancel(
            session,
            reclassification_id=reclassification_id,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Reclassification cancelled.", "success")
        return redirect(url_for(".show", reclassification_id=reclassification_id), 303)
    return render(form=form, **_sight(reclassification_id))


def _propose(session: Session, position_id: str, form: ProposeForm) -> str:
    return services.propose(
        session,
        position_id=position_id,
        values=form.classified(),
        effective_on=cast(dt.date, form.effective_on.data),
        authority_code=form.authority_code.data,
        reason=form.reason.data,
        actor=current_actor(),
        at=clock.now(),
    ).id


def _sight(reclassification_id: str) -> dict[str, Any]:
    with reading() as session:
        found = queries.get_reclassification(session, reclassification_id, current_actor())
        events = history.list_history(session, [found.id])
    return {
        "found": found,
        "before": rules.read(found.before),
        "after": rules.read(found.after),
        "timeline": history.timeline(events, found.agency.time_zone),
    }
