"""Scales that are published: how training and experience are rated."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.exams.panels import queries
from app.exams.panels.rules import write_units
from app.platform.db import reading
from app.web.access import public
from app.web.pages import render

bp = Blueprint("panels", __name__)


@bp.get("/scales/<id('pnl'):panel_id>")
@public
def show_scale(panel_id: str) -> ResponseReturnValue:
    """Show everybody the benchmarks by which training and experience are rated."""
    with reading() as session:
        panel = queries.get_published(session, panel_id)
    return render(panel=panel, examination=panel.examination, write=write_units)
