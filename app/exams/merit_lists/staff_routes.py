"""Merit lists for the staff: the workbench, an entry with its arithmetic, and the acts on a list."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.exams import history, rulebooks
from app.exams.examinations.queries import get_examination
from app.exams.listing import asked, asked_place
from app.exams.merit_lists import queries, rules, services
from app.exams.merit_lists.forms import (
    ApproveForm,
    DiscardForm,
    DraftForm,
    EntryFilterForm,
    ListFilterForm,
    PublishForm,
)
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.merit_lists.routes import bp
from app.exams.merit_lists.states import ListState
from app.exams.publications import holding
from app.exams.publications.showing import load_publishing
from app.exams.readiness import gates
from app.exams.readiness.queries import load_figures
from app.exams.results.rules import find_lot, shown_steps
from app.platform import clock
from app.platform.db import reading
from app.recruitment.listing import address
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

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
        bars = rules.histogram(queries.load_distribution(session, list_id))
        tied = queries.count_tied(session, list_id)
        zone = merit_list.examination.agency.time_zone
        timeline = history.load_timeline(session, list_id, zone)
        publishing = load_publishing(session, merit_list)
    return render(
        **_sight(merit_list),
        **publishing,
        entries=page[0],
        filters=filters,
        pages=_neighbours(*page),
        points=[{"label": bar.label, "value": bar.count} for bar in bars],
        tied=tied,
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
    return render(entry=entry, steps=steps, lot=lot, **_sight(merit_list))


@bp.route("/staff/examinations/<id('exm'):examination_id>/merit-lists/new", methods=["GET", "POST"])
@requires("exams.merit_lists.draft")
def draft(examination_id: str) -> ResponseReturnValue:
    """Score and rank what is stored, as a draft."""
    actor, form, sight = current_actor(), DraftForm(), _plan(examination_id)
    form.ask(for_seed=sight["asks_seed"], for_reason=sight["published"] is not None)

    def change(session: Session) -> str:
        typed = {"seed": form.seed.data, "reason": form.reason.data}
        return services.draft_list(
            session, examination_id=examination_id, **typed, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("List drafted. A second person has to approve it.", "success")
        return redirect(url_for(".show", list_id=form.saved), 303)
    return render(form=form, **sight)


@bp.route("/staff/merit-lists/<id('lst'):list_id>/approve", methods=["GET", "POST"])
@requires("exams.merit_lists.approve")
def approve(list_id: str) -> ResponseReturnValue:
    """Approve a draft that somebody else made."""
    return _decide(list_id, ApproveForm(), services.approve_list, "List approved. It can be published now.")


@bp.route("/staff/merit-lists/<id('lst'):list_id>/publish", methods=["GET", "POST"])
@requires("exams.merit_lists.publish")
def publish(list_id: str) -> ResponseReturnValue:
    """Publish an approved list."""
    held = holding.current()
    done = "List published. Letters leave when the time to undo is over." if held else "List published."
    return _decide(list_id, PublishForm(), services.publish_list, done)


@bp.route("/staff/merit-lists/<id('lst'):list_id>/discard", methods=["GET", "POST"])
@requires("exams.merit_lists.discard")
def discard(list_id: str) -> ResponseReturnValue:
    """Give up a list that was not published."""
    form = DiscardForm()
    return _decide(
        list_id, form, services.discard_list, "List discarded. It stays on record.", reason=form.reason.data
    )


def _decide(list_id: str, form: Any, service: Any, done: str, **values: Any) -> ResponseReturnValue:
    """Answer a page with one decision on a list: the form, or the act and the way back."""
    actor = current_actor()

    def change(session: Session) -> str:
        return str(service(session, list_id=list_id, actor=actor, at=clock.now(), **values).id)

    if form.validate_on_submit() and save(form, change):
        flash(done, "success")
        return redirect(url_for(".show", list_id=list_id), 303)
    with reading() as session:
        merit_list = queries.get_list(session, list_id, actor)
        blocks = gates.list_blocks(session, merit_list.examination)
    return render(form=form, blocks=blocks, hold=holding.current(), **_sight(merit_list))


def _sight(merit_list: MeritList) -> dict[str, Any]:
    """Give what every page of a list shows of it."""
    examination = merit_list.examination
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    return {"merit_list": merit_list, "examination": examination, "book": book}


def _plan(examination_id: str) -> dict[str, Any]:
    """Give what the page of a draft shows of the examination, and what it has to ask for."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.merit_lists.draft"
        )
        figures = load_figures(session, examination)
        published = queries.find_published(session, examination_id)
        seed = queries.find_first_seed(session, examination_id)
        blocks = gates.list_blocks(session, examination)
    book = rulebooks.read(examination.rulebook_text, examination.rulebook_digest)
    return {
        "examination": examination,
        "figures": figures,
        "published": published,
        "blocks": blocks,
        "asks_seed": book.order.needs_seed and seed is None,
        "sentences": rulebooks.sentences(book),
    }


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
