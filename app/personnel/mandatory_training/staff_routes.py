"""Mandatory training for the staff: who is current, due and overdue, and what is asked of whom."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import get_agency, list_agencies_for
from app.personnel.competencies.queries import list_classes
from app.personnel.courses.queries import list_for_agency
from app.personnel.mandatory_training import queries, rules, services
from app.personnel.mandatory_training.forms import ComplianceFilterForm, RequireForm
from app.personnel.mandatory_training.rules import Standing
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import reading
from app.web import listing, plots
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import act, render, save

bp = Blueprint("mandatory_training", __name__)
REQUIRE = "personnel.mandatory_training.require"


def read_filters(session: Session, actor: Actor) -> tuple[ComplianceFilterForm, queries.Wanted]:
    """Read what the list is narrowed to from the address."""
    agencies = list_agencies_for(session, actor, queries.READ)
    courses = {row.course_id: row.course.title for row in queries.list_requirements(session, actor)}
    filters = ComplianceFilterForm(choices={"agency": named(agencies), "course": sorted(courses.items())})
    return filters, queries.Wanted(
        agency_id=filters.agency.data or "",
        course_id=filters.course.data or "",
        standing=Standing(filters.standing.data) if filters.standing.data else None,
        text=filters.text.data or "",
    )


@bp.get("/staff/mandatory-training")
@requires("personnel.mandatory_training.list_staff")
def list_staff() -> ResponseReturnValue:
    """Show who is current, due and overdue: by agency as a picture, person by person below."""
    actor, today = current_actor(), clock.now().date()
    with reading() as session:
        filters, wanted = read_filters(session, actor)
        counts = queries.count_standings(session, actor, today, agency_id=wanted.agency_id)
        page = queries.list_duties(session, actor, wanted, today, cursor=listing.read_cursor())
        total = queries.count_duties(session, actor, wanted, today)
    stands = {duty.id: rules.standing(duty.due_on, duty.completed_on, today) for duty in page.rows}
    picture = plots.stacked_shares(
        "Mandatory training by course" if wanted.agency_id else "Mandatory training by agency",
        [row[0] for row in counts],
        [
            plots.Series("Current", [row[1] for row in counts]),
            plots.Series("Due", [row[2] for row in counts]),
            plots.Series("Overdue", [row[3] for row in counts]),
        ],
        label_heading="Course" if wanted.agency_id else "Agency",
    )
    return render(
        filters=filters, counts=counts, picture=picture, page=page, total=total, stands=stands,
        mandates=rules.MANDATES, pages=listing.addresses(page),
    )  # fmt: skip


@bp.get("/staff/mandatory-training/requirements")
@requires("personnel.mandatory_training.list_requirements")
def list_requirements() -> ResponseReturnValue:
    """List what is mandatory for whom."""
    actor = current_actor()
    with reading() as session:
        rows = queries.list_requirements(session, actor)
        agencies = list_agencies_for(session, actor, REQUIRE)
    return render(rows=rows, mandates=rules.MANDATES, agencies=agencies)


@bp.route("/staff/agencies/<id('agy'):agency_id>/mandatory-training", methods=["GET", "POST"])
@requires("personnel.mandatory_training.require")
def require(agency_id: str) -> ResponseReturnValue:
    """Make a course mandatory."""
    actor = current_actor()
    actor.demand(REQUIRE, agency_id)
    with reading() as session:
        agency = get_agency(session, agency_id)
        courses = [(course.id, course.title) for course in list_for_agency(session, agency_id)]
        classes, stations = list_classes(session, agency_id), queries.list_stations(session, agency_id)
    form = RequireForm(courses=courses, classes=classes, stations=stations)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.require(
            session, agency_id=agency_id, course_id=form.course.data, mandate=form.mandate.data,
            class_code=form.class_code.data, duty_station=form.duty_station.data,
            begins_on=form.data["begins_on"], actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("Mandatory from that day. Everybody whom it concerns has a day by which it is due.", "success")
        return redirect(url_for(".list_requirements"), 303)
    return render(form=form, agency=agency)


@bp.post("/staff/mandatory-training/requirements/<id('trq'):requirement_id>/end")
@requires("personnel.mandatory_training.end")
def end(requirement_id: str) -> ResponseReturnValue:
    """Ask for a training no more."""
    return act(
        lambda session: services.end_requirement(
            session, requirement_id=requirement_id, actor=current_actor(), at=clock.now()
        ),
        done="It is not mandatory any more.",
        then=url_for(".list_requirements"),
    )
