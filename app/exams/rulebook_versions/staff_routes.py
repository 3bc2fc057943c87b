"""Rulebooks for the staff: those that come with the program, and those that an agency brings."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.exams import history, merit, rulebooks
from app.exams.listing import asked
from app.exams.plans.rules import components_of, draw_weights
from app.exams.rulebook_versions import queries, rules, services
from app.exams.rulebook_versions.forms import DecideForm, RulebookFilterForm, UploadForm, WithdrawForm
from app.exams.rulebook_versions.states import RulebookState
from app.platform import clock
from app.platform.db import reading
from app.recruitment.listing import address
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import download as answer_with_file
from app.web.pages import render, save

bp = Blueprint("rulebook_versions", __name__)
navigation.add("Rulebooks", "exams.rulebook_versions.list_staff", area="staff", order=41)


@bp.get("/staff/rulebooks")
@requires("exams.rulebook_versions.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the rulebooks of the officer's agencies, and those that come with the program."""
    filters = RulebookFilterForm()
    state = RulebookState(filters.state.data) if filters.state.data else None
    with reading() as session:
        versions, following = queries.list_versions(
            session, current_actor(), state=state, before=asked("before")
        )
    shipped = [(book, rulebooks.list_hindrances(book)) for book in merit.rulebook.shipped()]
    next_page = address(before=following) if following else ""
    return render(versions=versions, shipped=shipped, filters=filters, next_page=next_page)


@bp.get("/staff/rulebooks/<id('rbv'):version_id>")
@requires("exams.rulebook_versions.show")
def show(version_id: str) -> ResponseReturnValue:
    """Show a rulebook in plain words, its text with line numbers, and what was done with it."""
    with reading() as session:
        version = queries.get_version(session, version_id, current_actor())
        timeline = history.load_timeline(session, version_id, version.agency.time_zone)
    book = rulebooks.read(version.text, version.digest)
    return render(
        version=version,
        book=book,
        described=rulebooks.describe_book(book),
        weights=draw_weights(components_of(book)),
        timeline=timeline,
    )


@bp.route("/staff/rulebooks/upload", methods=["GET", "POST"])
@requires("exams.rulebook_versions.upload")
def upload() -> ResponseReturnValue:
    """Check a rulebook, and store it when it has no fault; a second person decides about it."""
    actor, form = current_actor(), UploadForm()
    with reading() as session:
        agencies = list_agencies_for(session, actor, "exams.rulebook_versions.upload")
    form.agency_id.choices = named(agencies)
    found: tuple[rules.Fault, ...] = ()
    if form.validate_on_submit():
        content = form.file.data.read()
        found = rules.read(content).faults

        def change(session: Session) -> str:
            return services.upload_rulebook(
                session, agency_id=form.agency_id.data, content=content, actor=actor, at=clock.now()
            ).id

        if save(form, change):
            flash("Rulebook uploaded. A second person can now decide about it.", "success")
            return redirect(url_for(".show", version_id=form.saved), 303)
    return render(form=form, faults=found)


@bp.route("/staff/rulebooks/<id('rbv'):version_id>/decide", methods=["GET", "POST"])
@requires("exams.rulebook_versions.decide")
def decide(version_id: str) -> ResponseReturnValue:
    """Approve or refuse a rulebook that somebody else uploaded."""
    actor, form = current_actor(), DecideForm()
    with reading() as session:
        version = queries.get_version(session, version_id, actor)
    rules.demand_second_person(actor.id, version.uploaded_by)

    def change(session: Session) -> str:
        return services.decide_rulebook(
            session,
            version_id=version_id,
            is_approved=form.decision.data == "approve",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Decision saved.", "success")
        return redirect(url_for(".show", version_id=version_id), 303)
    return render(form=form, version=version)


@bp.route("/staff/rulebooks/<id('rbv'):version_id>/withdraw", methods=["GET", "POST"])
@requires("exams.rulebook_versions.withdraw")
def withdraw(version_id: str) -> ResponseReturnValue:
    """Offer a rulebook no longer."""
    actor, form = current_actor(), WithdrawForm()
    with reading() as session:
        version = queries.get_version(session, version_id, actor)

    def change(session: Session) -> str:
        return services.withdraw_rulebook(
            session, version_id=version_id, reason=form.reason.data, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Rulebook withdrawn. What was announced under it goes on.", "success")
        return redirect(url_for(".show", version_id=version_id), 303)
    return render(form=form, version=version)


@bp.get("/staff/rulebooks/<id('rbv'):version_id>/text")
@requires("exams.rulebook_versions.download")
def download(version_id: str) -> ResponseReturnValue:
    """Download the text of a rulebook as it was uploaded."""
    with reading() as session:
        version = queries.get_version(session, version_id, current_actor())
    filename = f"{version.name}-{version.version}.toml"
    return answer_with_file(version.text.encode(), filename=filename, media_type="application/toml")
