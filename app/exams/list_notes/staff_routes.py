"""Notes on candidates for the staff."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams.list_notes import queries, services
from app.exams.list_notes.forms import AUDIENCES, NoteForm
from app.exams.list_notes.models import Audience
from app.exams.merit_lists.queries import get_entry, get_list
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("list_notes", __name__)


@bp.get("/staff/merit-lists/entries/<id('ent'):entry_id>/notes")
@requires("exams.list_notes.list_notes")
def list_notes(entry_id: str) -> ResponseReturnValue:
    """List the notes on a candidate."""
    actor = current_actor()
    with reading() as session:
        entry = get_entry(session, entry_id, actor)
        merit_list = get_list(session, entry.list_id, actor)
        notes = queries.list_notes(session, [entry.candidate_id], actor)
    return render(
        entry=entry,
        merit_list=merit_list,
        examination=merit_list.examination,
        notes=notes,
        audiences=AUDIENCES,
    )


@bp.route("/staff/merit-lists/entries/<id('ent'):entry_id>/notes/new", methods=["GET", "POST"])
@requires("exams.list_notes.write")
def write(entry_id: str) -> ResponseReturnValue:
    """Write a note on a candidate."""
    actor, form = current_actor(), NoteForm()
    with reading() as session:
        entry = get_entry(session, entry_id, actor)
        merit_list = get_list(session, entry.list_id, actor)

    def change(session: Session) -> str:
        audience = Audience(form.audience.data)
        typed = form.text.data
        return services.write_note(
            session, entry_id=entry_id, text=typed, audience=audience, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Note saved.", "success")
        return redirect(url_for(".list_notes", entry_id=entry_id), 303)
    return render(form=form, entry=entry, merit_list=merit_list, examination=merit_list.examination)
