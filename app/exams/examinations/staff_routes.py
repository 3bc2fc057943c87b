"""Examinations for the staff: the list, the plan, the candidates, and what is ready or blocks."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import history, rulebooks
from app.exams.examinations import queries, rules, services
from app.exams.examinations.forms import (
    USUAL_SAMPLE,
    CandidateFilterForm,
    CreateForm,
    EditForm,
    ExaminationFilterForm,
    plan_data,
)
from app.exams.examinations.states import Attendance, ExaminationState
from app.exams.keys.queries import list_keys
from app.exams.listing import asked
from app.exams.merit_lists.queries import list_versions
from app.exams.readiness import gates
from app.exams.readiness.queries import load_figures
from app.exams.readiness.rules import steps
from app.exams.responses.queries import list_imports
from app.platform import clock
from app.platform.db import reading
from app.recruitment.listing import address
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import act, render, save

bp = Blueprint("examinations", __name__)
navigation.add("Examinations", "exams.examinations.list_staff", area="staff", order=40)


@bp.get("/staff/examinations")
@requires("exams.examinations.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the examinations of the officer's agencies."""
    actor, filters = current_actor(), ExaminationFilterForm()
    wanted = queries.Filters(
        state=ExaminationState(filters.state.data) if filters.state.data else None,
        text=filters.text.data or "",
        before=asked("before"),
    )
    with reading() as session:
        examinations, following = queries.list_examinations(session, actor, wanted)
        counts = queries.count_candidates_of(session, [row.id for row in examinations])
    next_page = address(before=following) if following else ""
    return render(examinations=examinations, counts=counts, filters=filters, next_page=next_page)


@bp.get("/staff/examinations/<id('exm'):examination_id>")
@requires("exams.examinations.show")
def show(examination_id: str) -> ResponseReturnValue:
    """Show an examination: what is ready, what blocks, its keys, answers and lists."""
    with reading() as session:
        examination = queries.get_examination(session, examination_id, current_actor())
        book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
        figures = load_figures(session, examination)
        blocks = gates.list_blocks(session, examination, clock.now())
        keys = list_keys(session, examination_id)
        imports = list_imports(session, examination_id)
        lists = list_versions(session, examination_id)
        timeline = history.load_timeline(session, examination_id, examination.agency.time_zone)
    return render(
        examination=examination,
        book=book,
        sentences=rulebooks.sentences(book),
        figures=figures,
        steps=steps(figures, [block.sentence for block in blocks]),
        blocks=blocks,
        keys=keys,
        imports=imports,
        lists=lists,
        timeline=timeline,
    )


@bp.route("/staff/examinations/new", methods=["GET", "POST"])
@requires("exams.examinations.create")
def create() -> ResponseReturnValue:
    """Make the examination of a closed vacancy."""
    actor = current_actor()
    with reading() as session:
        postings = queries.list_postings_to_examine(session, actor)
    form = CreateForm(data={"multiples": "*", "options": "A B C D", "sample_percent": USUAL_SAMPLE})
    form.offer(postings)

    def change(session: Session) -> str:
        return services.create_examination(
            session, posting_id=form.posting_id.data, plan=form.plan(), actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Examination created. Its rulebook is frozen.", "success")
        return redirect(url_for(".show", examination_id=form.saved), 303)
    return render(form=form, postings=postings)


@bp.route("/staff/examinations/<id('exm'):examination_id>/edit", methods=["GET", "POST"])
@requires("exams.examinations.edit")
def edit(examination_id: str) -> ResponseReturnValue:
    """Change the plan before answers are stored."""
    actor = current_actor()
    with reading() as session:
        examination = queries.get_examination(
            session, examination_id, actor, permission="exams.examinations.edit"
        )
    rules.check_planned(examination.state)
    form = EditForm(data=plan_data(examination))

    def change(session: Session) -> str:
        return services.edit_examination(
            session, examination_id=examination_id, plan=form.plan(), actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Plan saved.", "success")
        return redirect(url_for(".show", examination_id=examination_id), 303)
    return render(form=form, examination=examination)


@bp.post("/staff/examinations/<id('exm'):examination_id>/register")
@requires("exams.examinations.register")
def register(examination_id: str) -> ResponseReturnValue:
    """Give every eligible applicant a candidate number."""
    return act(
        lambda session: services.register_candidates(
            session, examination_id=examination_id, actor=current_actor(), at=clock.now()
        ),
        done="Candidates registered.",
        then=url_for(".show", examination_id=examination_id),
    )


@bp.get("/staff/examinations/<id('exm'):examination_id>/candidates")
@requires("exams.examinations.list_candidates")
def list_candidates(examination_id: str) -> ResponseReturnValue:
    """List the candidates by number, without names."""
    filters = CandidateFilterForm()
    with reading() as session:
        examination = queries.get_examination(session, examination_id, current_actor())
        counts = queries.count_attendance(session, examination_id)
        candidates, following = queries.list_candidates(
            session,
            examination_id,
            text=filters.text.data or "",
            attendance=Attendance(filters.attendance.data) if filters.attendance.data else None,
            after=asked("after"),
        )
    next_page = address(after=following) if following else ""
    figures = [{"label": state.value.capitalize(), "value": count} for state, count in counts.items()]
    return render(
        examination=examination, candidates=candidates, figures=figures, filters=filters, next_page=next_page
    )
