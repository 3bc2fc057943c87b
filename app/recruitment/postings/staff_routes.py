"""Postings for the staff of an agency: the list, one posting, and the acts on it."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import reading, transaction
from app.platform.errors import Conflict
from app.recruitment import history, rulebooks
from app.recruitment.postings import queries, rules, services, wording
from app.recruitment.postings.criteria_forms import (
    MOST,
    asked,
    criteria_form,
    lines_of,
    lines_sent,
    rearrange,
)
from app.recruitment.postings.forms import CancelForm, EditForm, PublishForm, SendBackForm, StaffFilterForm
from app.recruitment.postings.models import Posting
from app.recruitment.postings.routes import bp
from app.recruitment.postings.states import PostingState
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import act, render, save

navigation.add("Postings", "recruitment.postings.list_staff", area="staff", order=30)


@bp.get("/staff/postings")
@requires("recruitment.postings.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the postings of the officer's agencies."""
    actor = current_actor()
    with reading() as session:
        agencies = list_agencies_for(session, actor, queries.READ)
        filters = StaffFilterForm(choices={"agency": named(agencies)})
        wanted = queries.Filters(
            state=PostingState(filters.state.data) if filters.state.data else None,
            agency_id=filters.agency.data or "",
            text=filters.text.data or "",
            is_own=(filters.source.data == "own") if filters.source.data else None,
        )
        page = queries.list_postings(session, actor, wanted, cursor=listing.read_cursor())
        counts = queries.count_by_state(session, actor)
    figures = [{"label": state.title, "value": f"{counts[state]:,}"} for state in PostingState]
    can_import = actor.agencies("recruitment.postings.import_file") is None
    return render(
        filters=filters,
        postings=page.rows,
        pages=listing.addresses(page),
        figures=figures,
        can_import=can_import,
    )


@bp.get("/staff/postings/<id('pst'):posting_id>")
@requires("recruitment.postings.show")
def show(posting_id: str) -> ResponseReturnValue:
    """Show a posting as the staff sees it: what it says, what can be done, what was done."""
    actor = current_actor()
    with reading() as session:
        posting = queries.get_posting(session, posting_id, actor)
        events = queries.list_events(session, posting_id)
        rulebook = rulebooks.find_for(session, posting, _today(posting))
    return render(
        posting=posting,
        timeline=history.timeline(events, posting.time_zone),
        acts=_acts(posting, actor),
        rulebook=rulebook,
        pay=wording.pay(posting),
        blocks=wording.blocks,
    )


@bp.post("/staff/postings/new/<id('req'):requisition_id>")
@requires("recruitment.postings.create")
def create(requisition_id: str) -> ResponseReturnValue:
    """Draft the posting of an approved requisition and go on to write it."""
    actor = current_actor()
    try:
        with transaction() as session:
            posting = services.create_posting(
                session, requisition_id=requisition_id, actor=actor, at=clock.now()
            )
    except Conflict as error:
        flash(error.message, "error")
        return redirect(url_for("recruitment.requisitions.show", requisition_id=requisition_id), 303)
    flash("Posting drafted from the requisition. Now write what the work is.", "success")
    return redirect(url_for(".edit", posting_id=posting.id), 303)


@bp.route("/staff/postings/<id('pst'):posting_id>/edit", methods=["GET", "POST"])
@requires("recruitment.postings.edit")
def edit(posting_id: str) -> ResponseReturnValue:
    """Write a draft posting."""
    actor, posting = _load(posting_id, "edit")
    form = EditForm(obj=posting)
    with reading() as session:
        books = rulebooks.offered(session, _today(posting), posting.agency_id)
    form.rulebook.choices = [(book.name, book.title, " ".join(book.sentences)) for book in books]

    def change(session: Session) -> Posting:
        return services.edit_posting(
            session, posting_id=posting_id, values=form.values(), actor=actor, at=clock.now()
        )

    if form.validate_on_submit() and save(form, change):
        flash("Draft saved.", "success")
        return redirect(url_for(".show", posting_id=posting_id), 303)
    return render(form=form, posting=posting)


@bp.route("/staff/postings/<id('pst'):posting_id>/criteria", methods=["GET", "POST"])
@requires("recruitment.postings.criteria")
def criteria(posting_id: str) -> ResponseReturnValue:
    """Write the requirements of a draft, in order; only “Save” stores them."""
    actor, posting = _load(posting_id, "criteria")
    pressed = request.form.get("act", "")
    lines = lines_sent(request.form) if request.method == "POST" else lines_of(posting.criteria)
    if request.method == "POST" and pressed != "save":
        lines = rearrange(lines, pressed)
    form = criteria_form(lines, is_sent=pressed == "save")

    def change(session: Session) -> Posting:
        return services.set_criteria(
            session, posting_id=posting_id, criteria=asked(form, len(lines)), actor=actor, at=clock.now()
        )

    if pressed == "save" and form.validate_on_submit() and save(form, change):
        flash("Requirements saved.", "success")
        return redirect(url_for(".show", posting_id=posting_id), 303)
    return render(form=form, posting=posting, count=len(lines), most=MOST)


