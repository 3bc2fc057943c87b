"""What a browser may send about a course that was attended."""

from __future__ import annotations

from app.personnel.course_feedback.rules import QUESTIONS, SCALE
from app.web.forms import MeritumForm, RadiosField, SubmitField, TextAreaField

POINTS = [(str(point), text) for point, text in SCALE.items()]


class FeedbackForm(MeritumForm):
    """The questionnaire."""

    content = RadiosField(QUESTIONS["content"], choices=POINTS, missing="Select an answer")
    teaching = RadiosField(QUESTIONS["teaching"], choices=POINTS, missing="Select an answer")
    length = RadiosField(QUESTIONS["length"], choices=POINTS, missing="Select an answer")
    place = RadiosField(QUESTIONS["place"], choices=POINTS, missing="Select an answer")
    again = RadiosField(QUESTIONS["again"], choices=POINTS, missing="Select an answer")
    remark = TextAreaField(
        "Anything else", max_length=2000, rows=3, required=False, hint="Do not write who you are."
    )
    submit = SubmitField("Send the answers")

    def ratings(self) -> dict[str, int]:
        """Give what was selected, by question."""
        return {name: int(self[name].data) for name in QUESTIONS}
