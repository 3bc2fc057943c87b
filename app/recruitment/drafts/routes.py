"""The steps of an application: each its own page and form, saved when one goes on or leaves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.recruitment.applications import queries, standing
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.drafts import forms, services, steps
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("drafts", __name__)
ENTRY = "/my/applications/<id('app'):application_id>/<any(education, experience):section>"
ENTRY_FORMS: dict[str, type[forms.EducationForm] | type[forms.ExperienceForm]] = {
    "education": forms.EducationForm,
    "experience": forms.ExperienceForm,
}


@bp.route("/vacancies/<id('pst'):posting_id>/apply", methods=["GET", "POST"])
@signed_in
def start(posting_id: str) -> ResponseReturnValue:
    """Say what is needed, and begin an application."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        posting = queries.get_advertised(session, posting_id)
        found = queries.find_own_for_posting(session, posting_id, actor)
        if found is None or found.submission is Submission.WITHDRAWN:
            services.demand_may_apply(session, posting, actor, at)
    form = forms.StartForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.start_application(session, posting_id=posting_id, actor=actor, at=at).id,
    ):
        return redirect(url_for("recruitment.applications.show", application_id=form.saved), 303)
    return render(form=form, posting=posting, found=found)


@bp.get("/my/applications/<id('app'):application_id>/tasks")
@signed_in
def tasks(application_id: str) -> ResponseReturnValue:
    """List the steps of a draft and how far each has come."""
    application = steps.get_draft(application_id)
    return render(
        application=application,
        states=standing.section_states(application),
        missing=standing.missing_sections(application),
        is_open=standing.is_open(application, clock.now()),
        titles=steps.TITLES,
        step_url=steps.url,
    )


@bp.route("/my/applications/<id('app'):application_id>/contact", methods=["GET", "POST"])
@signed_in
def contact(application_id: str) -> ResponseReturnValue:
    """Ask who applies and how to reach them."""
    application, actor = steps.get_draft(application_id), current_actor()
    first = {"full_name": actor.name, "email": actor.email, "country": "United States"}
    form = forms.ContactForm(data=first | standing.saved_data(application, "contact"))
    return _answer_step(application, "contact", form)


@bp.route("/my/applications/<id('app'):application_id>/answers", methods=["GET", "POST"])
@signed_in
def answers(application_id: str) -> ResponseReturnValue:
    """Ask how the person meets each criterion."""
    application = steps.get_draft(application_id)
    if not application.posting.criteria:
        raise NotFound("This vacancy has no requirements to answer one by one.")
    form_class = forms.AnswersForm.asking(application.posting.criteria)
    return _answer_step(application, "answers", form_class(data=standing.saved_data(application, "answers")))


def _answer_step(application: Application, section: str, form: forms.StepForm) -> ResponseReturnValue:
    if form.validate_on_submit() and save(
        form,
        lambda session: services.save_section(
            session,
            application_id=application.id,
            section=section,
            data=form.values(),
            is_complete=form.is_complete,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        return steps.onwards(application, section, form)
    return render(form=form, application=application, step=steps.place(application, section))


@bp.route(ENTRY, methods=["GET", "POST"])
@signed_in
def entries(application_id: str, section: str) -> ResponseReturnValue:
    """List the entries of a step, and ask whether there are more."""
    application, origin = steps.get_draft(application_id), steps.keep_origin()
    rows = standing.entries_of(application, section)
    said_none = not rows and bool(standing.saved_data(application, section))
    form = forms.AnotherForm(data={"another": "no" if said_none else None})
    if form.validate_on_submit():
        if form.another.data == "yes":
            target = url_for(".add_entry", application_id=application_id, section=section, **origin)
            return redirect(target, 303)
        if rows or save(form, lambda session: _say_none(session, application_id, section)):
            return steps.onwards(application, section)
    step = steps.place(application, section)
    return render(form=form, application=application, section=section, rows=rows, step=step, origin=origin)


def _say_none(session: Session, application_id: str, section: str) -> Application:
    return services.save_section(
        session,
        application_id=application_id,
        section=section,
        data={"entries": []},
        is_complete=True,
        actor=current_actor(),
        at=clock.now(),
    )


@bp.route(f"{ENTRY}/add", methods=["GET", "POST"])
@signed_in
def add_entry(application_id: str, section: str) -> ResponseReturnValue:
    """Add a school or a post."""
    application = steps.get_draft(application_id)
    return _answer_entry(application, section, None, {})


@bp.route(f"{ENTRY}/<int:number>", methods=["GET", "POST"])
@signed_in
def edit_entry(application_id: str, section: str, number: int) -> ResponseReturnValue:
    """Change a school or a post."""
    application = steps.get_draft(application_id)
    return _answer_entry(application, section, number, _entry(application, section, number))


def _entry(application: Application, section: str, number: int) -> dict[str, Any]:
    for entry in standing.entries_of(application, section):
        if entry["id"] == number:
            return entry
    raise NotFound("This entry is not there any more.")


def _answer_entry(
    application: Application, section: str, number: int | None, values: dict[str, Any]
) -> ResponseReturnValue:
    at = clock.now()
    form = ENTRY_FORMS[section](data=values, today=clock.local_date(at, application.posting.time_zone))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.save_entry(
            session,
            application_id=application.id,
            section=section,
            number=number,
            values=form.values(),
            is_complete=form.is_complete,
            actor=current_actor(),
            at=at,
        ),
    ):
        return steps.leave_entry(application, section, form)
    step = steps.place(application, section)
    return render(form=form, application=application, section=section, number=number, step=step)


@bp.route(f"{ENTRY}/<int:number>/remove", methods=["GET", "POST"])
@signed_in
def remove_entry(application_id: str, section: str, number: int) -> ResponseReturnValue:
    """Confirm that an entry is taken out."""
    application, origin = steps.get_draft(application_id), steps.keep_origin()
    entry, form = _entry(application, section, number), forms.RemoveForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_entry(
            session,
            application_id=application_id,
            section=section,
            number=number,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash("Removed.", "success")
        return redirect(url_for(".entries", application_id=application_id, section=section, **origin), 303)
    return render(form=form, application=application, section=section, entry=entry, origin=origin)


@bp.get("/my/applications/<id('app'):application_id>/review")
@signed_in
def review(application_id: str) -> ResponseReturnValue:
    """Show everything that was entered, each part with a link to change it."""
    application = steps.get_draft(application_id)
    return render(
        application=application,
        saved={row.section: row.data for row in application.sections},
        documents=standing.live_documents(application),
        missing=standing.missing_sections(application),
        step=steps.place(application, "review"),
        step_url=steps.url,
    )
