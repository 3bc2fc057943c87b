"""The board for the office."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.exams.completeness import queries
from app.exams.examinations.queries import get_examination
from app.exams.examinations.states import Attendance
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render

bp = Blueprint("completeness", __name__)


@bp.get("/staff/examinations/<id('exm'):examination_id>/completeness")
@requires("exams.completeness.show")
def show(examination_id: str) -> ResponseReturnValue:
    """Show whether everyone is accounted for, for each session and in all."""
    permission = "exams.completeness.show"
    with reading() as session:
        examination = get_examination(session, examination_id, current_actor(), permission=permission)
        board = queries.load_board(session, examination)
        named = queries.load_named(session, examination)
    return render(examination=examination, board=board, found=named, states=Attendance)
