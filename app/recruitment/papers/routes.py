"""A person's own papers: uploaded once, used in any application."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment.documents.forms import RemoveForm
from app.recruitment.documents.routes import send
from app.recruitment.documents.services import store_file
from app.recruitment.papers import queries, services
from app.recruitment.papers.forms import PaperForm
from app.recruitment.scanning.queries import load_verdicts
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("papers", __name__)
PLACE = "/my/profile/documents"


@bp.get(PLACE)
@signed_in
def list_own() -> ResponseReturnValue:
    """List the papers that the person keeps."""
    with reading() as session:
        papers = queries.list_papers(session, str(current_actor().id))
        verdicts = load_verdicts(session, [paper.digest for paper in papers])
    return render(
        papers=papers,
        verdicts=verdicts,
        is_full=len(papers) >= services.MOST_PAPERS,
        today=clock.now().date(),
    )


@bp.route(f"{PLACE}/add", methods=["GET", "POST"])
@signed_in
def add() -> ResponseReturnValue:
    """Upload a paper."""
    form = PaperForm()
    if form.validate_on_submit():
        digest = store_file(form.kept)
        if save(
            form,
            lambda session: services.add_paper(
                session,
                kind=form.kind.data,
                checked=form.kept,
                digest=digest,
                expires_on=form.expires_on.data,
                actor=current_actor(),
                at=clock.now(),
            ),
        ):
            flash(say("Added: %(name)s.", name=form.kept.filename), "success")
            return redirect(url_for(".list_own"), 303)
    return render(form=form)


@bp.route(f"{PLACE}/<id('ppr'):paper_id>/remove", methods=["GET", "POST"])
@signed_in
def remove(paper_id: str) -> ResponseReturnValue:
    """Confirm that a paper is taken out."""
    actor, form = current_actor(), RemoveForm()
    with reading() as session:
        paper = queries.get_paper(session, paper_id, str(actor.id))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_paper(session, paper_id=paper_id, actor=actor, at=clock.now()),
    ):
        flash(say("Removed: %(name)s.", name=paper.filename), "success")
        return redirect(url_for(".list_own"), 303)
    return render(form=form, paper=paper)


@bp.get(f"{PLACE}/<id('ppr'):paper_id>")
@signed_in
def download_own(paper_id: str) -> ResponseReturnValue:
    """Send the person a paper of their own."""
    with reading() as session:
        paper = queries.get_paper(session, paper_id, str(current_actor().id))
    return send(paper)
