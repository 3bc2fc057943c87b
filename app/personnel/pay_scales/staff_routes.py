"""Pay scales for the office: the scales, their versions, a person's steps, and what payroll is told."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import list_agencies_for
from app.personnel import desk, history
from app.personnel.employees.queries import get_employee
from app.personnel.pay_scales import queries, services, sights
from app.personnel.pay_scales.forms import ScaleForm, VersionForm
from app.personnel.pay_scales.routes import bp
from app.personnel.pay_scales.rules import compare
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import act, render, save

__all__ = ["bp"]
SCALE = "/staff/pay-scales/<id('psc'):scale_id>"
VERSION = "/staff/pay-scale-versions/<id('psv'):version_id>"
navigation.add("Pay scales", "personnel.pay_scales.list_staff", area="staff", order=18)
desk.add_record("Pay and steps", "personnel.pay_scales.show_steps", order=12, told=sights.say_pay)


@bp.get("/staff/pay-scales")
@requires("personnel.pay_scales.list_staff")
def list_staff() -> ResponseReturnValue:
    """List pay scales."""
    with reading() as session:
        page = queries.list_scales(session, current_actor(), cursor=listing.read_cursor())
        current = queries.map_current(session, [row.id for row in page.rows], clock.now().date())
    return render(rows=page.rows, current=current, pages=listing.addresses(page))


@bp.route("/staff/pay-scales/new", methods=["GET", "POST"])
@requires("personnel.pay_scales.create")
def create() -> ResponseReturnValue:
    """Make a pay scale."""
    actor = current_actor()
    with reading() as session:
        agencies = list_agencies_for(session, actor, "personnel.pay_scales.create")
    form = ScaleForm(agencies=named(agencies))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.create_scale(session, values=form.values(), actor=actor, at=clock.now()).id,
    ):
        flash("The scale is made. It needs figures now.", "success")
        return redirect(url_for(".show", scale_id=form.saved), 303)
    return render(form=form)


@bp.get(SCALE)
@requires("personnel.pay_scales.show")
def show(scale_id: str) -> ResponseReturnValue:
    """Show a scale with its figures in force and its versions."""
    with reading() as session:
        scale = queries.get_scale(session, scale_id, current_actor())
        versions = queries.list_versions(session, scale_id)
        today = clock.local_date(clock.now(), scale.agency.time_zone)
        current = queries.find_version_on(session, scale_id, today)
        rates = queries.load_rates(session, current.id) if current else []
        events = history.list_history(session, [scale_id])
    timeline = history.timeline(events, scale.agency.time_zone)
    grid = sights.grid(rates)
    return render(scale=scale, versions=versions, current=current, grid=grid, timeline=timeline)


@bp.route(f"{SCALE}/draft", methods=["GET", "POST"])
@requires("personnel.pay_scales.draft")
def draft(scale_id: str) -> ResponseReturnValue:
    """Look at new figures from a table, or keep them as a draft."""
    actor = current_actor()
    with reading() as session:
        scale = queries.get_scale(session, scale_id, actor)
    form, trial = VersionForm(), None
    if form.validate_on_submit():
        trial = sights.try_file(form, scale)
        is_kept = not trial.faults and form.what.data == "keep"
        if is_kept and save(
            form,
            lambda session: services.draft_version(
                session, scale_id=scale_id, effective_on=form.day(), authority=form.authority.data,
                rates=trial.rates, actor=actor, at=clock.now(),
            ),
        ):  # fmt: skip
            flash("Kept as a draft. Another person puts it in force.", "success")
            return redirect(url_for(".show_version", version_id=form.saved.id), 303)
    return render(form=form, scale=scale, trial=trial)


@bp.get(VERSION)
@requires("personnel.pay_scales.show_version")
def show_version(version_id: str) -> ResponseReturnValue:
    """Show a version with what it changes."""
    with reading() as session:
        version = queries.get_version(session, version_id, current_actor())
        rates = queries.load_rates(session, version_id)
        before = queries.find_version_before(session, version)
        changes = compare(queries.load_rates(session, before.id) if before else [], rates)
    return render(version=version, before=before, changes=changes, grid=sights.grid(rates))


@bp.post(f"{VERSION}/approve")
@requires("personnel.pay_scales.approve")
def approve(version_id: str) -> ResponseReturnValue:
    """Put a version in force."""
    return act(
        lambda session: services.approve_version(
            session, version_id=version_id, actor=current_actor(), at=clock.now()
        ),
        done="The version holds from its day on.",
        then=url_for(".show_version", version_id=version_id),
    )


@bp.post(f"{VERSION}/discard")
@requires("personnel.pay_scales.discard")
def discard(version_id: str) -> ResponseReturnValue:
    """Discard a version."""
    return act(
        lambda session: services.discard_version(
            session, version_id=version_id, actor=current_actor(), at=clock.now()
        ),
        done="Discarded.",
        then=url_for(".show_version", version_id=version_id),
    )


@bp.get("/staff/employees/<id('emp'):employee_id>/pay")
@requires("personnel.pay_scales.show_steps")
def show_steps(employee_id: str) -> ResponseReturnValue:
    """Show a person's grade, step and pay over time."""
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), "personnel.pay_scales.show_steps")
        sight = sights.look(session, employee, clock.now())
    return render(employee=employee, sight=sight)


@bp.get("/staff/payroll")
@requires("personnel.pay_scales.export")
def export() -> ResponseReturnValue:
    """Show what a payroll system has to know of a time."""
    with reading() as session:
        found = sights.read_payroll(session)
    rows = found.pop("rows")
    return render(**found, rows=rows[: sights.SHOWN], total=len(rows))
