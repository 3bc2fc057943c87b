"""Rating a plan, reviewing a rating, and acknowledging the own one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.personnel.performance.queries import get_team_plan, get_whole
from app.personnel.performance_plans import sight
from app.personnel.ratings import queries, services
from app.personnel.ratings.forms import CommentForm, ReviewForm, given, rating_form
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render, save

bp = Blueprint("ratings", __name__)


@bp.route("/my/team/performance/<id('ppl'):plan_id>/rating", methods=["GET", "POST"])
@signed_in
def rate(plan_id: str) -> ResponseReturnValue:
    """Rate each element of a plan; the summary level follows by the rule."""
    actor = current_actor()
    with reading() as session:
        plan = get_team_plan(session, plan_id, actor, services.RATE)
        seen = sight.load(session, plan, with_unapproved=True)
    form = rating_form(plan.elements, seen["regime"])(data=_filled(seen))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.rate_plan(
            session,
            plan_id=plan_id,
            given=given(form, plan.elements),
            narrative=form["narrative"].data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Rating handed in. Another person reviews it.", "success")
        return redirect(url_for("personnel.performance_plans.show_team", plan_id=plan_id), 303)
    return render(form=form, **seen)


def _filled(seen: dict[str, object]) -> dict[str, object]:
    """Give what a returned rating said, as the form wants it."""
    rating = seen["rating"]
    if rating is None:
        return {}
    filled: dict[str, object] = {"narrative": rating.narrative}  # type: ignore[attr-defined]
    for row in rating.elements:  # type: ignore[attr-defined]
        filled[f"level_{row.element_id}"] = str(row.level)
        filled[f"narrative_{row.element_id}"] = row.narrative
    return filled


@bp.get("/my/reviews")
@signed_in
def list_to_review() -> ResponseReturnValue:
    """List the ratings given by those who report to the reader, which wait for the reader's review."""
    with reading() as session:
        rows = queries.list_to_review(session, current_actor())
    return render(rows=rows)


@bp.route("/my/reviews/<id('prt'):rating_id>", methods=["GET", "POST"])
@signed_in
def review(rating_id: str) -> ResponseReturnValue:
    """Approve a rating, or return it with a reason."""
    actor, form = current_actor(), ReviewForm()
    if form.validate_on_submit() and save(
        form,
        lambda session: services.review_rating(
            session,
            rating_id=rating_id,
            is_approved=form.verdict.data == "approve",
            reason=form.reason.data,
            actor=actor,
            at=clock.now(),
        ),
    ):
        flash("Reviewed.", "success")
        return redirect(url_for(".list_to_review"), 303)
    with reading() as session:
        rating = services.get_to_review(session, rating_id, actor)
        seen = sight.load(session, get_whole(session, rating.plan_id), with_unapproved=True)
    return render(form=form, **seen)


@bp.route("/my/ratings/<id('prt'):rating_id>/acknowledge", methods=["GET", "POST"])
@signed_in
def acknowledge(rating_id: str) -> ResponseReturnValue:
    """Note that the own rating was read, with a comment."""
    actor, form = current_actor(), CommentForm()
    with reading() as session:
        rating = queries.get_rating(session, rating_id, queries.own(actor))
    if form.validate_on_submit() and save(
        form,
        lambda session: services.acknowledge_rating(
            session, rating_id=rating_id, comment=form.comment.data, actor=actor, at=clock.now()
        ),
    ):
        flash("Noted that you have read your rating.", "success")
        return redirect(url_for("personnel.performance_plans.show_own", plan_id=rating.plan_id), 303)
    return render(form=form, rating=rating)
