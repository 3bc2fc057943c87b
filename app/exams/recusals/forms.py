"""What an officer may send about relations and recusals."""

from __future__ import annotations

from collections.abc import Sequence

from app.exams.panels.models import PanelMember
from app.web.forms import MeritumForm, RadiosField, SelectField, SubmitField, TextAreaField, TextField


class SettleForm(MeritumForm):
    outcome = RadiosField(
        "Is this person a candidate?",
        choices=[
            ("yes", "Yes: keep the rater from this candidate"),
            ("no", "No candidate has this relation"),
        ],
        missing="Select whether the person is a candidate",
    )
    number = TextField("Candidate number", max_length=40, width="10", required=False)
    submit = SubmitField("Save")


class RecuseForm(MeritumForm):
    member = SelectField("Rater")
    number = TextField("Candidate number", max_length=40, width="10")
    reason = TextAreaField("Reason", max_length=1000, rows=4, hint="Officers read it, the rater does not.")
    submit = SubmitField("Keep the rater from this candidate")

    def offer(self, members: Sequence[PanelMember]) -> None:
        """Offer the members who rate."""
        self.member.choices = [(own.id, own.account.name) for own in members if own.left_at is None]
