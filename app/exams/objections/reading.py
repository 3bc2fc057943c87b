"""Objections as they stand on a form that was right, with their papers stored."""

from __future__ import annotations

from app.exams.objections.filing import Point
from app.exams.objections.forms import ObjectionsForm, PointForm
from app.exams.objections.states import Claim
from app.recruitment.documents.services import StoredFile, store_file


def read_points(form: ObjectionsForm) -> list[Point]:
    """Give the objections of a form in their order; call it outside of a transaction, it stores files."""
    return [_read(item, part) for item, part in form.points.items()]


def _read(item: str, part: PointForm) -> Point:
    """Give one objection; its paper, if there is one, comes with what the virus scanner said."""
    claim, grounds, checked = Claim(part.claim.data), part.grounds.data, part.checked
    if checked is None:
        return Point(item, claim, grounds)
    file = StoredFile(checked.filename, checked.media_type, len(checked.content), store_file(checked))
    return Point(item, claim, grounds, file, checked.virus_check)
