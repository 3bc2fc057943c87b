"""Item analysis for the staff: the whole at a glance, then item by item."""

from __future__ import annotations

import csv
import io
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app.exams.examinations.queries import get_examination
from app.exams.item_analysis import pictures, queries, rules, services
from app.exams.item_analysis.models import ItemAnalysis
from app.exams.listing import asked
from app.platform import clock, progress
from app.platform.db import reading, transaction
from app.platform.errors import Conflict, NotFound
from app.web.access import current_actor, requires
from app.web.pages import download as answer_with_file
from app.web.pages import render

bp = Blueprint("item_analysis", __name__)
PLACE = "/staff/examinations/<id('exm'):examination_id>/item-analysis"
SORTS = ("code", "difficulty", "discrimination", "flags")


@bp.get(PLACE)
@requires("exams.item_analysis.show")
def show(examination_id: str) -> ResponseReturnValue:
    """Show the latest analysis of an examination's items."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.item_analysis.show"
        )
        analysis = queries.find_latest(session, examination_id)
        digest = queries.inputs_digest(session, examination_id)
        now = progress.find(session, services.job_key(digest))
    sight: dict[str, Any] = {
        "examination": examination,
        "analysis": analysis,
        "now": now,
        "is_ready": bool(digest),
    }
    if analysis is None:
        return render(**sight)
    return render(**sight, **_figures(analysis), is_stale=digest != analysis.inputs_digest)


@bp.post(PLACE)
@requires("exams.item_analysis.make")
def make(examination_id: str) -> ResponseReturnValue:
    """Analyse the items."""
    try:
        with transaction() as session:
            services.ask(session, examination_id=examination_id, actor=current_actor(), at=clock.now())
    except Conflict as error:
        flash(error.message, "error")
    return redirect(url_for(".show", examination_id=examination_id), 303)


@bp.get(f"{PLACE}/items/<code>")
@requires("exams.item_analysis.show_item")
def show_item(examination_id: str, code: str) -> ResponseReturnValue:
    """Show how one item behaved."""
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.item_analysis.show_item"
        )
        found = queries.get_latest(session, examination_id).figures
    codes = [item["code"] for item in found["items"]]
    if code not in codes:
        raise NotFound("The examination has no such item.")
    place = codes.index(code)
    item = found["items"][place]
    return render(
        examination=examination,
        item=item,
        curves=pictures.curves(item),
        explained=rules.EXPLAINED,
        previous=codes[place - 1] if place else "",
        next=codes[place + 1] if place + 1 < len(codes) else "",
    )


@bp.get(f"{PLACE}/figures")
@requires("exams.item_analysis.download")
def download(examination_id: str) -> ResponseReturnValue:
    """Download the figures of all items and options; who did so is recorded."""
    with transaction() as session:
        analysis, examination = services.record_download(
            session, examination_id=examination_id, actor=current_actor(), at=clock.now()
        )
    headings, rows = rules.write_rows(analysis.figures)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(headings)
    lines.writerows(rows)
    name = f"items-{examination.number.lower()}.csv"
    return answer_with_file(text.getvalue().encode(), filename=name, media_type="text/csv")


def _figures(analysis: ItemAnalysis) -> dict[str, Any]:
    """Give what the page shows of an analysis, with its pictures."""
    found, chosen = analysis.figures, asked("session")
    drawn = (("before", "Marks of the sheets", "Right answers"), ("after", "Normalised scores", "Score"))
    order = asked("sort") if asked("sort") in SORTS else "code"
    return {
        "found": found,
        "items": _sorted(found["items"], order),
        "order": order,
        "short": rules.SHORT,
        "chosen": chosen,
        "scatter": pictures.scatter(found, lambda code: _address(analysis.examination_id, code)),
        "histograms": [
            pictures.histogram(found[when], chosen, title, heading)
            for when, title, heading in drawn
            if found[when]
        ],
    }


def _address(examination_id: str, code: str) -> str:
    return url_for(".show_item", examination_id=examination_id, code=code)


def _sorted(items: list[dict[str, object]], order: str) -> list[dict[str, object]]:
    """Sort items: worst first by a figure, those without one first; by code as they stand in the paper."""
    if order == "code":
        return items
    if order == "flags":
        return sorted(items, key=lambda item: -len(item["flags"]))  # type: ignore[arg-type]
    return sorted(items, key=lambda item: (item[order] is not None, item[order]))
