"""What a browser may send about competencies."""

from __future__ import annotations

from collections.abc import Sequence

from app.personnel.competencies.models import Competency
from app.web.forms import (
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class CompetencyForm(MeritumForm):
    """A competency with what somebody does at each level."""

    idempotency_key = IdempotencyKeyField()
    agency = SelectField("Agency", required=False)
    name = TextField("Name", max_length=120)
    definition = TextAreaField("What it is", max_length=2000, rows=3, missing="Enter what it is")
    anchor_1 = TextAreaField("Level 1: what somebody does", max_length=1000, rows=2, required=False)
    anchor_2 = TextAreaField("Level 2: what somebody does", max_length=1000, rows=2, required=False)
    anchor_3 = TextAreaField("Level 3: what somebody does", max_length=1000, rows=2, required=False)
    anchor_4 = TextAreaField("Level 4: what somebody does", max_length=1000, rows=2, required=False)
    anchor_5 = TextAreaField("Level 5: what somebody does", max_length=1000, rows=2, required=False)
    submit = SubmitField("Save the competency")

    @classmethod
    def of(cls, found: Competency) -> CompetencyForm:
        """Give the form filled with a competency."""
        anchors = {f"anchor_{level.level}": level.anchor for level in found.levels}
        return cls(data={"name": found.name, "definition": found.definition} | anchors)

    def anchors(self) -> dict[int, str]:
        """Give what was written by level."""
        return {level: self[f"anchor_{level}"].data for level in range(1, 6)}


class GapsForm(FilterForm):
    """One agency, or all of the officer's."""

    agency = SelectField("Agency", required=False, prompt="All agencies")


class AskForm(MeritumForm):
    """Which level a class of positions asks."""

    class_code = SelectField("Class of positions", missing="Select a class")
    competency = SelectField("Competency", missing="Select a competency")
    level = IntegerField("Level", minimum=0, maximum=5, width=2, hint="0 asks for it no more.")
    submit = SubmitField("Save")

    def __init__(
        self, *, classes: Sequence[tuple[str, str]], competencies: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self.class_code.choices = [(code, f"{title} ({code})") for code, title in classes]
        self.competency.choices = list(competencies)


class AssessForm(MeritumForm):
    """At which level somebody is, and what shows it."""

    level = RadiosField("Level", missing="Select one of the levels")
    evidence = TextAreaField("What shows it", max_length=2000, rows=3, missing="Say what shows it")
    submit = SubmitField("Save")

    def __init__(self, *, competency: Competency) -> None:
        super().__init__()
        self.level.choices = [
            ("0", "None yet"),
            *((str(one.level), f"Level {one.level}", one.anchor) for one in competency.levels),
        ]
