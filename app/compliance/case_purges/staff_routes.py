"""Disciplinary cases whose time is over: the records officer proposes their end, the auditor approves it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.compliance.case_purges import due as falling
from app.compliance.case_purges import queries, services
from app.compliance.retention.forms import ReasonForm
from app.personnel.discipline.regimes import REGIMES
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("case_purges", __name__)
PURGE = "/staff/retention/cases/purges/<id('cpg'):purge_id>"


@bp.get("/staff/retention/cases")
@requires(falling.LIST)
def list_staff() -> ResponseReturnValue:
    """Show how long cases are kept, which agencies have some whose time is over, and what was proposed."""
    actor = current_actor()
    with reading() as session:
        due = falling.list_due(session, actor, clock.now().date())
        purges = queries.list_purges(session, actor)
    waiting = {one.agency_id: one for one in purges if one.state.value in ("proposed", "approved")}
    return render(due=due, purges=purges, waiting=waiting, regimes=REGIMES.values())


@bp.route("/staff/retention/cases/<id('agy'):agency_id>/propose", methods=["GET", "POST"])
@requires("compliance.case_purges.propose")
def propose(agency_id: str) -> ResponseReturnValue:
    """Propose that an agency's cases end, with the law that lets them."""
    actor, form, at = current_actor(), ReasonForm(), clock.now()
    with reading() as session:
        due = falling.get_due(session, agency_id, actor, at.date())
        law = falling.laws_of(session, agency_id, at.date())
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.propose(session, agency_id=agency_id, reason=form.reason.data, actor=actor, at=at).id
        ),
    ):
        flash("Proposed. An auditor approves it.", "success")
        return redirect(url_for(".show", purge_id=form.saved), 303)
    return render(form=form, due=due, law=law)


@bp.get(PURGE)
@requires("compliance.case_purges.show")
def show(purge_id: str) -> ResponseReturnValue:
    """Show a purge: what was proposed, by which law, and what became of it."""
    with reading() as session:
        purge = queries.get_purge(session, purge_id, current_actor())
        _, digest = falling.survey(session, purge.agency_id, purge.cutoff_on)
    return render(purge=purge, is_same=digest == purge.ids_digest)


@bp.post(f"{PURGE}/approve")
@requires("compliance.case_purges.approve")
def approve(purge_id: str) -> ResponseReturnValue:
    """Approve what somebody else proposed."""
    return act(
        lambda session: services.approve(session, purge_id=purge_id, actor=current_actor(), at=clock.now()),
        done="Approved. It is carried out within a minute.",
        then=url_for(".show", purge_id=purge_id),
    )


@bp.route(f"{PURGE}/send-back", methods=["GET", "POST"])
@requires("compliance.case_purges.send_back")
def send_back(purge_id: str) -> ResponseReturnValue:
    """Send a proposal back; nothing is deleted."""
    actor, form = current_actor(), ReasonForm()
    with reading() as session:
        purge = queries.get_purge(session, purge_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.send_back(
            session, purge_id=purge_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Sent back. Nothing was deleted.", "success")
        return redirect(url_for(".show", purge_id=purge_id), 303)
    return render(form=form, purge=purge)
