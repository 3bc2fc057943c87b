"""The rater's pages: what is mine to rate, one script after another, and nothing that names a candidate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.assignments.models import ScriptAssignment
from app.exams.assignments.states import AssignmentState
from app.exams.interviews.queries import load_times
from app.exams.marking import evidence, queries, rules, services
from app.exams.marking.forms import (
    DeclarationForm,
    MarkingForm,
    NamedPersonForm,
    ReturnForm,
    StepAsideForm,
    marking_form,
)
from app.exams.panels.queries import get_own_member
from app.exams.panels.rules import write_units
from app.exams.plans.queries import load_book
from app.exams.recusals import services as declaring
from app.exams.scripts.queries import find_file
from app.platform import clock, storage
from app.platform.db import reading
from app.recruitment.scanning.services import demand_clean
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import act, download, render, save

bp = Blueprint("marking", __name__)
navigation.add("Marking", "exams.marking.list_own", area="staff", order=45)
PANEL = "/staff/marking/<id('pnl'):panel_id>"
ONE = "/staff/ratings/<id('asn'):assignment_id>"


@bp.get("/staff/marking")
@requires("exams.marking.list_own")
def list_own() -> ResponseReturnValue:
    """List the panels for which one rates."""
    with reading() as session:
        members = queries.list_memberships(session, current_actor())
        counts = queries.count_own(session, [member.id for member in members])
    return render(members=members, counts=counts)


@bp.get(PANEL)
@requires("exams.marking.show")
def show(panel_id: str) -> ResponseReturnValue:
    """Show what one has to rate for a panel, by blind code."""
    actor = current_actor()
    with reading() as session:
        member = get_own_member(session, panel_id, actor)
        tasks = queries.list_tasks(session, member.id)
        to_confirm = queries.list_to_confirm(session, panel_id, actor)
        book = load_book(session, member.panel.examination_id)
        times = load_times(session, panel_id)
    return render(
        member=member,
        times=times,
        panel=member.panel,
        tasks=tasks,
        to_confirm=to_confirm if member.panel.is_confirmed_by_second and member.declared_at else [],
        sentences=rules.sentences(book, member.panel.component),
        first=next((task for task in tasks if task.state is AssignmentState.OPEN), None),
        done=sum(task.state is AssignmentState.SUBMITTED for task in tasks),
        write=write_units,
    )


@bp.route(f"{PANEL}/declaration", methods=["GET", "POST"])
@requires("exams.marking.declare")
def declare(panel_id: str) -> ResponseReturnValue:
    """Declare where one lives and has worked."""
    actor = current_actor()
    with reading() as session:
        member = get_own_member(session, panel_id, actor)
    form = DeclarationForm(obj=member)
    if form.validate_on_submit() and save(
        form,
        lambda session: declaring.declare(
            session, panel_id=panel_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("Your declaration is kept. You get nothing to rate that it speaks against.", "success")
        return redirect(url_for(".show", panel_id=panel_id), 303)
    return render(form=form, panel=member.panel)


@bp.route(f"{PANEL}/relations/new", methods=["GET", "POST"])
@requires("exams.marking.name_relation")
def name_relation(panel_id: str) -> ResponseReturnValue:
    """Name somebody whom one cannot judge freely."""
    actor, form = current_actor(), NamedPersonForm()
    with reading() as session:
        member = get_own_member(session, panel_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: declaring.name_relation(
            session, panel_id=panel_id, values=form.values(), actor=actor, at=clock.now()
        ),
    ):
        flash("Thank you. The exam office looks whether this person is a candidate.", "success")
        return redirect(url_for(".show", panel_id=panel_id), 303)
    return render(form=form, panel=member.panel)


@bp.route(ONE, methods=["GET", "POST"])
@requires("exams.marking.mark")
def mark(assignment_id: str) -> ResponseReturnValue:
    """Rate one script."""
    with reading() as session:
        assignment = queries.get_own_assignment(session, assignment_id, current_actor())
        kept = queries.load_marks(session, assignment_id)
        tasks = queries.list_tasks(session, assignment.member_id)
        shown = evidence.load(session, assignment.script)
    panel = assignment.script.panel
    form = marking_form(panel, kept)
    is_open = assignment.state is AssignmentState.OPEN
    if is_open and form.validate_on_submit() and save(form, _change(form, assignment_id)):
        return redirect(_onward(form, panel.id, assignment_id, tasks), 303)
    return render(form=form, panel=panel, script=assignment.script, **_place(assignment, tasks, kept, shown))


@bp.route(f"{ONE}/step-aside", methods=["GET", "POST"])
@requires("exams.marking.step_aside")
def step_aside(assignment_id: str) -> ResponseReturnValue:
    """Give a script up because one knows whose it is."""
    actor, form = current_actor(), StepAsideForm()
    with reading() as session:
        script = queries.get_own_assignment(session, assignment_id, actor).script
    if form.validate_on_submit() and save(
        form,
        lambda session: services.step_aside(
            session, assignment_id=assignment_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash(f"Thank you. {script.code} goes to somebody else.", "success")
        return redirect(url_for(".show", panel_id=script.panel_id), 303)
    return render(form=form, script=script, panel=script.panel)


@bp.route(f"{ONE}/confirm", methods=["GET", "POST"])
@requires("exams.marking.confirm")
def confirm(assignment_id: str) -> ResponseReturnValue:
    """Look at another's rating as a second person, and send it back where it does not hold."""
    actor, form = current_actor(), ReturnForm()
    with reading() as session:
        assignment = queries.get_to_confirm(session, assignment_id, actor)
        kept = queries.load_marks(session, assignment_id)
        shown = evidence.load(session, assignment.script)
    panel = assignment.script.panel
    if form.validate_on_submit() and save(
        form,
        lambda session: services.return_rating(
            session, assignment_id=assignment_id, reason=form.reason.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The rating goes back with your reason.", "success")
        return redirect(url_for(".show", panel_id=panel.id), 303)
    return render(form=form, panel=panel, script=assignment.script, **_place(assignment, [], kept, shown))


@bp.post(f"{ONE}/agree")
@requires("exams.marking.agree")
def agree(assignment_id: str) -> ResponseReturnValue:
    """Confirm another's rating."""
    actor = current_actor()
    with reading() as session:
        panel_id = queries.get_to_confirm(session, assignment_id, actor).script.panel_id
    return act(
        lambda session: services.confirm_rating(
            session, assignment_id=assignment_id, actor=actor, at=clock.now()
        ),
        done="The rating is confirmed.",
        then=url_for(".show", panel_id=panel_id),
    )


@bp.get(f"{ONE}/files/<id('scf'):file_id>")
@requires("exams.marking.read")
def read(assignment_id: str, file_id: str) -> ResponseReturnValue:
    """Show a rater a page of the script, under its blind code."""
    with reading() as session:
        script = queries.get_readable(session, assignment_id, current_actor()).script
        file = find_file(script, file_id)
        demand_clean(session, file.digest)
    ending = file.filename.rpartition(".")[2]
    name = f"{script.code}-{script.files.index(file) + 1}.{ending}"
    content = storage.current().get(file.digest)
    return download(content, filename=name, media_type=file.media_type, inline=True)


def _change(form: MarkingForm, assignment_id: str) -> Callable[[Any], ScriptAssignment]:
    change = services.submit_marks if form.submit_marks.data else services.save_marks
    actor, at = current_actor(), clock.now()
    return lambda session: change(
        session, assignment_id=assignment_id, sheet=form.sheet(), actor=actor, at=at
    )


def _onward(form: MarkingForm, panel_id: str, here: str, tasks: list[queries.Task]) -> str:
    """Give the address of the next script, or the one before; the list where there is none."""
    codes = [task.id for task in tasks if task.state is AssignmentState.OPEN or task.id == here]
    place = codes.index(here) if here in codes else 0
    if form.save_back.data:
        following = codes[:place][-1:]
    else:
        following = codes[place + 1 : place + 2] or [
            own for own in codes[:place][:1] if form.submit_marks.data
        ]
    if following:
        return url_for(".mark", assignment_id=following[0])
    return url_for(".show", panel_id=panel_id)


def _place(
    assignment: ScriptAssignment,
    tasks: list[queries.Task],
    kept: Mapping[str, Any],
    shown: evidence.Evidence,
) -> dict[str, Any]:
    own = [task.id for task in tasks]
    return {
        "assignment": assignment,
        "evidence": shown,
        "kept": kept,
        "files": [file for file in assignment.script.files if file.removed_at is None],
        "number": own.index(assignment.id) + 1 if assignment.id in own else 0,
        "count": len(tasks),
        "done": sum(task.state is AssignmentState.SUBMITTED for task in tasks),
        "mark_rows": queries.mark_rows,
    }
