"""What falls due by the retention schedule: the records officer proposes its end, the auditor approves it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.compliance.retention import due as falling
from app.compliance.retention import queries, schedule, services, wording
from app.compliance.retention.forms import ReasonForm
from app.platform import clock
from app.platform.db import reading
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("retention", __name__)
bp.add_app_template_global(wording.sentences, "kept_how_long")
PURGE = "/staff/retention/purges/<id('prg'):purge_id>"

navigation.add("Retention", "compliance.retention.list_staff", area="staff", order=89)


@bp.get("/staff/retention")
@requires("compliance.retention.list_staff")
def list_staff() -> ResponseReturnValue:
    """Show the schedule, what falls due by it, and the purges that were proposed."""
    actor, today, series = current_actor(), clock.now().date(), schedule.current()
    with reading() as session:
        due = falling.list_due(session, actor, series["received"].cutoff(today), today)
        purges = queries.list_purges(session, actor)
    waiting = {purge.posting_id: purge for purge in purges if purge.state.value in ("proposed", "approved")}
    return render(series=series.values(), due=due, purges=purges, waiting=waiting)


@bp.route("/staff/retention/vacancies/<id('pst'):posting_id>/propose", methods=["GET", "POST"])
@requires("compliance.retention.propose")
def propose(posting_id: str) -> ResponseReturnValue:
    """Propose that a vacancy's applications end, with the law that lets them."""
    actor, form, at = current_actor(), ReasonForm(), clock.now()
    series = schedule.current()["received"]
    with reading() as session:
        due = falling.get_due(session, posting_id, actor, series.cutoff(at.date()), at.date())
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.propose(
                session, posting_id=posting_id, series=series, reason=form.reason.data, actor=actor, at=at
            ).id
        ),
    ):
        flash("Proposed. An auditor approves it.", "success")
        return redirect(url_for(".show", purge_id=form.saved), 303)
    return render(form=form, due=due, series=series)


@bp.get(PURGE)
@requires("compliance.retention.show")
def show(purge_id: str) -> ResponseReturnValue:
    """Show a purge: what was proposed, by which law, and what became of it."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        purge = queries.get_purge(session, purge_id, actor)
        _, digest = falling.survey(session, purge.posting_id, purge.cutoff_on, at.date())
    return render(purge=purge, is_same=digest == purge.ids_digest)


@bp.post(f"{PURGE}/approve")
@requires("compliance.retention.approve")
def approve(purge_id: str) -> ResponseReturnValue:
    """Approve what somebody else proposed."""
    return act(
        lambda session: services.approve(session, purge_id=purge_id, actor=current_actor(), at=clock.now()),
        done="Approved. It is carried out within a minute.",
        then=url_for(".show", purge_id=purge_id),
    )


@bp.route(f"{PURGE}/send-back", methods=["GET", "POST"])
@requires("compliance.retention.send_back")
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
