"""A candidate's own result."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.exams import merit, rulebooks, wording
from app.exams.marking.queries import list_own_results
from app.exams.marking.rules import sentences
from app.exams.merit_lists.figures import load_figures
from app.exams.results import queries, rules
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("results", __name__)
bp.add_app_template_filter(wording.step, "rulebook_words")


@bp.get("/my/applications/<id('app'):application_id>/result")
@signed_in
def show(application_id: str) -> ResponseReturnValue:
    """Show a person's own score, rank, and each step of the arithmetic."""
    with reading() as session:
        candidate = queries.get_own_candidate(session, application_id, current_actor())
        examination = queries.get_examination_of(session, candidate)
        entries = queries.list_own_entries(session, candidate)
        points = load_figures(session, entries[0][0]).points if entries else ()
        ratings = list_own_results(session, candidate.id) if entries else []
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    merit_list, entry = entries[0] if entries else (None, None)
    return render(
        candidate=candidate,
        examination=examination,
        merit_list=merit_list,
        entry=entry,
        earlier=entries[1:],
        points=points,
        ratings=[(own, sentences(book, own.panel.component)) for own in ratings],
        steps=rules.shown_steps(entry.derivation) if entry else [],
        lot=rules.find_lot(entry.derivation) if entry else None,
        unmet=[rules.unmet(gate, book) for gate in entry.derivation["failed"]] if entry else [],
        **_told_of(book),
    )


def _told_of(book: merit.Rulebook) -> dict[str, Any]:
    """Give what the page tells of the rulebook."""
    return {
        "book": book,
        "tie_rule": rules.tie_rule(book),
        "pass_mark": rulebooks.pass_mark(book),
        "scale": rulebooks.scale(book),
    }
