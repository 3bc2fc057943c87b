"""What an agency lays down about leaving, and what those who left have said, five together at least."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import get_agency, list_agencies_for
from app.personnel.separations import clearing, queries, rules
from app.personnel.separations.forms import RegimeForm, StandardForm
from app.personnel.separations.regimes import QUESTIONS
from app.personnel.separations.routes import bp
from app.personnel.separations.states import Signer
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

RULES = "/staff/agencies/<id('agy'):agency_id>/separation-rules"
INTERVIEWS = "personnel.separations.list_interviews"


@bp.get("/staff/separations/interviews")
@requires("personnel.separations.list_interviews")
def list_interviews() -> ResponseReturnValue:
    """Show what those who left have said, where five have answered at least, and never who."""
    actor = current_actor()
    with reading() as session:
        found = queries.list_interviews(session, actor, INTERVIEWS)
        agencies = list_agencies_for(session, actor, INTERVIEWS)
    # By whole fives: the difference between two looks would tell what the last one said.
    in_order = sorted(found, key=lambda row: (row.answered_at, row.separation_id))
    told = in_order[: len(found) - len(found) % rules.LEAST_TOLD]
    averages = rules.averages([row.answers for row in told])
    comments = sorted(row.comment for row in told if row.comment)
    return render(
        count=len(told),
        least=rules.LEAST_TOLD,
        averages=averages,
        questions=QUESTIONS,
        comments=comments,
        agencies=agencies,
    )


@bp.route(RULES, methods=["GET", "POST"])
@requires("personnel.separations.set_rules")
def set_rules(agency_id: str) -> ResponseReturnValue:
    """Say by which rule people leave an agency, and what is cleared with them."""
    actor = current_actor()
    with reading() as session:
        agency = get_agency(session, agency_id)
        regime = queries.regime_of(session, agency_id)
        own = queries.list_standards(session, agency_id)
        standards = queries.standards_of(session, agency_id)
        signers = queries.list_signers(session, agency_id)
        desks = queries.list_desks(session, agency_id)
    actor.demand("personnel.separations.set_rules", agency.id)
    form = RegimeForm(data={"name": regime.name})
    if form.validate_on_submit() and save(
        form,
        lambda session: clearing.set_regime(
            session, agency_id=agency_id, name=form.name.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The rule is kept.", "success")
        return redirect(url_for(".set_rules", agency_id=agency_id), 303)
    return render(form=form, agency=agency, own=own, standards=standards, signers=signers, desks=desks)


@bp.route(f"{RULES}/steps/new", methods=["GET", "POST"])
@requires("personnel.separations.add_standard")
def add_standard(agency_id: str) -> ResponseReturnValue:
    """Lay down a step that an agency clears with everybody who leaves."""
    actor, form = current_actor(), StandardForm()
    with reading() as session:
        agency = get_agency(session, agency_id)
    actor.demand("personnel.separations.set_rules", agency.id)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            clearing.add_standard(
                session,
                agency_id=agency_id,
                title=form.title.data,
                signer=Signer(form.signer.data),
                owner=form.owner.data,
                days_before=form.days_before.data or 0,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Step added.", "success")
        return redirect(url_for(".set_rules", agency_id=agency_id), 303)
    return render(form=form, agency=agency)


@bp.post(f"{RULES}/steps/<id('cst'):standard_id>/remove")
@requires("personnel.separations.remove_standard")
def remove_standard(agency_id: str, standard_id: str) -> ResponseReturnValue:
    """Take a step off an agency's list."""
    return act(
        lambda session: clearing.remove_standard(
            session,
            agency_id=agency_id,
            standard_id=standard_id,
            actor=current_actor(),
            at=clock.now(),
        ),
        done="Step taken off the list.",
        then=url_for(".set_rules", agency_id=agency_id),
    )
