"""The documents of an application: the applicant's own pages."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.platform import antivirus, clock, storage
from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment.applications import queries, standing
from app.recruitment.applications.models import Application, ApplicationDocument
from app.recruitment.documents import forms, services
from app.recruitment.documents.rules import MOST_DOCUMENTS
from app.recruitment.drafts import services as draft_services
from app.recruitment.drafts import steps
from app.recruitment.papers.models import Paper
from app.recruitment.papers.queries import list_papers
from app.recruitment.profiles.forms import StepForm
from app.recruitment.scanning.queries import load_verdicts
from app.web.access import current_actor, signed_in
from app.web.pages import download, render, save

bp = Blueprint("documents", __name__)
bp.add_app_template_global(antivirus.is_bound, "has_virus_scanner")
PLACE = "/my/applications/<id('app'):application_id>/documents"


@bp.route(PLACE, methods=["GET", "POST"])
@signed_in
def list_own(application_id: str) -> ResponseReturnValue:
    """List the documents of a draft; going on says that these are all."""
    application, form = steps.get_draft(application_id), StepForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: draft_services.save_section(
            session,
            application_id=application_id,
            section="documents",
            data={},
            is_complete=not form.later.data,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        return steps.onwards(application, "documents", form)
    return _show_own(application, form)


def _show_own(application: Application, form: StepForm) -> ResponseReturnValue:
    documents = [row for row in standing.live_documents(application) if row.kind != services.EVIDENCE]
    with reading() as session:
        verdicts = load_verdicts(session, [document.digest for document in documents])
        has_papers = bool(list_papers(session, str(current_actor().id)))
    return render(
        form=form,
        application=application,
        documents=documents,
        verdicts=verdicts,
        has_papers=has_papers,
        step=steps.place(application, "documents"),
        is_full=len(documents) >= MOST_DOCUMENTS,
    )


@bp.route(f"{PLACE}/add", methods=["GET", "POST"])
@signed_in
def add(application_id: str) -> ResponseReturnValue:
    """Upload a document."""
    application, form = steps.get_draft(application_id), forms.DocumentForm()
    if form.validate_on_submit():
        digest = services.store_file(form.kept)
        if save(
            form,
            lambda session: services.add_document(
                session,
                application_id=application_id,
                kind=form.kind.data,
                checked=form.kept,
                digest=digest,
                actor=current_actor(),
                at=clock.now(),
            ),
        ):
            flash(say("Added: %(name)s.", name=form.kept.filename), "success")
            return redirect(steps.url(application_id, "documents", **steps.keep_origin()), 303)
    return render(form=form, application=application)


@bp.route(f"{PLACE}/pick", methods=["GET", "POST"])
@signed_in
def pick(application_id: str) -> ResponseReturnValue:
    """Use one of the person's own documents."""
    application = steps.get_draft(application_id)
    with reading() as session:
        papers = [
            paper
            for paper in list_papers(session, str(current_actor().id))
            if paper.kind != services.EVIDENCE
        ]
    form, kinds = forms.PickForm.of(papers), {paper.id: paper.kind for paper in papers}
    if form.validate_on_submit() and save(
        form,
        lambda session: services.add_paper(
            session,
            application_id=application_id,
            paper_id=form.paper.data,
            kind=kinds[form.paper.data],
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash(say("Added."), "success")
        return redirect(steps.url(application_id, "documents", **steps.keep_origin()), 303)
    return render(form=form, application=application)


@bp.route(f"{PLACE}/<id('doc'):document_id>/remove", methods=["GET", "POST"])
@signed_in
def remove(application_id: str, document_id: str) -> ResponseReturnValue:
    """Confirm that a document is taken out."""
    application, form = steps.get_draft(application_id), forms.RemoveForm()
    document = services.get_document(application, document_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_document(
            session,
            application_id=application_id,
            document_id=document_id,
            actor=current_actor(),
            at=clock.now(),
        ),
    ):
        flash(say("Removed: %(name)s.", name=document.filename), "success")
        return redirect(steps.url(application_id, "documents", **steps.keep_origin()), 303)
    return render(form=form, application=application, document=document)


@bp.get(f"{PLACE}/<id('doc'):document_id>")
@signed_in
def download_own(application_id: str, document_id: str) -> ResponseReturnValue:
    """Send the person a document of their own."""
    with reading() as session:
        application = queries.get_own_application(session, application_id, current_actor())
    return send(services.get_document(application, document_id))


def send(document: ApplicationDocument | Paper, *, is_shown: bool = False) -> Response:
    """Send a document as a file to keep, under its own name; it never opens as a page of ours.

    With `is_shown` a picture is shown on the page that names it.
    """
    content = storage.current().get(document.digest)
    response = download(content, filename="document", media_type=document.media_type)
    plain = document.filename.encode("ascii", "replace").decode().replace("?", "_")
    names = {"filename": plain, "filename*": f"UTF-8''{quote(document.filename, safe='')}"}
    response.headers.set("Content-Disposition", "inline" if is_shown else "attachment", **names)
    return response
