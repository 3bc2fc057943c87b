"""The steps of an application: each its own page and form, saved when one goes on or leaves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.platform import clock
from app.platform.db import reading
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications import queries, rules, snapshots, standing
from app.recruitment.applications.differences import difference
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Submission
from app.recruitment.drafts import forms, services, steps
from app.recruitment.drafts.autosaving import save_standing
from app.recruitment.drafts.queries import list_to_copy_from
from app.recruitment.eligibility.forms import QuestionsForm
from app.web.access import current_actor, signed_in
from app.web.pages import render, save
from app.web.typed import keeps_typing

bp = Blueprint("drafts", __name__)
OWN = "/my/applications/<id('app'):application_id>"
ENTRY = f"{OWN}/<any({', '.join(rules.LISTS)}):section>"
WRITTEN = f"<any(contact, answers, eligibility, {', '.join(rules.LISTS)}):section>"


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
        earlier = [] if found else list_to_copy_from(session, posting_id, actor)
    form = forms.StartForm(data={"copy_from": "profile"})
    form.copy_from.choices = [
        ("profile", say("What my profile holds")),
        *((row.id, say("My application for %(title)s", title=row.posting.title)) for row in earlier),
    ]
    if form.validate_on_submit() and save(form, lambda session: _start(session, posting_id, form)):
        return redirect(url_for("recruitment.applications.show", application_id=form.saved), 303)
    return render(form=form, posting=posting, found=found, earlier=earlier)


def _start(session: Session, posting_id: str, form: forms.StartForm) -> str:
    chosen = form.copy_from.data
    return services.start_application(
        session,
        posting_id=posting_id,
        actor=current_actor(),
        at=clock.now(),
        copy_from=chosen if chosen != "profile" else "",
    ).id


@bp.get(f"{OWN}/tasks")
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


@bp.route(f"{OWN}/contact", methods=["GET", "POST"])
@signed_in
@keeps_typing
def contact(application_id: str) -> ResponseReturnValue:
    """Ask who applies and how to reach them."""
    application, actor = steps.get_frame_of(application_id), current_actor()
    first = {"full_name": actor.name, "email": actor.email, "country": "United States"}
    saved = first | standing.saved_data(application, "contact")
    form = steps.fill(forms.ContactForm, saved, steps.saved_at(application, "contact"))
    return _answer_step(application, "contact", form)


@bp.route(f"{OWN}/answers", methods=["GET", "POST"])
@signed_in
@keeps_typing
def answers(application_id: str) -> ResponseReturnValue:
    """Ask how the person meets each criterion."""
    application = steps.get_frame_of(application_id)
    if not application.posting.criteria:
        raise NotFound(say("This vacancy has no requirements to answer one by one."))
    saved = standing.saved_data(application, "answers")
    form_class = forms.AnswersForm.asking(application.posting.criteria)
    return _answer_step(
        application, "answers", steps.fill(form_class, saved, steps.saved_at(application, "answers"))
    )


def _answer_step(application: Application, section: str, form: forms.DraftForm) -> ResponseReturnValue:
    if form.validate_on_submit() and steps.keep(
        form,
        lambda session: services.save_section(
            session,
            application_id=application.id,
            section=section,
            data=form.values(),
            is_complete=form.is_complete,
            actor=current_actor(),
            at=clock.now(),
            page=form.page,
            keeps_in_profile=form.keeps_in_profile,
        ),
    ):
        return steps.onwards(application, section, form)
    return render(form=form, application=application, section=section, step=steps.place(application, section))


@bp.route(ENTRY, methods=["GET", "POST"])
@signed_in
def entries(application_id: str, section: str) -> ResponseReturnValue:
    """List the entries of a step, and ask whether there are more."""
    application, origin = steps.get_frame_of(application_id), steps.keep_origin()
    rows = standing.entries_of(application, section)
    said_none = not rows and bool(standing.saved_data(application, section))
    form = forms.AnotherForm(data={"another": "no" if said_none else None})
    if form.validate_on_submit():
        if form.another.data == "yes":
            target = url_for(".add_entry", application_id=application_id, section=section, **origin)
            return redirect(target, 303)
        is_kept = bool(form.keep_in_profile.data)
        if (rows and not is_kept) or save(
            form, lambda session: _put_list(session, application_id, section, rows, is_kept)
        ):
            return steps.onwards(application, section)
    step = steps.place(application, section)
    return render(form=form, application=application, section=section, rows=rows, step=step, origin=origin)


def _put_list(
    session: Session, application_id: str, section: str, rows: list[dict[str, Any]], is_kept: bool
) -> Application:
    return services.save_section(
        session,
        application_id=application_id,
        section=section,
        data={"entries": rows},
        is_complete=all(row["is_complete"] for row in rows),
        actor=current_actor(),
        at=clock.now(),
        keeps_in_profile=is_kept,
    )


@bp.route(f"{ENTRY}/add", methods=["GET", "POST"])
@signed_in
@keeps_typing
def add_entry(application_id: str, section: str) -> ResponseReturnValue:
    """Add an entry to a list, such as a school or a post."""
    return _answer_entry(steps.get_frame_of(application_id), section, None, {})


@bp.route(f"{ENTRY}/<int:number>", methods=["GET", "POST"])
@signed_in
@keeps_typing
def edit_entry(application_id: str, section: str, number: int) -> ResponseReturnValue:
    """Change an entry of a list."""
    application = steps.get_frame_of(application_id)
    return _answer_entry(application, section, number, _entry(application, section, number))


def _entry(application: Application, section: str, number: int) -> dict[str, Any]:
    for entry in standing.entries_of(application, section):
        if entry["id"] == number:
            return entry
    raise NotFound(say("This entry is not there any more."))


def _answer_entry(
    application: Application, section: str, number: int | None, values: dict[str, Any]
) -> ResponseReturnValue:
    at = clock.now()
    today = clock.local_date(at, application.posting.time_zone)
    form = steps.fill(forms.ENTRY_FORMS[section], values, values.get("saved_at", ""), today=today)
    if form.validate_on_submit() and steps.keep(
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
            page=form.page,
        ),
    ):
        return steps.leave_entry(application, section, form)
    step = steps.place(application, section)
    return render(form=form, application=application, section=section, number=number, step=step)


@bp.route(f"{ENTRY}/<int:number>/remove", methods=["GET", "POST"])
@signed_in
def remove_entry(application_id: str, section: str, number: int) -> ResponseReturnValue:
    """Confirm that an entry is taken out."""
    application, origin = steps.get_frame_of(application_id), steps.keep_origin()
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
        flash(say("Removed."), "success")
        return redirect(url_for(".entries", application_id=application_id, section=section, **origin), 303)
    return render(form=form, application=application, section=section, entry=entry, origin=origin)


@bp.post(f"{OWN}/autosave/{WRITTEN}")
@signed_in
def autosave(application_id: str, section: str) -> ResponseReturnValue:
    """Save what stands in a step, for the script that sends each field when it is left."""
    actor = current_actor()
    with reading() as session:
        application = queries.get_own_application(session, application_id, actor)
    known: dict[str, Any] = {"application_id": application_id, "section": section, "actor": actor}
    form = _form_of(application, section)
    if section not in rules.LISTS:
        return save_standing(form, application, services.autosave_section, **known)
    number = request.args.get("entry", type=int)
    return save_standing(form, application, services.autosave_entry, number=number, **known)


def _form_of(application: Application, section: str) -> Any:
    posting = application.posting
    if section in rules.LISTS:
        return forms.ENTRY_FORMS[section](today=clock.local_date(clock.now(), posting.time_zone))
    if section == "answers":
        return forms.AnswersForm.asking(posting.criteria)()
    if section == "eligibility":
        return QuestionsForm.asking(posting.questions)()
    return forms.ContactForm()


@bp.get(f"{OWN}/review")
@signed_in
def review(application_id: str) -> ResponseReturnValue:
    """Show exactly what the office will see, each part with a link to change it; it can be printed."""
    application, actor = steps.get_draft(application_id), current_actor()
    content = snapshots.write_down(application)
    before = None
    if application.changes_id:
        with reading() as session:
            before = queries.get_own_application(session, application.changes_id, actor)
    return render(
        application=application,
        received=content,
        changes=difference(before.snapshot or {}, content) if before else None,
        before=before,
        missing=standing.missing_sections(application),
        is_open=standing.is_open(application, clock.now()),
        step=steps.place(application, "review"),
        step_url=steps.url,
    )
