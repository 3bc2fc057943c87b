"""What an officer may send about a correction of a mark."""

from __future__ import annotations

from app.exams.panels.models import Panel
from app.web.forms import MeritumForm, SelectField, SubmitField, TextAreaField, TextField


class CorrectionForm(MeritumForm):
    criterion = SelectField("Which mark?")
    mark = TextField("The right mark", max_length=8, width="5")
    reason = TextAreaField(
        "Reason", max_length=2000, rows=4, hint="What went wrong, and who found it. Another officer decides."
    )
    submit = SubmitField("Propose the correction")

    def offer(self, panel: Panel) -> None:
        """Offer the criteria of the panel."""
        self.criterion.choices = [(own.id, f"{own.position}. {own.title}"[:120]) for own in panel.criteria]
