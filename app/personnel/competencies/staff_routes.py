"""Competencies for the staff: the catalogue, what classes ask, and the gaps."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import get_agency, list_agencies_for
from app.personnel import desk
from app.personnel.competencies import gaps, pictures, queries, services
from app.personnel.competencies.forms import AskForm, CompetencyForm
from app.personnel.competencies.routes import bp
from app.personnel.competencies.told import say_gaps
from app.personnel.employees.queries import get_employee
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import act, render, save

__all__ = ["bp"]
ONE = "/staff/competencies/<id('cmp'):competency_id>"
REQUIRE = "personnel.competencies.require"
desk.add_record("Competencies", "personnel.competencies.show_record", order=42, told=say_gaps)


@bp.get("/staff/competencies")
@requires("personnel.competencies.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the competencies, and what classes of positions ask."""
    actor = current_actor()
    with reading() as session:
        rows = queries.list_competencies(session, actor)
        asked = queries.list_asked(session, actor)
        agencies = list_agencies_for(session, actor, REQUIRE)
    return render(rows=rows, asked=asked, agencies=agencies)


@bp.get("/staff/competencies/gaps")
@requires("personnel.competencies.list_gaps")
def list_gaps() -> ResponseReturnValue:
    """Show how far people meet what their positions ask, by agency and over time."""
    with reading() as session:
        filters, found = gaps.read(session, current_actor())
    drawn = pictures.draw_quarters(found) | {"people": pictures.draw_people(found.by_competency)}
    return render(filters=filters, found=found, drawn=drawn)


@bp.get("/staff/employees/<id('emp'):employee_id>/competencies")
@requires("personnel.competencies.show_record")
def show_record(employee_id: str) -> ResponseReturnValue:
    """Show a person's competencies against what the position asks."""
    permission = "personnel.competencies.show_record"
    with reading() as session:
        employee = get_employee(session, employee_id, current_actor(), permission)
        gaps = queries.load_gaps(session, employee)
        rows = queries.list_history(session, employee.id)
    return render(employee=employee, gaps=gaps, rows=rows, picture=pictures.draw_person(gaps))


@bp.route("/staff/competencies/create", methods=["GET", "POST"])
@requires("personnel.competencies.create")
def create() -> ResponseReturnValue:
    """Add a competency."""
    actor, form = current_actor(), CompetencyForm()
    with reading() as session:
        agencies = list_agencies_for(session, actor, "personnel.competencies.create")
    form.agency.choices = named(agencies)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.create_competency(
            session, agency_id=form.agency.data or agencies[0].id, name=form.name.data,
            definition=form.definition.data, anchors=form.anchors(), actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("Competency saved.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form)


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires("personnel.competencies.edit")
def edit(competency_id: str) -> ResponseReturnValue:
    """Say more clearly what a competency means."""
    actor = current_actor()
    with reading() as session:
        found = queries.get_competency(session, competency_id, actor, "personnel.competencies.edit")
    form = CompetencyForm.of(found)
    form.agency.choices = [(found.agency_id, "")]
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_competency(
            session, competency_id=competency_id, name=form.name.data,
            definition=form.definition.data, anchors=form.anchors(), actor=actor, at=clock.now(),
        ).id,
    ):  # fmt: skip
        flash("Competency saved.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form, competency=found)


@bp.post(f"{ONE}/retire")
@requires("personnel.competencies.retire")
def retire(competency_id: str) -> ResponseReturnValue:
    """Ask for a competency no more."""
    return act(
        lambda session: services.retire_competency(
            session, competency_id=competency_id, actor=current_actor(), at=clock.now()
        ),
        done="It is asked of nobody any more.",
        then=url_for(".list_staff"),
    )


@bp.route("/staff/agencies/<id('agy'):agency_id>/competencies", methods=["GET", "POST"])
@requires("personnel.competencies.require")
def require(agency_id: str) -> ResponseReturnValue:
    """Say which level a class of positions asks."""
    actor = current_actor()
    actor.demand(REQUIRE, agency_id)
    with reading() as session:
        agency = get_agency(session, agency_id)
        classes = queries.list_classes(session, agency_id)
        offered = named(queries.list_of_agency(session, agency_id))
    form = AskForm(classes=classes, competencies=offered)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.require_level(
            session, agency_id=agency_id, class_code=form.class_code.data,
            competency_id=form.data["competency"], level=form.data["level"], actor=actor, at=clock.now(),
        ),
    ):  # fmt: skip
        flash("Saved.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form, agency=agency)
