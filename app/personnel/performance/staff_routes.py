"""Cycles for the staff: making, starting and closing a period, and the plans in it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import get_agency, list_agencies_for
from app.personnel import history
from app.personnel.performance import queries, regimes, services
from app.personnel.performance.forms import CycleForm, PlansFilterForm, RegimesForm
from app.personnel.performance.states import PlanState
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import act, render, save

bp = Blueprint("performance", __name__)
ONE = "/staff/performance/<id('pcy'):cycle_id>"
CREATE = "personnel.performance.create_cycle"
navigation.add("Performance", "personnel.performance.list_staff", area="staff", order=16)


@bp.get("/staff/performance")
@requires("personnel.performance.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the periods of the officer's agencies, the latest first."""
    actor = current_actor()
    with reading() as session:
        page = queries.list_cycles(session, actor, cursor=listing.read_cursor())
        counted = queries.count_states(session, [row.id for row in page.rows])
        agencies = list_agencies_for(session, actor, "personnel.performance.set_regimes")
    return render(rows=page.rows, counted=counted, agencies=agencies, pages=listing.addresses(page))


@bp.route("/staff/performance/new", methods=["GET", "POST"])
@requires("personnel.performance.create_cycle")
def create_cycle() -> ResponseReturnValue:
    """Make a period."""
    actor, form = current_actor(), CycleForm()
    with reading() as session:
        form.agency_id.choices = named(list_agencies_for(session, actor, CREATE))
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_cycle(
                session, agency_id=form.agency_id.data, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("Period made. Start it when its plans shall be written.", "success")
        return redirect(url_for(".show_cycle", cycle_id=form.saved), 303)
    return render(form=form)


@bp.get(ONE)
@requires("personnel.performance.show_cycle")
def show_cycle(cycle_id: str) -> ResponseReturnValue:
    """Show a period: its days, how far it is, and its plans."""
    filters = PlansFilterForm()
    wanted = queries.Wanted(
        PlanState(filters.state.data) if filters.state.data else None, filters.text.data or ""
    )
    with reading() as session:
        cycle = queries.get_cycle(session, cycle_id, current_actor())
        page = queries.list_plans(session, cycle, wanted, cursor=listing.read_cursor())
        total = queries.count_plans(session, cycle, wanted)
        counted = queries.count_states(session, [cycle.id]).get(cycle.id, {})
        events = history.list_history(session, [cycle.id])
    return render(
        cycle=cycle,
        regime=regimes.find(cycle.regime),
        counts=[{"label": state.title, "value": counted.get(state, 0)} for state in PlanState],
        filters=filters,
        page=page,
        total=total,
        pages=listing.addresses(page),
        timeline=history.timeline(events, cycle.agency.time_zone),
    )


@bp.post(f"{ONE}/start")
@requires("personnel.performance.start")
def start(cycle_id: str) -> ResponseReturnValue:
    """Start a period, or take in who came since."""
    return act(
        lambda session: services.start_cycle(
            session, cycle_id=cycle_id, actor=current_actor(), at=clock.now()
        ),
        done="Everybody in service has a plan to be written now.",
        then=url_for(".show_cycle", cycle_id=cycle_id),
    )


@bp.post(f"{ONE}/close")
@requires("personnel.performance.close")
def close(cycle_id: str) -> ResponseReturnValue:
    """Close a period in which every plan is rated."""
    return act(
        lambda session: services.close_cycle(
            session, cycle_id=cycle_id, actor=current_actor(), at=clock.now()
        ),
        done="The period is closed.",
        then=url_for(".show_cycle", cycle_id=cycle_id),
    )


@bp.route("/staff/agencies/<id('agy'):agency_id>/performance-rules", methods=["GET", "POST"])
@requires("personnel.performance.set_regimes")
def set_regimes(agency_id: str) -> ResponseReturnValue:
    """Say under which rules an agency rates, raises and rewards."""
    actor = current_actor()
    with reading() as session:
        agency = get_agency(session, agency_id)
        names = {
            subject: queries.find_regime(session, agency_id, subject) or next(iter(load()))
            for subject, load in services.SUBJECTS.items()
        }
    actor.demand("personnel.performance.set_regimes", agency.id)
    form = RegimesForm(data=names)
    form.offer()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.set_regimes(
            session, agency_id=agency_id, names=form.chosen(), actor=actor, at=clock.now()
        ),
    ):
        flash("The rules are kept.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form, agency=agency)
