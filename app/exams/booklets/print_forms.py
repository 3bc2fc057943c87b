"""What a browser may send about booklets for the printer."""

from __future__ import annotations

from typing import Any

from app.exams.booklets.models import ExamPaper
from app.exams.booklets.rules import LONGEST_TIME, SHORTEST_TIME, names_of, usual_instructions
from app.web.forms import (
    CheckboxesField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SubmitField,
    TextAreaField,
)

WHOLE = "whole"  # stands for the one booklet of a paper without series: a choice cannot be empty


class PrintForm(MeritumForm):
    """Which booklets are drawn, how large, and what their cover says."""

    idempotency_key = IdempotencyKeyField()
    series = CheckboxesField("Booklets", choices=[], missing="Select a booklet")
    size = RadiosField(
        "Print",
        choices=[
            ("ordinary", "Ordinary print"),
            ("large", "Large print", "18 points, for candidates to whom it was granted"),
        ],
        default="ordinary",
    )
    minutes = IntegerField(
        "Minutes for the examination",
        minimum=SHORTEST_TIME,
        maximum=LONGEST_TIME,
        width=4,
        required=False,
        hint="Stands on the cover. Leave it empty where more time was granted: the hall tells it.",
    )
    instructions = TextAreaField(
        "Instructions on the cover",
        max_length=4000,
        rows=8,
        hint="A sentence a line, in the paper’s language.",
    )
    submit = SubmitField("Draw the booklets")

    def offer(self, paper: ExamPaper) -> None:
        """Offer the booklets of a paper, with the usual instructions in its language."""
        self.series.choices = [
            (name or WHOLE, f"Series {name}" if name else "The one booklet") for name in names_of(paper)
        ]
        if not self.is_submitted():
            self.series.data = [name or WHOLE for name in names_of(paper)]
            self.instructions.data = "\n".join(usual_instructions(paper.language))

    def values(self) -> dict[str, Any]:
        """Give what the service takes."""
        return {
            "series": ["" if name == WHOLE else name for name in self.series.data],
            "is_large": self.size.data == "large",
            "instructions": self.instructions.data,
            "minutes": self.minutes.data,
        }
