"""The office's side: who waits for an answer, longest first, and the thread of one application."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock, storage
from app.platform.db import reading, transaction
from app.recruitment.applications.models import Application
from app.recruitment.applications.queries import get_application
from app.recruitment.messages import forms, queries, rules, services
from app.recruitment.messages.routes import bp, stored
from app.recruitment.scanning.services import demand_clean
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import act, download, render, save

navigation.add("Messages", "recruitment.messages.list_staff", area="staff", order=35)
PLACE = "/staff/applications/<id('app'):application_id>/messages"


@bp.get("/staff/messages")
@requires("recruitment.messages.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the threads of the officer's agencies: unanswered first, by how long somebody has waited."""
    filters, actor, at = forms.ThreadsFilter(), current_actor(), clock.now()
    state, text = filters.state.data or forms.WAITING, filters.text.data or ""
    with reading() as session:
        page = queries.list_threads(
            session,
            actor,
            is_waiting=state == forms.WAITING,
            text=text,
            cursor=request.args.get("at", "")[:1200],
        )
    kept: dict[str, Any] = {"state": state, "text": text or None}
    return render(
        filters=filters,
        rows=[(thread, rules.is_overdue(thread.waiting_since, at)) for thread in page.rows],
        is_waiting=state == forms.WAITING,
        previous=url_for(".list_staff", at=page.previous, **kept) if page.previous else "",
        following=url_for(".list_staff", at=page.next, **kept) if page.next else "",
    )


@bp.get(PLACE)
@requires("recruitment.messages.show_staff")
def show_staff(application_id: str) -> ResponseReturnValue:
    """Read a thread; the view is recorded."""
    actor, at = current_actor(), clock.now()
    with transaction() as session:
        application = get_application(session, application_id, actor)
        actor.demand("recruitment.messages.show_staff", application.posting.agency_id)
        services.record_view(session, application=application, actor=actor, at=at)
        if actor.may("recruitment.messages.reply", application.posting.agency_id):
            services.mark_read(session, application=application, by_office=True, actor=actor, at=at)
    return _page(application, forms.MessageForm())


@bp.post(f"{PLACE}/reply")
@requires("recruitment.messages.reply")
def reply(application_id: str) -> ResponseReturnValue:
    """Write to the applicant, who is told by mail that a message is there."""
    actor, form = current_actor(), forms.MessageForm()
    with reading() as session:
        application = get_application(session, application_id, actor)
    # nobody reads the thread on the page of a refused form who may not read it elsewhere
    actor.demand("recruitment.messages.reply", application.posting.agency_id)
    files = stored(form) if form.validate_on_submit() else []
    if not form.errors and save(
        form,
        lambda session: (
            services.reply(
                session,
                application_id=application_id,
                body=form.body.data,
                files=files,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Message sent.", "success")
        return redirect(url_for(".show_staff", application_id=application_id), 303)
    return _page(application, form)


@bp.post(f"{PLACE}/settle")
@requires("recruitment.messages.settle")
def settle(application_id: str) -> ResponseReturnValue:
    """Take a thread off the list of those that wait, without an answer."""
    return act(
        lambda session: services.settle(
            session, application_id=application_id, actor=current_actor(), at=clock.now()
        ),
        done="Taken off the list: no answer is needed.",
        then=url_for(".list_staff"),
    )


@bp.get(f"{PLACE}/files/<id('mfl'):file_id>")
@requires("recruitment.messages.download_staff")
def download_staff(application_id: str, file_id: str) -> ResponseReturnValue:
    """Send a file of a thread; the download is recorded."""
    actor = current_actor()
    with transaction() as session:
        application = get_application(session, application_id, actor)
        actor.demand("recruitment.messages.download_staff", application.posting.agency_id)
        file = queries.get_file(session, application_id, file_id)
        demand_clean(session, file.digest)
        services.record_download(session, application=application, file=file, actor=actor, at=clock.now())
    content = storage.current().get(file.digest)
    return download(content, filename=file.filename, media_type=file.media_type)


def _page(application: Application, form: forms.MessageForm) -> ResponseReturnValue:
    with reading() as session:
        messages = queries.list_messages(session, application.id)
        thread = queries.find_thread(session, application.id)
    return render(
        template="recruitment/messages/show_staff.html",
        form=form,
        application=application,
        messages=messages,
        waiting_since=thread.waiting_since if thread else None,
    )
