"""Open seasons for the office: announcing them, how far they have come, and each person's benefits."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import get_agency, list_agencies_for
from app.personnel import desk
from app.personnel.benefit_plans.rules import period_of
from app.personnel.contributions.queries import list_entries
from app.personnel.employees.queries import get_employee
from app.personnel.enrolments import progress, queries, rules, services, statements
from app.personnel.enrolments.forms import WindowForm
from app.personnel.enrolments.routes import bp
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

RECORD = "/staff/employees/<id('emp'):employee_id>/benefits"
navigation.add("Open seasons", "personnel.enrolments.list_staff", area="staff", order=17)
desk.add_record("Benefits", "personnel.enrolments.show_record", order=40)


@bp.get("/staff/open-seasons")
@requires("personnel.enrolments.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the open seasons of the actor's agencies."""
    at = clock.now()
    with reading() as session:
        page = queries.list_windows(session, current_actor(), cursor=listing.read_cursor())
    phases = {row.id: rules.phase_at(row.opens_at, row.closes_at, at) for row in page.rows}
    return render(rows=page.rows, phases=phases, pages=listing.addresses(page))


@bp.route("/staff/open-seasons/new", methods=["GET", "POST"])
@requires("personnel.enrolments.create")
def create() -> ResponseReturnValue:
    """Announce an open season."""
    actor, form = current_actor(), WindowForm()
    with reading() as session:
        agencies = list_agencies_for(session, actor, "personnel.enrolments.create")
        form.offer(agencies)
        if agencies and form.agency_id.data in {agency.id for agency in agencies}:
            form = WindowForm(zone=get_agency(session, form.agency_id.data).time_zone)
            form.offer(agencies)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_window(
                session,
                agency_id=form.agency_id.data,
                values=form.values(),
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Open season announced.", "success")
        return redirect(url_for(".show", window_id=form.saved), 303)
    return render(form=form)


@bp.get("/staff/open-seasons/<id('ewn'):window_id>")
@requires("personnel.enrolments.show")
def show(window_id: str) -> ResponseReturnValue:
    """Show how far an open season has come, and who has not chosen."""
    at = clock.now()
    with reading() as session:
        window = queries.get_window(session, window_id, current_actor())
        found = progress.find_progress(session, window)
        page = queries.list_without_choice(session, window, cursor=listing.read_cursor())
    return render(
        window=window,
        phase=rules.phase_at(window.opens_at, window.closes_at, at),
        at=at,
        progress=found,
        by_day=progress.draw_days(found),
        rows=page.rows,
        pages=listing.addresses(page),
    )


@bp.get(RECORD)
@requires("personnel.enrolments.show_record")
def show_record(employee_id: str) -> ResponseReturnValue:
    """Show the benefits of an employee: what holds, each version, and the ledger."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        employee = get_employee(session, employee_id, actor, "personnel.enrolments.show_record")
        today = clock.local_date(at, employee.agency.time_zone)
        sight = statements.load_sight(session, employee, today)
        versions = queries.list_versions(session, employee_id)
        entries = list_entries(session, employee_id)
    return render(
        employee=employee, sight=sight, versions=versions, entries=entries, period_on=period_of(today)
    )


@bp.post(f"{RECORD}/statement")
@requires("personnel.enrolments.send_statement_to")
def send_statement_to(employee_id: str) -> ResponseReturnValue:
    """Send an employee the statement."""
    return act(
        lambda session: statements.send_for(
            session, employee_id=employee_id, actor=current_actor(), at=clock.now()
        ),
        done="The statement is being written and goes out by mail.",
        then=url_for(".show_record", employee_id=employee_id),
    )
