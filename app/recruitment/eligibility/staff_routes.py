"""The questions of a posting, for those who write it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.platform import clock
from app.platform.db import reading
from app.platform.errors import Conflict
from app.recruitment.eligibility import services
from app.recruitment.eligibility.forms import QuestionForm, RemoveForm
from app.recruitment.eligibility.queries import load_matches
from app.recruitment.eligibility.routes import bp
from app.recruitment.postings.models import Posting
from app.recruitment.postings.queries import get_posting
from app.recruitment.postings.states import PostingState
from app.web.access import current_actor, requires
from app.web.pages import render, save

PLACE = "/staff/postings/<id('pst'):posting_id>/questions"
ONE = f"{PLACE}/<id('eqn'):question_id>"


@bp.get(PLACE)
@requires("recruitment.eligibility.list_staff")
def list_staff(posting_id: str) -> ResponseReturnValue:
    """List the questions that decide whether a person may apply."""
    with reading() as session:
        posting = get_posting(session, posting_id, current_actor())
        matches = load_matches(session, [question.id for question in posting.questions])
    return render(posting=posting, matches=matches, is_draft=posting.state is PostingState.DRAFT)


@bp.route(f"{PLACE}/add", methods=["GET", "POST"])
@requires("recruitment.eligibility.add")
def add(posting_id: str) -> ResponseReturnValue:
    """Write a new question."""
    posting, form = _load(posting_id), QuestionForm()
    if form.validate_on_submit() and save(form, lambda session: _save(session, posting_id, None, form)):
        flash("Question added.", "success")
        return redirect(url_for(".list_staff", posting_id=posting_id), 303)
    return render(form=form, posting=posting)


@bp.route(ONE, methods=["GET", "POST"])
@requires("recruitment.eligibility.edit")
def edit(posting_id: str, question_id: str) -> ResponseReturnValue:
    """Change a question."""
    posting = _load(posting_id)
    question = services.get_question(posting, question_id)
    with reading() as session:
        match = load_matches(session, [question_id]).get(question_id)
    form = QuestionForm(
        data={
            "question": question.question,
            "lawful": "\n".join(question.lawful),
            "unlawful": "\n".join(question.unlawful),
            "explanation": question.explanation,
            "source": question.source,
            "is_advisory": question.is_advisory,
            "about": match.about if match else "none",
            "matches": "\n".join(match.matches) if match else "",
        }
    )
    if form.validate_on_submit() and save(
        form, lambda session: _save(session, posting_id, question_id, form)
    ):
        flash("Question saved.", "success")
        return redirect(url_for(".list_staff", posting_id=posting_id), 303)
    return render(form=form, posting=posting, question=question)


@bp.route(f"{ONE}/remove", methods=["GET", "POST"])
@requires("recruitment.eligibility.remove")
def remove(posting_id: str, question_id: str) -> ResponseReturnValue:
    """Confirm that a question is taken out."""
    posting, form = _load(posting_id), RemoveForm()
    question = services.get_question(posting, question_id)
    if form.validate_on_submit() and save(
        form,
        lambda session: services.remove_question(
            session, posting_id=posting_id, question_id=question_id, actor=current_actor(), at=clock.now()
        ),
    ):
        flash("Question removed.", "success")
        return redirect(url_for(".list_staff", posting_id=posting_id), 303)
    return render(form=form, posting=posting, question=question)


def _save(session: Session, posting_id: str, question_id: str | None, form: QuestionForm) -> Posting:
    return services.save_question(
        session,
        posting_id=posting_id,
        question_id=question_id,
        values=form.values(),
        match=form.match,
        actor=current_actor(),
        at=clock.now(),
    )


def _load(posting_id: str) -> Posting:
    with reading() as session:
        posting = get_posting(session, posting_id, current_actor())
    if posting.state is not PostingState.DRAFT:
        raise Conflict("Only a draft can be changed. Send the posting back first.")
    return posting
