"""What a browser may send about the wording of a letter."""

from __future__ import annotations

from collections.abc import Mapping

from app.notices.wordings.passages import LONGEST, passages_of
from app.notices.wordings.rules import find_fault
from app.platform.errors import Invalid
from app.web.forms import MeritumForm, RadiosField, SubmitField, TextAreaField

PREFIX = "text_"


class WordingForm(MeritumForm):
    """The passages of a letter; a field for each is added for the letter."""

    change_note = TextAreaField("What is new", max_length=500, rows=2, missing="Enter what is new")
    submit = SubmitField("Save the draft")
    preview = SubmitField("Preview", kind="secondary")
    template = ""

    @classmethod
    def of(cls, template: str, texts: Mapping[str, str]) -> WordingForm:
        """Make the form of a letter, filled with the texts."""
        fields = {
            PREFIX + passage.name: TextAreaField(
                passage.title,
                max_length=LONGEST,
                rows=4,
                required=False,
                hint="Leave empty for the shipped text."
                if passage.text
                else "Nothing stands here as shipped.",
            )
            for passage in passages_of(template)
        }
        made = type("LetterForm", (cls,), fields | {"template": template})
        form: WordingForm = made(data={PREFIX + name: text for name, text in texts.items()})
        return form

    def texts(self) -> dict[str, str]:
        """Give the passages as they were typed."""
        return {
            passage.name: self[PREFIX + passage.name].data or "" for passage in passages_of(self.template)
        }

    def faults(self) -> dict[str, str]:
        """Give what is wrong in the passages, by their titles."""
        found = {
            passage.title: find_fault(self.template, passage, self.texts()[passage.name].strip())
            for passage in passages_of(self.template)
        }
        return {title: fault for title, fault in found.items() if fault}

    def add_errors(self, error: Invalid) -> None:
        """Show faults of passages at their fields."""
        names = {passage.name for passage in passages_of(self.template)}
        super().add_errors(
            Invalid(**{PREFIX + name if name in names else name: said for name, said in error.fields.items()})
            if error.fields
            else error
        )


class DecideForm(MeritumForm):
    """Whether a wording is approved."""

    decision = RadiosField(
        "Decision",
        choices=[("approve", "Approve: letters have it from now on"), ("refuse", "Send back")],
        missing="Select a decision",
    )
    reason = TextAreaField(
        "Reason", max_length=1000, rows=3, required=False, hint="Needed when it is sent back."
    )
    submit = SubmitField("Decide", kind="warning")
