"""Grievances for those who answer them and for the grievance officer; nobody else of the office sees one."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import get_agency
from app.personnel.grievances import answering, deciding, forms, queries, rules, services, sight
from app.personnel.grievances.routes import bp, proposed
from app.personnel.grievances.states import GrievanceState, Matter, Outcome
from app.platform import clock
from app.platform.db import reading, transaction
from app.web import listing, navigation, plots
from app.web.access import current_actor, requires, signed_in
from app.web.pages import render, save

ONE = "/staff/grievances/<id('grv'):grievance_id>"
navigation.add("Grievances", "personnel.grievances.list_staff", area="staff", order=17)


@bp.get("/staff/grievances")
@requires("personnel.grievances.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the grievances that one answers or watches over, the newest first."""
    actor, filters = current_actor(), forms.GrievanceFilterForm()
    wanted = queries.Wanted(
        filters.text.data or "",
        GrievanceState(filters.state.data) if filters.state.data else None,
        Matter(filters.matter.data) if filters.matter.data else None,
    )
    with reading() as session:
        page = queries.list_grievances(session, actor, wanted, cursor=listing.read_cursor())
        total = queries.count_grievances(session, actor, wanted)
        counts = queries.count_by_matter(session, actor)
    points = [{"label": matter.title, "value": counts[matter]} for matter in Matter if counts.get(matter)]
    picture = plots.bars("Grievances by matter", points, label_heading="Matter") if len(points) > 1 else None
    lines = sight.map_lines(page.rows, clock.now())
    agencies = sorted(actor.agencies("personnel.grievances.set_procedure") or ())
    return render(
        filters=filters,
        page=page,
        total=total,
        lines=lines,
        picture=picture,
        pages=listing.addresses(page),
        agencies=agencies,
    )


@bp.get(ONE)
@signed_in
def show(grievance_id: str) -> ResponseReturnValue:
    """Show a grievance to who answers it or watches over it; the grievant sees that it was opened."""
    shown = _sight(grievance_id)
    with transaction() as session:
        answering.note_reading(session, grievance_id=grievance_id, actor=current_actor(), at=clock.now())
    return render(**shown)


