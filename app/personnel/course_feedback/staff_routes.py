"""What was said about a course, for the staff, once enough people have answered."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.personnel.course_feedback import queries, rules
from app.personnel.course_feedback.routes import bp
from app.personnel.courses.queries import get_course
from app.platform.db import reading
from app.web import plots
from app.web.access import current_actor, requires
from app.web.pages import render

__all__ = ["bp"]


@bp.get("/staff/courses/<id('crs'):course_id>/feedback")
@requires("personnel.course_feedback.show")
def show(course_id: str) -> ResponseReturnValue:
    """Show how a course was rated, nothing while somebody could be recognised."""
    with reading() as session:
        course = get_course(session, course_id, current_actor(), "personnel.course_feedback.show")
        answers = queries.list_answers(session, course.id)
    summed = rules.sum_up([row.ratings for row in answers])
    picture = plots.stacked_shares(
        "How the questions were answered",
        [row.question for row in summed],
        [
            plots.Series(text, [row.counts[place] for row in summed])
            for place, text in enumerate(rules.SCALE.values())
        ],
        label_heading="Question",
    )
    remarks = [row.remark for row in answers if row.remark] if summed else []
    return render(
        course=course,
        count=len(answers),
        least=rules.LEAST_SHOWN,
        summed=summed,
        picture=picture,
        remarks=remarks,
    )
