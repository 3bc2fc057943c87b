"""Merit lists for the staff: the workbench, an entry with its arithmetic, and the acts on a list."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from app.exams import history, rulebooks
from app.exams.list_notes.forms import AUDIENCES
from app.exams.list_notes.queries import list_notes
from app.exams.listing import asked, asked_place
from app.exams.merit_lists import comparing, queries
from app.exams.merit_lists.figures import load_figures
from app.exams.merit_lists.forms import (
    CompareForm,
    EntryFilterForm,
    ListFilterForm,
)
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.routes import bp
from app.exams.merit_lists.states import ListState
from app.exams.publications.showing import load_publishing
from app.exams.results.rules import find_lot, shown_steps
from app.platform import clock
from app.platform.db import reading
from app.recruitment.listing import address
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import render

navigation.add("Merit lists", "exams.merit_lists.list_staff", area="staff", order=50)
GROUPS = {"passed": True, "failed": False}


@bp.get("/staff/merit-lists")
@requires("exams.merit_lists.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the merit lists of the officer's agencies."""
    filters = ListFilterForm()
    state = ListState(filters.state.data) if filters.state.data else None
    with reading() as session:
        before = asked("before")
        lists, following = queries.list_lists(session, current_actor(), state=state, before=before)
    return render(lists=lists, filters=filters, next_page=address(before=following) if following else "")


@bp.get("/staff/merit-lists/<id('lst'):list_id>")
@requires("exams.merit_lists.show")
def show(list_id: str) -> ResponseReturnValue:
    """Show the workbench of a list: figures, distribution, ties, entries."""
    filters = EntryFilterForm()
    with reading() as session:
        merit_list = queries.get_list(session, list_id, current_actor())
        page = queries.list_entries(session, list_id, _window(filters))
        figures = load_figures(session, merit_list)
        zone = merit_list.examination.agency.time_zone
        timeline = history.load_timeline(session, list_id, zone)
        publishing = load_publishing(session, merit_list, clock.now())
    return render(
        **list_sight(merit_list),
        **publishing,
        entries=page[0],
        filters=filters,
        pages=_neighbours(*page),
        points=figures.points,
        tied=figures.tied,
        timeline=timeline,
    )


@bp.get("/staff/merit-lists/entries/<id('ent'):entry_id>")
@requires("exams.merit_lists.show_entry")
def show_entry(entry_id: str) -> ResponseReturnValue:
    """Show the whole arithmetic of one entry, by number and without a name."""
    actor = current_actor()
    with reading() as session:
        entry = queries.get_entry(session, entry_id, actor)
        merit_list = queries.get_list(session, entry.list_id, actor)
    steps, lot = shown_steps(entry.derivation), find_lot(entry.derivation)
    return render(entry=entry, steps=steps, lot=lot, **list_sight(merit_list))


@bp.get("/staff/merit-lists/<id('lst'):list_id>/compare")
@requires("exams.merit_lists.compare")
def compare(list_id: str) -> ResponseReturnValue:
    """Set the arithmetic of two to four candidates side by side, with the notes on them."""
    actor, filters = current_actor(), CompareForm()
    asked_for = list(dict.fromkeys((filters.numbers.data or "").replace(",", " ").split()))[: comparing.MOST]
    with reading() as session:
        merit_list = queries.get_list(session, list_id, actor)
        entries = queries.list_numbered(session, list_id, [number.lower() for number in asked_for])
        notes = list_notes(session, [entry.candidate_id for entry in entries], actor)
    found = {entry.candidate.number.lower() for entry in entries}
    return render(
        filters=filters,
        entries=entries,
        missing=[number for number in asked_for if number.lower() not in found],
        lines=comparing.side_by_side(entries),
        notes=notes,
        audiences=AUDIENCES,
        **list_sight(merit_list),
    )


def list_sight(merit_list: MeritList) -> dict[str, Any]:
    """Give what every page of a list shows of it."""
    examination = merit_list.examination
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    return {"merit_list": merit_list, "examination": examination, "book": book}


def _window(filters: EntryFilterForm) -> queries.Window:
    """Read from the address which entries are asked for."""
    return queries.Window(
        after=asked_place("after"),
        before=asked_place("before"),
        text=filters.text.data or "",
        is_passed=GROUPS.get(filters.group.data or ""),
    )


def _neighbours(entries: list[MeritListEntry], has_before: bool, has_after: bool) -> dict[str, str]:
    """Give the addresses of the pages before and after these entries, empty where there is none."""
    return {
        "previous": address(before=str(entries[0].place)) if entries and has_before else "",
        "next": address(after=str(entries[-1].place)) if entries and has_after else "",
    }