@bp.route(f"{ONE}/answer", methods=["GET", "POST"])
@signed_in
def answer(grievance_id: str) -> ResponseReturnValue:
    """Answer the step that is open."""
    form, shown = forms.AnswerForm(), _sight(grievance_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: answering.answer(
            session, grievance_id=grievance_id, values=_answer(form), actor=current_actor(), at=clock.now()
        ),
    ):
        flash("Answered. The letter is on its way.", "success")
        return redirect(url_for(".show", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


def _answer(form: forms.AnswerForm) -> answering.Answer:
    return answering.Answer(
        Outcome(form.outcome.data), form.findings.data, form.remedy.data, form.remedy_due_on.data
    )


@bp.route(f"{ONE}/recuse", methods=["GET", "POST"])
@signed_in
def recuse(grievance_id: str) -> ResponseReturnValue:
    """Give a step up as being a party to the matter."""
    form, shown = forms.RecuseForm(), _sight(grievance_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: answering.recuse(
            session,
            grievance_id=grievance_id,
            reason=form.reason.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Given up. Somebody else answers, and you no longer see this grievance.", "success")
        return redirect(url_for("home.staff"), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/assign", methods=["GET", "POST"])
@requires("personnel.grievances.assign")
def assign(grievance_id: str) -> ResponseReturnValue:
    """Name who answers the step that is open."""
    form, shown, actor = forms.AssignForm(), _sight(grievance_id), current_actor()
    with reading() as session:
        free = deciding.list_free(session, shown["grievance"])
    form.offer([account for account in free if account.id != actor.id])
    if form.validate_on_submit() and save(
        form,
        lambda session: answering.assign(
            session,
            grievance_id=grievance_id,
            account_id=form.decider_id.data,
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Named, and told by mail.", "success")
        return redirect(url_for(".show", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/propose", methods=["GET", "POST"])
@signed_in
def propose_staff(grievance_id: str) -> ResponseReturnValue:
    """Propose more time or a settlement to the grievant."""
    form, shown = forms.ProposeForm(), _sight(grievance_id)
    if form.validate_on_submit() and save(form, lambda session: proposed(form, grievance_id, session)):
        flash("Proposed. The grievant is told by mail.", "success")
        return redirect(url_for(".show", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/papers/new", methods=["GET", "POST"])
@signed_in
def add_file_staff(grievance_id: str) -> ResponseReturnValue:
    """Add a paper for the office; the grievant sees it."""
    form, shown, actor = forms.PaperForm(), _sight(grievance_id), current_actor()
    if form.validate_on_submit():
        file = form.keep()
        if save(
            form,
            lambda session: services.add_file(
                session, grievance_id=grievance_id, file=file, actor=actor, at=clock.now()
            ),
        ):
            flash("Paper added.", "success")
            return redirect(url_for(".show", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/hearing", methods=["GET", "POST"])
@requires("personnel.grievances.arrange_hearing")
def arrange_hearing(grievance_id: str) -> ResponseReturnValue:
    """Record who hears a grievance outside, when and where."""
    shown = _sight(grievance_id)
    form = forms.HearingForm(obj=shown["grievance"].hearing)
    if form.validate_on_submit() and save(
        form,
        lambda session: answering.arrange_hearing(
            session,
            grievance_id=grievance_id,
            arbitrator=form.arbitrator.data,
            hearing_on=form.hearing_on.data,
            place=form.place.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Saved. The grievant is told by mail.", "success")
        return redirect(url_for(".show", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/award", methods=["GET", "POST"])
@requires("personnel.grievances.record_award")
def record_award(grievance_id: str) -> ResponseReturnValue:
    """Record the award or decision from outside."""
    form, shown = forms.AwardForm(), _sight(grievance_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: answering.record_award(
            session,
            grievance_id=grievance_id,
            values=_answer(form),
            award_on=cast(dt.date, form.award_on.data),
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Award recorded. The grievant is told by mail.", "success")
        return redirect(url_for(".show", grievance_id=grievance_id), 303)
    return render(form=form, **shown)


@bp.route(f"{ONE}/remedies/<id('grm'):remedy_id>/done", methods=["GET", "POST"])
@requires("personnel.grievances.finish_remedy")
def finish_remedy(grievance_id: str, remedy_id: str) -> ResponseReturnValue:
    """Record that what was promised is done."""
    form, shown = forms.FinishForm(), _sight(grievance_id)
    remedy = queries.find_remedy(shown["grievance"], remedy_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: answering.finish_remedy(
            session,
            grievance_id=grievance_id,
            remedy_id=remedy_id,
            done_on=cast(dt.date, form.done_on.data),
            note=form.note.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Recorded. The grievant is told by mail.", "success")
        return redirect(url_for(".show", grievance_id=grievance_id), 303)
    return render(form=form, remedy=remedy, **shown)


@bp.route("/staff/agencies/<id('agy'):agency_id>/grievance-procedure", methods=["GET", "POST"])
@requires("personnel.grievances.set_procedure")
def set_procedure(agency_id: str) -> ResponseReturnValue:
    """Say by which procedure grievances are filed in an agency."""
    actor = current_actor()
    actor.demand("personnel.grievances.set_procedure", agency_id)
    with reading() as session:
        agency = get_agency(session, agency_id)
        procedure = queries.procedure_of(session, agency_id)
    form = forms.ProcedureForm(data={"name": procedure.name})
    if form.validate_on_submit() and save(
        form,
        lambda session: answering.set_procedure(
            session, agency_id=agency_id, name=form.name.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The procedure is kept.", "success")
        return redirect(url_for(".list_staff"), 303)
    return render(form=form, agency=agency, procedures=rules.procedures())


def _sight(grievance_id: str) -> dict[str, Any]:
    with reading() as session:
        grievance = queries.get_grievance(session, grievance_id, current_actor())
        return sight.of(session, grievance, clock.now())
