"""Exam plans for the staff."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import history, merit, rulebooks
from app.exams.plans import announcing, queries, rules, sealing
from app.exams.plans.forms import plan_form
from app.exams.plans.models import ExamPlan
from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Conflict
from app.recruitment.postings.models import Posting
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("plans", __name__)


@bp.get("/staff/postings/<id('pst'):posting_id>/plan")
@requires("exams.plans.show")
def show(posting_id: str) -> ResponseReturnValue:
    """Show what is examined for a posting and by which rulebook; sealed once it is announced."""
    posting, book, plan = _load(posting_id)
    with reading() as session:
        sealed = announcing.Announcing().sealed(session, posting_id)
        timeline = history.load_timeline(session, plan.id, posting.time_zone) if plan else []
    stated = rulebooks.posting_facts(posting.grade, posting.openings) | (plan.facts if plan else {})
    described = sealed or rulebooks.describe_book(book, plan.notes if plan else {})
    return render(
        posting=posting,
        plan=plan,
        sealed=sealed,
        book=book,
        described=described,
        weights=rules.draw_weights(rules.components_of(book)),
        facts=rules.show_facts(rules.list_facts(book, rulebooks.facts_asked(book)), stated),
        timeline=timeline,
    )


@bp.route("/staff/postings/<id('pst'):posting_id>/plan/edit", methods=["GET", "POST"])
@requires("exams.plans.edit")
def edit(posting_id: str) -> ResponseReturnValue:
    """State what the rulebook asks for, and what applicants should know of each part."""
    actor = current_actor()
    posting, book, plan = _load(posting_id)
    rules.check_open(posting.announced_on)
    known = set(rulebooks.posting_facts(posting.grade, posting.openings))
    facts = rules.list_facts(book, rulebooks.facts_asked(book) - known)
    form = plan_form(facts, rules.components_of(book), plan)

    def change(session: Session) -> str:
        facts, notes = form.facts(), form.notes()
        return sealing.edit_plan(
            session, posting_id=posting_id, facts=facts, notes=notes, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Exam plan saved.", "success")
        return redirect(url_for(".show", posting_id=posting_id), 303)
    return render(form=form, posting=posting, book=book)


def _load(posting_id: str) -> tuple[Posting, merit.Rulebook, ExamPlan | None]:
    """Give a posting with its rulebook and plan; Conflict when no version is in force today."""
    with reading() as session:
        posting = queries.get_posting(session, posting_id, current_actor())
        book = queries.find_rulebook(session, posting, clock.local_date(clock.now(), posting.time_zone))
        plan = queries.find_plan(session, posting_id)
    if book is None:
        raise Conflict("The rulebook of this posting is not in force today. Choose another one.")
    return posting, book, plan
