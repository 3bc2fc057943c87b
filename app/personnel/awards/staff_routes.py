"""Awards for the staff of an agency: the list, and the decision on one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel import history
from app.personnel.awards import letters, queries, regimes, services
from app.personnel.awards.forms import AwardsFilterForm, DecideForm
from app.personnel.awards.routes import bp
from app.personnel.awards.states import AwardState
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

__all__ = ["bp"]
ONE = "/staff/awards/<id('awd'):award_id>"
navigation.add("Awards", "personnel.awards.list_staff", area="staff", order=19)


@bp.get("/staff/awards")
@requires("personnel.awards.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the awards of the officer's agencies, the latest first."""
    filters = AwardsFilterForm()
    state = AwardState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_awards(session, current_actor(), state, cursor=listing.read_cursor())
    return render(rows=page.rows, filters=filters, worth=letters.worth, pages=listing.addresses(page))


@bp.get(ONE)
@requires("personnel.awards.show")
def show(award_id: str) -> ResponseReturnValue:
    """Show an award."""
    return render(**_sight(award_id))


@bp.route(f"{ONE}/decide", methods=["GET", "POST"])
@requires("personnel.awards.decide")
def decide(award_id: str) -> ResponseReturnValue:
    """Approve or refuse an award."""
    form = DecideForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.decide(
            session,
            award_id=award_id,
            is_approved=form.verdict.data == "approve",
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Decided.", "success")
        return redirect(url_for(".show", award_id=award_id), 303)
    return render(form=form, **_sight(award_id))


def _sight(award_id: str) -> dict[str, Any]:
    with reading() as session:
        award = queries.get_award(session, award_id, current_actor())
        events = history.list_history(session, [award.id])
    return {
        "award": award,
        "worth": letters.worth(award),
        "regime": regimes.find(award.regime),
        "timeline": history.timeline(events, award.agency.time_zone),
    }
