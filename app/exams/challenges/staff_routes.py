"""Contested items for the staff: grouped, tried out, decided by two people."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.exams.challenges import confirming, queries, rules, services
from app.exams.challenges.forms import ConfirmForm, ItemFilter, ProposeForm, SendBackForm
from app.exams.challenges.proposing import sight_of, try_or_propose, works_out
from app.exams.examinations.queries import get_examination
from app.exams.merit_lists.queries import find_published
from app.exams.objection_fees.queries import find_terms
from app.exams.objections import queries as objections
from app.exams.what_ifs.queries import list_what_ifs
from app.platform import clock
from app.platform.db import reading
from app.web import listing
from app.web.access import current_actor, requires
from app.web.forms import as_choices
from app.web.pages import render, save

bp = Blueprint("challenges", __name__)
EXAM = "/staff/examinations/<id('exm'):examination_id>/challenges"
ITEM = f"{EXAM}/items/<item>"
ONE = "/staff/challenges/<id('kch'):challenge_id>"


@bp.get(EXAM)
@requires("exams.challenges.list_staff")
def list_staff(examination_id: str) -> ResponseReturnValue:
    """List the contested items of an examination with what was decided, and how far the window is."""
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=queries.READ)
        release, terms = objections.find_release(session, examination_id), find_terms(session, examination_id)
        contested = queries.list_contested(session, examination)
        decisions = queries.list_challenges(session, examination_id)
        what_ifs = list_what_ifs(session, examination_id)
        published = find_published(session, examination_id)
    filters = ItemFilter(choices={"item": as_choices(row.code for row in examination.items)})
    if filters.item.data:
        return redirect(url_for(".show_item", examination_id=examination_id, item=filters.item.data), 303)
    return render(
        filters=filters,
        examination=examination,
        release=release,
        terms=terms,
        is_open=release is not None and clock.now() < release.closes_at,
        contested=contested,
        proposed=[row for row in decisions if row.state.value == "proposed"],
        decided=[row for row in decisions if row.state.value != "proposed"],
        what_ifs=what_ifs,
        published=published,
        in_words=rules.in_words,
    )


@bp.get(ITEM)
@requires("exams.challenges.show_item")
def show_item(examination_id: str, item: str) -> ResponseReturnValue:
    """Show a contested item: who objects and why, what was tried, what was decided."""
    with reading() as session:
        sight = sight_of(session, examination_id, item, "exams.challenges.show_item")
        contested = queries.list_contested(session, sight["examination"], item=item)
        decisions = queries.list_challenges(session, examination_id, item=item)
        what_ifs = list_what_ifs(session, examination_id, item=item)
        page = objections.list_staff(session, examination_id, item=item, cursor=listing.read_cursor())
    return render(
        contested=contested,
        decisions=decisions,
        what_ifs=what_ifs,
        objections=page.rows,
        pages=listing.addresses(page),
        in_words=rules.in_words,
        **sight,
    )


@bp.route(f"{ITEM}/propose", methods=["GET", "POST"])
@requires("exams.challenges.propose")
def propose(examination_id: str, item: str) -> ResponseReturnValue:
    """Try a decision on an item out, or propose it."""
    series = request.args.get("series", "")[:40].replace("\0", "")
    with reading() as session:
        sight = sight_of(session, examination_id, item, "exams.challenges.propose")
    form = ProposeForm()
    form.offer(sight["examination"].options)
    change = partial(try_or_propose, form, sight, series)
    if form.validate_on_submit() and works_out(form, sight, series) and save(form, change):
        if form.try_out.data:
            return redirect(url_for("exams.what_ifs.show", what_if_id=form.saved), 303)
        flash("The decision is proposed. A key custodian has to confirm it.", "success")
        return redirect(url_for(".show", challenge_id=form.saved), 303)
    return render(form=form, series=series, **sight)


@bp.get(ONE)
@requires("exams.challenges.show")
def show(challenge_id: str) -> ResponseReturnValue:
    """Show a decision, what it moves, and what became of it."""
    with reading() as session:
        challenge = queries.get_challenge(session, challenge_id, current_actor())
        what_ifs = list_what_ifs(session, challenge.examination_id, item=challenge.item)
    return render(
        challenge=challenge,
        examination=challenge.examination,
        what_ifs=what_ifs,
        words=rules.in_words(challenge.before, challenge.after),
    )


@bp.route(f"{ONE}/send-back", methods=["GET", "POST"])
@requires("exams.challenges.send_back")
def send_back(challenge_id: str) -> ResponseReturnValue:
    """Send a proposed decision back."""
    actor, form = current_actor(), SendBackForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.return_decision(
            session, challenge_id=challenge_id, note=form.note.data, actor=actor, at=clock.now()
        ),
    ):
        flash("The decision goes back to who proposed it.", "success")
        return redirect(url_for(".show", challenge_id=challenge_id), 303)
    with reading() as session:
        challenge = queries.get_challenge(session, challenge_id, actor)
    return render(form=form, challenge=challenge, examination=challenge.examination)


@bp.route(f"{EXAM}/confirm", methods=["GET", "POST"])
@requires("exams.challenges.confirm")
def confirm(examination_id: str) -> ResponseReturnValue:
    """Confirm proposed decisions; a published list is put right at once, a long one by a worker."""
    actor, form = current_actor(), ConfirmForm()
    with reading() as session:
        examination = get_examination(session, examination_id, actor, permission="exams.challenges.confirm")
        sight = confirming.sight_of(session, examination)
    form.offer([row for row in sight["proposed"] if row.proposed_by != actor.id])
    change = partial(confirming.confirm_or_promise, form, sight)
    if form.validate_on_submit() and save(form, change):
        if form.saved == confirming.PROMISED:
            return redirect(url_for(".confirm", examination_id=examination_id), 303)
        flash("The decisions are confirmed and told to everyone who objected.", "success")
        if form.saved:
            return redirect(url_for("exams.corrections.show", list_id=form.saved), 303)
        return redirect(url_for(".list_staff", examination_id=examination_id), 303)
    return render(form=form, **sight)
