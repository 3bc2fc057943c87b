"""Panels for the exam office: set up, opened, followed and handed over."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams import history
from app.exams.assignments import queries as assignments
from app.exams.assignments import services as assigning
from app.exams.examinations.queries import get_examination
from app.exams.mark_corrections.queries import count_proposed
from app.exams.marking import rules as marking_rules
from app.exams.panel_results import services as results
from app.exams.panels import queries, rules, services
from app.exams.panels.forms import AddMemberForm, CriterionForm, InstructionsForm, PanelSetupForm, ReasonForm
from app.exams.panels.models import Panel
from app.exams.panels.routes import bp
from app.exams.plans import queries as plans
from app.exams.recusals.services import leave_panel
from app.exams.scripts import queries as scripts
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

EXAM = "/staff/examinations/<id('exm'):examination_id>/panels"
ONE = "/staff/panels/<id('pnl'):panel_id>"


@bp.get(EXAM)
@requires("exams.panels.list_staff")
def list_staff(examination_id: str) -> ResponseReturnValue:
    """List the panels of an examination, and the parts that still need one."""
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=queries.READ)
        panels = queries.list_panels(session, examination_id)
        counts = {panel.id: scripts.count_scripts(session, panel.id) for panel in panels}
        components = [part for part in plans.list_components(session, examination_id) if part.is_marked]
    rated = {panel.component for panel in panels}
    return render(
        examination=examination,
        panels=panels,
        counts=counts,
        missing=[part for part in components if part.code not in rated],
    )


@bp.route(f"{EXAM}/new", methods=["GET", "POST"])
@requires("exams.panels.create")
def create(examination_id: str) -> ResponseReturnValue:
    """Set up the panel of a part."""
    actor, form = current_actor(), PanelSetupForm()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.panels.create")
        form.offer([part for part in plans.list_components(session, examination_id) if part.is_marked])
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.create_panel(
                session, examination_id=examination_id, values=form.values(), actor=actor, at=clock.now()
            ).id
        ),
    ):
        flash("The panel is set up. Write its scale next.", "success")
        return redirect(url_for(".show", panel_id=form.saved), 303)
    return render(form=form, examination=examination)


@bp.get(ONE)
@requires("exams.panels.show")
def show(panel_id: str) -> ResponseReturnValue:
    """Show a panel: its rule, scale, members, and how far it has come."""
    with reading() as session:
        panel = queries.get_panel(session, panel_id, current_actor())
        book = plans.load_book(session, panel.examination_id)
        counts = scripts.count_scripts(session, panel_id)
        progress = assignments.count_by_member(session, panel_id)
        unfilled = assignments.count_unfilled(session, panel)
        proposed = count_proposed(session, panel_id)
        timeline = history.load_timeline(session, panel_id, panel.examination.agency.time_zone)
    return render(
        panel=panel,
        examination=panel.examination,
        part=marking_rules.part_of(book, panel.component),
        sentences=marking_rules.sentences(book, panel.component),
        counts={state.value: count for state, count in counts.items()},
        progress=progress,
        unfilled=unfilled,
        proposed=proposed,
        timeline=timeline,
        write=rules.write_units,
    )


@bp.route(f"{ONE}/edit", methods=["GET", "POST"])
@requires("exams.panels.edit")
def edit(panel_id: str) -> ResponseReturnValue:
    """Change what raters are told."""
    actor = current_actor()
    with reading() as session:
        panel = queries.get_panel(session, panel_id, actor, permission="exams.panels.edit")
    form = InstructionsForm(obj=panel)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.edit_panel(
            session, panel_id=panel_id, instructions=form.instructions.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Saved.", "success")
        return redirect(url_for(".show", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination)


@bp.route(f"{ONE}/criteria/new", methods=["GET", "POST"], defaults={"criterion_id": ""})
@bp.route(f"{ONE}/criteria/<id('pnc'):criterion_id>", methods=["GET", "POST"])
@requires("exams.panels.edit_criterion")
def edit_criterion(panel_id: str, criterion_id: str) -> ResponseReturnValue:
    """Write one criterion of the scale."""
    actor, now = current_actor(), clock.now()
    with reading() as session:
        panel = queries.get_panel(session, panel_id, actor, permission="exams.panels.edit_criterion")
    form = CriterionForm(data=_written(panel, criterion_id), denominator=panel.denominator)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.save_criterion(
            session, panel_id=panel_id, criterion_id=criterion_id, scale=form.scale, actor=actor, at=now
        ),
    ):
        flash("The criterion is saved.", "success")
        return redirect(url_for(".show", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination, criterion_id=criterion_id)


@bp.post(f"{ONE}/criteria/<id('pnc'):criterion_id>/remove")
@requires("exams.panels.remove_criterion")
def remove_criterion(panel_id: str, criterion_id: str) -> ResponseReturnValue:
    """Take a criterion out of the scale."""
    actor = current_actor()
    return act(
        lambda session: services.remove_criterion(
            session, panel_id=panel_id, criterion_id=criterion_id, actor=actor, at=clock.now()
        ),
        done="The criterion is taken out.",
        then=url_for(".show", panel_id=panel_id),
    )


@bp.route(f"{ONE}/members/new", methods=["GET", "POST"])
@requires("exams.panels.add_member")
def add_member(panel_id: str) -> ResponseReturnValue:
    """Add a rater."""
    actor, form = current_actor(), AddMemberForm()
    with reading() as session:
        panel = queries.get_panel(session, panel_id, actor, permission="exams.panels.add_member")
    if form.validate_on_submit() and save(
        form,
        lambda session: services.add_member(
            session, panel_id=panel_id, email=form.email.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The rater is a member now, and gets scripts once relations are declared.", "success")
        return redirect(url_for(".show", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination)


@bp.route(f"{ONE}/members/<id('pmb'):member_id>/remove", methods=["GET", "POST"])
@requires("exams.panels.remove_member")
def remove_member(panel_id: str, member_id: str) -> ResponseReturnValue:
    """Take a rater off the panel."""
    actor, form = current_actor(), ReasonForm()
    with reading() as session:
        panel = queries.get_panel(session, panel_id, actor, permission="exams.panels.remove_member")
    if form.validate_on_submit() and save(
        form,
        lambda session: leave_panel(
            session, member_id=member_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The rater has left. What was not submitted went to others where they may rate it.", "success")
        return redirect(url_for(".show", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination)


@bp.post(f"{ONE}/open", endpoint="open")
@requires("exams.panels.open")
def open_panel(panel_id: str) -> ResponseReturnValue:
    """Give the scripts out."""
    return act(
        lambda session: assigning.open_panel(
            session, panel_id=panel_id, actor=current_actor(), at=clock.now()
        ),
        done="The panel is open: every candidate has a blind code, and raters have their scripts.",
        then=url_for(".show", panel_id=panel_id),
    )


@bp.post(f"{ONE}/take-in")
@requires("exams.panels.take_in")
def take_in(panel_id: str) -> ResponseReturnValue:
    """Take in candidates who came late."""
    return act(
        lambda session: assigning.take_in(session, panel_id=panel_id, actor=current_actor(), at=clock.now()),
        done="The new candidates are in.",
        then=url_for(".show", panel_id=panel_id),
    )


@bp.post(f"{ONE}/close")
@requires("exams.panels.close")
def close(panel_id: str) -> ResponseReturnValue:
    """Hand the marks to the list."""
    return act(
        lambda session: results.close_panel(
            session, panel_id=panel_id, actor=current_actor(), at=clock.now()
        ),
        done="The marks are handed over to the list.",
        then=url_for(".show", panel_id=panel_id),
    )


@bp.route(f"{ONE}/reopen", methods=["GET", "POST"])
@requires("exams.panels.reopen")
def reopen(panel_id: str) -> ResponseReturnValue:
    """Let the panel rate again."""
    actor, form = current_actor(), ReasonForm()
    with reading() as session:
        panel = queries.get_panel(session, panel_id, actor, permission="exams.panels.reopen")
    if form.validate_on_submit() and save(
        form,
        lambda session: results.reopen_panel(
            session, panel_id=panel_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The panel rates again.", "success")
        return redirect(url_for(".show", panel_id=panel_id), 303)
    return render(form=form, panel=panel, examination=panel.examination)


def _written(panel: Panel, criterion_id: str) -> dict[str, str]:
    """Give what the form of a criterion begins with."""
    if not criterion_id:
        return {}
    criterion = services.find_criterion(panel, criterion_id)
    return {
        "title": criterion.title,
        "guidance": criterion.guidance,
        "maximum": rules.write_units(criterion.maximum, panel.denominator),
        "anchors": rules.describe_anchors(criterion.anchors, panel.denominator),
    }
