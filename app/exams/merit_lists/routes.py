"""Published lists, for anyone: by candidate number, without names."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.exams import rulebooks
from app.exams.listing import asked, asked_place
from app.exams.merit_lists import queries
from app.exams.merit_lists.forms import EntryFilterForm
from app.exams.merit_lists.queries import Window
from app.exams.publications.queries import find_policy
from app.exams.spot_checks.queries import find_latest
from app.platform.db import reading
from app.platform.sentences import say
from app.recruitment.listing import address
from app.web import navigation
from app.web.access import public
from app.web.pages import render
from app.web.shared_pages import shared

bp = Blueprint("merit_lists", __name__)
navigation.add(say("Merit lists"), "exams.merit_lists.list_published", area="public", order=30)


@bp.get("/lists")
@public
@shared
def list_published() -> ResponseReturnValue:
    """List the merit lists that are in force."""
    with reading() as session:
        lists, following = queries.list_published(session, before=asked("before"))
    return render(lists=lists, next_page=address(before=following) if following else "")


@bp.get("/lists/<id('lst'):list_id>")
@public
@shared
def show_published(list_id: str) -> ResponseReturnValue:
    """Show a published list by candidate number, with names only where the agency decided so."""
    filters = EntryFilterForm()
    with reading() as session:
        merit_list = queries.get_published(session, list_id)
        window = Window(after=asked_place("after"), text=filters.text.data or "", is_passed=True)
        entries, _, has_more = queries.list_entries(session, list_id, window)
        current = queries.find_published(session, merit_list.examination_id)
        policy = find_policy(session, merit_list.agency_id)
        check = find_latest(session, merit_list.examination_id)
        shown = [entry.application_id for entry in entries] if policy and policy.shows_names else []
        names = queries.load_names(session, shown)
    examination = merit_list.examination
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    return render(
        merit_list=merit_list, current=current, examination=examination, book=book, check=check,
        policy=policy, sentences=rulebooks.sentences(book), entries=entries, names=names, filters=filters,
        next_page=address(after=str(entries[-1].place)) if has_more else "",
    )  # fmt: skip
