"""The rule of leave of an agency."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import get_agency
from app.personnel.accruals import queries, regimes, services
from app.personnel.accruals.forms import RegimeForm
from app.personnel.leave.amounts import hours
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("accruals", __name__)


@bp.route("/staff/agencies/<id('agy'):agency_id>/leave-rule", methods=["GET", "POST"])
@requires("personnel.accruals.set_regime")
def set_regime(agency_id: str) -> ResponseReturnValue:
    """Say by which rule an agency's people earn leave; each rule is shown with its law."""
    actor = current_actor()
    with reading() as session:
        agency = get_agency(session, agency_id)
        kept = queries.find_kept(session, agency_id)
    actor.demand("personnel.accruals.set_regime", agency.id)
    values = {"name": kept.regime.name, "ceiling": kept.ceiling, "kept_from": kept.kept_from} if kept else {}
    begun = {"first_period_on": kept.regime.first_period_on} if kept else {}
    form = RegimeForm(data={"ceiling": regimes.USUAL_CEILING} | values | begun)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.set_regime(
            session, agency_id=agency_id, name=form.name.data, ceiling=form.ceiling.data,
            days=form.days(), actor=actor, at=clock.now(),
        ),
    ):  # fmt: skip
        flash("The rule is kept.", "success")
        return redirect(url_for("personnel.leave.list_staff", agency=agency_id), 303)
    return render(form=form, agency=agency, kept=kept, rules=regimes.load_all(), hours=hours)