@bp.post("/staff/postings/<id('pst'):posting_id>/submit")
@requires("recruitment.postings.submit")
def submit(posting_id: str) -> ResponseReturnValue:
    """Ask a second person to approve."""
    return act(
        lambda session: services.submit_posting(
            session, posting_id=posting_id, actor=current_actor(), at=clock.now()
        ),
        done="Submitted. A second officer can now approve the posting.",
        then=url_for(".show", posting_id=posting_id),
    )


@bp.post("/staff/postings/<id('pst'):posting_id>/approve")
@requires("recruitment.postings.approve")
def approve(posting_id: str) -> ResponseReturnValue:
    """Approve a posting that somebody else wrote."""
    return act(
        lambda session: services.approve_posting(
            session, posting_id=posting_id, actor=current_actor(), at=clock.now()
        ),
        done="Approved. The posting can now be published.",
        then=url_for(".show", posting_id=posting_id),
    )


@bp.route("/staff/postings/<id('pst'):posting_id>/send-back", methods=["GET", "POST"])
@requires("recruitment.postings.send_back")
def send_back(posting_id: str) -> ResponseReturnValue:
    """Make a draft of it again, with what has to be changed."""
    actor, posting = _load(posting_id, "send_back")
    form = SendBackForm()

    def change(session: Session) -> Posting:
        return services.send_back_posting(
            session, posting_id=posting_id, reason=form.reason.data, actor=actor, at=clock.now()
        )

    if form.validate_on_submit() and save(form, change):
        flash("Sent back. The posting is a draft again.", "success")
        return redirect(url_for(".show", posting_id=posting_id), 303)
    return render(form=form, posting=posting)


@bp.route("/staff/postings/<id('pst'):posting_id>/publish", methods=["GET", "POST"])
@requires("recruitment.postings.publish")
def publish(posting_id: str) -> ResponseReturnValue:
    """Announce an approved posting and set its deadline."""
    actor, posting = _load(posting_id, "publish")
    suggested = rules.suggest_deadline(clock.now(), posting.time_zone)
    form = PublishForm(zone=posting.time_zone, data={"closes_at": suggested})

    def change(session: Session) -> Posting:
        return services.publish_posting(
            session,
            posting_id=posting_id,
            opens_at=form.opens_at.data,
            closes_at=form.closes_at.data or suggested,  # it is asked for, so that it is there once valid
            grace_minutes=form.grace_minutes.data or 0,
            actor=actor,
            at=clock.now(),
        )

    if form.validate_on_submit() and save(form, change):
        flash("Published. Everyone can read the vacancy now.", "success")
        return redirect(url_for(".show", posting_id=posting_id), 303)
    return render(form=form, posting=posting, days=rules.MINIMUM_OPEN_DAYS)


@bp.route("/staff/postings/<id('pst'):posting_id>/cancel", methods=["GET", "POST"])
@requires("recruitment.postings.cancel")
def cancel(posting_id: str) -> ResponseReturnValue:
    """Withdraw a posting, with the reason."""
    actor, posting = _load(posting_id, "cancel")
    form = CancelForm()

    def change(session: Session) -> Posting:
        return services.cancel_posting(
            session, posting_id=posting_id, reason=form.reason.data, actor=actor, at=clock.now()
        )

    if form.validate_on_submit() and save(form, change):
        flash("The posting was cancelled.", "success")
        return redirect(url_for(".show", posting_id=posting_id), 303)
    return render(form=form, posting=posting)


def _load(posting_id: str, act: str) -> tuple[Actor, Posting]:
    """Give who acts and a posting on which they may, in a state that admits the act."""
    actor = current_actor()
    with reading() as session:
        posting = queries.get_posting(session, posting_id, actor)
    actor.demand(f"recruitment.postings.{act}", posting.agency_id)
    if act not in rules.acts_in(posting.state):
        raise Conflict(f"This posting is “{posting.state.title.lower()}”: that cannot be done with it now.")
    return actor, posting


def _acts(posting: Posting, actor: Actor) -> frozenset[str]:
    """Give what the actor may do with the posting now."""
    acts = {
        name
        for name in rules.acts_in(posting.state)
        if actor.may(f"recruitment.postings.{name}", posting.agency_id)
    }
    if "approve" in acts and actor.id in (posting.created_by, posting.submitted_by):
        acts = acts - {"approve"} | {"wait"}
    return frozenset(acts)


def _today(posting: Posting) -> dt.date:
    return clock.local_date(clock.now(), posting.time_zone)
