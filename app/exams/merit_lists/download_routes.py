"""Published lists as files, for anyone."""

from __future__ import annotations

import csv
import io

from flask import url_for
from flask.typing import ResponseReturnValue

from app.exams.merit_lists import queries
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.printing import Heading, write_pdf
from app.exams.merit_lists.routes import bp
from app.exams.publications.queries import find_policy
from app.platform import links
from app.platform.db import reading
from app.web.access import public
from app.web.amounts import format_marks
from app.web.pages import download


@bp.get("/lists/<id('lst'):list_id>.csv")
@public
def download_published(list_id: str) -> ResponseReturnValue:
    """Download a published list: candidate number, rank, score, and the name where the agency decided so."""
    with reading() as session:
        merit_list = queries.get_published(session, list_id)
        policy = find_policy(session, merit_list.agency_id)
        is_named = policy is not None and policy.shows_names
        rows = queries.load_places(session, list_id)
        names = queries.load_names_by_number(session, list_id) if is_named else {}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["candidate", "rank", "score", *(["name"] if is_named else [])])
    for number, rank, final, denominator in rows:
        named = [names.get(number, "")] if is_named else []
        writer.writerow([number, rank, format_marks(final, denominator), *named])
    return download(out.getvalue().encode(), filename=_filename(merit_list, "csv"), media_type="text/csv")


@bp.get("/lists/<id('lst'):list_id>.pdf")
@public
def print_published(list_id: str) -> ResponseReturnValue:
    """Download a published list to print, by candidate number alone."""
    with reading() as session:
        merit_list = queries.get_published(session, list_id)
        rows = queries.load_places(session, list_id)
    examination, size = merit_list.examination, f"{len(rows):,} people"
    version = f"Version {merit_list.version}, {merit_list.state.value}, {size}"
    heading = Heading(
        f"{examination.title}, {examination.number}",
        [
            f"{examination.agency.name}. {version}.",
            f"Fingerprint of the list: {merit_list.digest}",
            f"Check and search it at {links.absolute(url_for('.show_published', list_id=list_id))}",
        ],
        ("Rank", "Candidate", "Score"),
        "Page {page} of {pages}",
    )
    lines = [(str(rank), number, format_marks(final, over)) for number, rank, final, over in rows]
    content = write_pdf(heading, lines)
    return download(content, filename=_filename(merit_list, "pdf"), media_type="application/pdf")


def _filename(merit_list: MeritList, ending: str) -> str:
    return f"{merit_list.examination.number}-version-{merit_list.version}.{ending}"
