"""What a rater may send: marks, notes, and what relates the rater to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms.validators import ValidationError

from app.exams.marking.models import ScriptMark
from app.exams.marking.rules import LONGEST_NOTE
from app.exams.panels.models import Panel, PanelCriterion
from app.exams.panels.rules import read_units, step, write_units
from app.exams.panels.states import KINDS, PanelForm
from app.web.forms import MeritumForm, RadiosField, SubmitField, TextAreaField, TextField

# As many marks as number keys and a row of buttons hold; above it the mark is typed.
MOST_BUTTONS = 10
MOST_BESIDE_ANCHORS = 5


class MarkingForm(MeritumForm):
    """The marks and notes of one script; made for a panel by `marking_form`.

    Marks may be left out while they are only saved; whether all are there is asked when they are submitted.
    """

    panel: Panel
    submit_marks = SubmitField("Submit and go on to the next")
    save_next = SubmitField("Save and go on", kind="secondary")
    save_back = SubmitField("Save and go back", kind="secondary")

    def rows(self) -> list[tuple[PanelCriterion, Any, Any]]:
        """Give each criterion with the fields of its mark and note."""
        return [
            (own, self[f"mark_{own.position}"], self[f"note_{own.position}"]) for own in self.panel.criteria
        ]

    def sheet(self) -> dict[str, tuple[int | None, str]]:
        """Give what the service takes."""
        return {
            own.id: (read_units(mark.data or "", self.panel.denominator), note.data or "")
            for own, mark, note in self.rows()
        }


def marking_form(panel: Panel, kept: Mapping[str, ScriptMark]) -> MarkingForm:
    """Make the form of a panel's scale, filled with what was kept of a script."""
    fields: dict[str, Any] = {"panel": panel}
    data: dict[str, str] = {}
    for own in panel.criteria:
        mark = kept.get(own.id)
        fields[f"mark_{own.position}"] = _mark_field(panel, own)
        fields[f"note_{own.position}"] = _note_field(panel, own)
        units = mark.units if mark else None
        data[f"mark_{own.position}"] = "" if units is None else write_units(units, panel.denominator)
        data[f"note_{own.position}"] = mark.note if mark else ""
    form: MarkingForm = type("OneMarkingForm", (MarkingForm,), fields)(data=data)
    for _own, mark, note in form.rows():
        # a mark may wait while a script is only saved, but nobody may leave it out in the end
        mark.has_note = False
        note.has_note = panel.form is not PanelForm.INTERVIEW
    return form


def _mark_field(panel: Panel, own: PanelCriterion) -> Any:
    anchors = {anchor["mark"]: anchor["text"] for anchor in own.anchors}
    highest = write_units(own.maximum, panel.denominator)
    label = f"{own.position}. {own.title}"
    if panel.denominator == 1 and own.maximum <= MOST_BUTTONS:
        return _buttons(label, own.maximum, anchors)
    hint = f"0 to {highest}, in steps of {step(panel.denominator)}."
    if anchors:
        told = (f"{write_units(mark, panel.denominator)}: {text}" for mark, text in anchors.items())
        hint = f"{hint} {' – '.join(told)}"
    check = _InSteps(own.maximum, panel.denominator)
    return TextField(label, max_length=8, width="5", required=False, hint=hint, validators=[check])


def _buttons(label: str, maximum: int, anchors: Mapping[int, str]) -> Any:
    """Make a button for each mark: beside its anchor where the scale is short, else in a row below them."""
    if maximum <= MOST_BESIDE_ANCHORS:
        choices = [
            (str(mark), str(mark), anchors[mark]) if mark in anchors else (str(mark), str(mark))
            for mark in range(maximum + 1)
        ]
        return RadiosField(label, choices=choices, required=False, inline=not anchors)
    row = [(str(mark), str(mark)) for mark in range(maximum + 1)]
    told = " – ".join(f"{mark}: {text}" for mark, text in anchors.items())
    return RadiosField(label, choices=row, required=False, inline=True, hint=told)


def _note_field(panel: Panel, own: PanelCriterion) -> Any:
    is_record = panel.form is PanelForm.INTERVIEW
    label = "What was said" if is_record else "Note"
    hint = "Kept as a record of the interview." if is_record else ""
    return TextAreaField(label, max_length=LONGEST_NOTE, rows=2, required=False, hint=hint)


class _InSteps:
    """Refuse a mark that the scale does not have."""

    def __init__(self, maximum: int, denominator: int) -> None:
        self.maximum, self.denominator = maximum, denominator

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data:
            return
        units = read_units(field.data, self.denominator)
        if units is None or units > self.maximum:
            highest = write_units(self.maximum, self.denominator)
            raise ValidationError(f"Enter a mark from 0 to {highest}, in steps of {step(self.denominator)}.")


class DeclarationForm(MeritumForm):
    surnames = TextField(
        "Your surnames, now and before",
        max_length=200,
        hint="With commas between them. They are compared with those of candidates who live where you do.",
    )
    address = TextField("First line of your home address", max_length=300, hint="House and street.")
    postcode = TextField("ZIP or postal code", max_length=20, width="10", required=False)
    employers = TextAreaField(
        "Where you work and have worked in the last ten years",
        max_length=4000,
        rows=5,
        required=False,
        hint="One employer a line.",
    )
    submit = SubmitField("Declare")

    def values(self) -> dict[str, str]:
        """Give what the service takes."""
        return {name: self[name].data for name in ("surnames", "address", "postcode", "employers")}


class NamedPersonForm(MeritumForm):
    name = TextField("Name of the person", max_length=200, hint="First and last name, as far as you know.")
    kind = RadiosField("What is the person to you?", choices=[(kind.value, KINDS[kind]) for kind in KINDS])
    details = TextAreaField("What else should the exam office know?", max_length=2000, rows=3, required=False)
    submit = SubmitField("Name this person")

    def values(self) -> dict[str, str]:
        """Give what the service takes."""
        return {name: self[name].data for name in ("name", "kind", "details")}


class StepAsideForm(MeritumForm):
    reason = TextAreaField(
        "How do you know whose this is, and what is the person to you?",
        max_length=1000,
        rows=4,
        missing="Enter how you know whose this is",
        hint="The exam office reads it. Somebody else gets the script.",
    )
    submit = SubmitField("Give this one up", kind="warning")


class ReturnForm(MeritumForm):
    reason = TextAreaField("What should be looked at again?", max_length=1000, rows=4)
    submit = SubmitField("Send it back", kind="secondary")
