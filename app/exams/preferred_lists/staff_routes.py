"""Preferred lists for the staff: who comes first, what was offered, what came of it."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams import history
from app.exams.preferred_lists import queries, rules, services
from app.exams.preferred_lists.forms import AnswerForm, OfferForm, PreferredFilterForm
from app.exams.preferred_lists.states import PreferredState
from app.platform import clock
from app.platform.db import reading
from app.web import listing, navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("preferred_lists", __name__)
ONE = "/staff/preferred-lists/<id('prf'):entry_id>"
navigation.add("Preferred lists", "exams.preferred_lists.list_staff", area="staff", order=61)


@bp.get("/staff/preferred-lists")
@requires("exams.preferred_lists.list_staff")
def list_staff() -> ResponseReturnValue:
    """List who comes before every other list, by class and seniority."""
    filters = PreferredFilterForm()
    state = PreferredState(filters.state.data) if filters.state.data else None
    with reading() as session:
        page = queries.list_staff(session, current_actor(), state=state, cursor=listing.read_cursor())
    return render(entries=page.rows, filters=filters, pages=listing.addresses(page))


@bp.get(ONE)
@requires("exams.preferred_lists.show")
def show(entry_id: str) -> ResponseReturnValue:
    """Show a person on a list, the law, and what was offered and answered."""
    actor = current_actor()
    with reading() as session:
        entry = queries.get_entry(session, entry_id, actor)
        has_posts = actor.may(queries.OFFER) and bool(queries.list_vacant(session, entry, actor))
        timeline = history.load_timeline(session, entry_id, entry.agency.time_zone)
    regime = rules.get_regime(entry.regime)
    return render(entry=entry, regime=regime, has_posts=has_posts, timeline=timeline)


@bp.route(f"{ONE}/offer", methods=["GET", "POST"])
@requires("exams.preferred_lists.offer")
def offer(entry_id: str) -> ResponseReturnValue:
    """Offer a vacant position to the first person on the list."""
    actor, form = current_actor(), OfferForm()
    with reading() as session:
        entry = queries.get_entry(session, entry_id, actor)
        form.offer(queries.list_vacant(session, entry, actor))
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.offer_position(
                session,
                entry_id=entry_id,
                position_id=form.position_id.data,
                starts_on=cast(dt.date, form.starts_on.data),
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Offer recorded. A second officer records the answer.", "success")
        return redirect(url_for(".show", entry_id=entry_id), 303)
    return render(form=form, entry=entry, regime=rules.get_regime(entry.regime))


@bp.route(f"{ONE}/answer", methods=["GET", "POST"])
@requires("exams.preferred_lists.answer")
def answer(entry_id: str) -> ResponseReturnValue:
    """Record what came of an offer."""
    actor, form = current_actor(), AnswerForm()
    with reading() as session:
        entry = queries.get_entry(session, entry_id, actor)
    if form.validate_on_submit() and save(
        form,
        lambda session: (
            services.record_answer(
                session,
                entry_id=entry_id,
                answer=PreferredState(form.answer.data),
                reason=form.reason.data,
                actor=actor,
                at=clock.now(),
            ).id
        ),
    ):
        flash("Answer recorded.", "success")
        return redirect(url_for(".show", entry_id=entry_id), 303)
    return render(form=form, entry=entry, regime=rules.get_regime(entry.regime))
