"""Papers and booklets for the staff."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.exams import history
from app.exams.booklets import queries, rules, services
from app.exams.booklets.forms import PickForm, SeriesForm, UseForm, blueprint_form
from app.exams.item_bank.queries import load_usable
from app.exams.listing import asked
from app.platform import clock
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.recruitment.listing import address
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import render, save

bp = Blueprint("booklets", __name__)
navigation.add("Question papers", "exams.booklets.list_staff", area="staff", order=43)


@bp.get("/staff/papers")
@requires("exams.booklets.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the papers of the officer's agencies."""
    with reading() as session:
        papers, following = queries.list_papers(session, current_actor(), before=asked("before"))
        counts = queries.count_items(session, [paper.id for paper in papers])
    return render(papers=papers, counts=counts, next_page=address(before=following) if following else "")


@bp.get("/staff/papers/<id('ppr'):paper_id>")
@requires("exams.booklets.show")
def show(paper_id: str) -> ResponseReturnValue:
    """Show a paper: its blueprint, items and series."""
    with reading() as session:
        paper = queries.get_paper(session, paper_id, current_actor())
        timeline = history.load_timeline(session, paper_id, paper.agency.time_zone)
    return render(paper=paper, timeline=timeline)


@bp.route("/staff/papers/new", methods=["GET", "POST"])
@requires("exams.booklets.assemble")
def assemble() -> ResponseReturnValue:
    """Assemble a paper from an agency's bank by a blueprint."""
    actor = current_actor()
    with reading() as session:
        pick = PickForm(agencies=list_agencies_for(session, actor, "exams.booklets.assemble"))
        chosen: dict[str, Any] = {"agency_id": pick.agency.data or "", "language": pick.language.data or ""}
        usable, _ = load_usable(session, **chosen)
    form = blueprint_form(rules.count_cells(usable))

    def change(session: Session) -> str:
        return services.assemble_paper(
            session,
            title=form.title.data,
            **chosen,
            wishes=form.wishes(),
            seed=form.seed.data,
            unused_since=form.unused_since.data,
            actor=actor,
            at=clock.now(),
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Paper assembled.", "success")
        return redirect(url_for(".show", paper_id=form.saved), 303)
    return render(form=form, pick=pick, usable=usable)


@bp.route("/staff/papers/<id('ppr'):paper_id>/use", methods=["GET", "POST"])
@requires("exams.booklets.use")
def use(paper_id: str) -> ResponseReturnValue:
    """Make a paper what an examination asks."""
    actor, form = current_actor(), UseForm()
    with reading() as session:
        paper = queries.get_paper(session, paper_id, actor)
        form.offer(queries.list_planned(session, paper.agency_id))

    def change(session: Session) -> str:
        return services.use_paper(
            session, paper_id=paper_id, examination_id=form.examination_id.data, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("The examination asks this paper. Its key can now be proposed from it.", "success")
        return redirect(url_for(".show", paper_id=paper_id), 303)
    return render(form=form, paper=paper)


@bp.route("/staff/papers/<id('ppr'):paper_id>/series", methods=["GET", "POST"])
@requires("exams.booklets.make_series")
def make_series(paper_id: str) -> ResponseReturnValue:
    """Shuffle the items into booklet series."""
    actor, form = current_actor(), SeriesForm()
    with reading() as session:
        paper = queries.get_paper(session, paper_id, actor)

    def change(session: Session) -> str:
        count, seed = int(form.count.data), form.seed.data
        return services.make_series(
            session, paper_id=paper_id, count=count, seed=seed, actor=actor, at=clock.now()
        ).id

    if form.validate_on_submit() and save(form, change):
        flash("Series made. Each has a booklet to print.", "success")
        return redirect(url_for(".show", paper_id=paper_id), 303)
    return render(form=form, paper=paper)


@bp.get("/staff/papers/<id('ppr'):paper_id>/booklet")
@requires("exams.booklets.print_booklet")
def print_booklet(paper_id: str) -> ResponseReturnValue:
    """Show the booklet of a series as it is printed, without its key; who opened it is recorded."""
    series = request.args.get("series", "")
    with transaction() as session:
        paper = services.record_print(
            session, paper_id=paper_id, series=series[:4], actor=current_actor(), at=clock.now()
        )
        found = {row.name: row for row in paper.series}
        if series and series not in found:
            raise NotFound("There is no such series.")
        order = found[series].order if series else [place.position for place in paper.places]
    by_position = {place.position: place.version for place in paper.places}
    return render(paper=paper, series=series, versions=[by_position[position] for position in order])
