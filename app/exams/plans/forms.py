"""What a browser may send about plans and marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import Field

from app.exams.plans.mark_files import MOST_BYTES
from app.exams.plans.models import ExamPlan
from app.exams.plans.rules import Component, Fact
from app.platform.errors import Conflict
from app.web.forms import (
    CharacterCountField,
    HiddenTextField,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextField,
    UploadField,
)

LONGEST_NOTE = 600
YES_NO = [("yes", "Yes"), ("no", "No")]


class PlanForm(MeritumForm):
    """The facts that the rulebook asks for and what applicants should know of each part."""

    submit = SubmitField("Save the plan")

    def facts(self) -> dict[str, Any]:
        """Give the facts as stated, after the form was validated."""
        stated = {name.removeprefix("fact_"): field.data for name, field in self._named("fact_")}
        return {name: _plain(value) for name, value in stated.items() if value not in (None, "")}

    def notes(self) -> dict[str, str]:
        """Give the notes that are not empty, by component."""
        return {name.removeprefix("note_"): field.data for name, field in self._named("note_") if field.data}

    def _named(self, prefix: str) -> list[tuple[str, Field]]:
        return [(name, field) for name, field in self._fields.items() if name.startswith(prefix)]


def _plain(value: Any) -> Any:
    return {"yes": True, "no": False}.get(value, value)


def plan_form(facts: Sequence[Fact], components: Sequence[Component], plan: ExamPlan | None) -> PlanForm:
    """Make the form for what one rulebook asks, with what the plan says so far."""
    data, notes = (plan.facts, plan.notes) if plan else ({}, {})
    fields: dict[str, Any] = {}
    values: dict[str, Any] = {f"note_{code}": note for code, note in notes.items()}
    for fact in facts:
        if fact.kind == "yes-no":
            fields[f"fact_{fact.name}"] = RadiosField(fact.title, choices=YES_NO, inline=True, required=False)
            values[f"fact_{fact.name}"] = {True: "yes", False: "no", None: ""}[data.get(fact.name)]
        else:
            fields[f"fact_{fact.name}"] = IntegerField(fact.title, minimum=0, required=False)
            values[f"fact_{fact.name}"] = data.get(fact.name)
    for part in components:
        fields[f"note_{part.code}"] = CharacterCountField(
            f"{part.title}: what applicants should know",
            max_length=LONGEST_NOTE,
            rows=3,
            required=False,
            hint="How long it takes, what it is about, what may be brought along.",
        )
    made: PlanForm = type("OwnPlanForm", (PlanForm,), fields)(data=values)
    return made


class MarksForm(MeritumForm):
    """A file of marks of one component, to be checked; nothing of it counts yet."""

    component = SelectField("Part of the examination", prompt="Choose a part")
    file = UploadField("File of marks", allowed=["csv", "txt"], max_bytes=MOST_BYTES)
    submit = SubmitField("Check the file")

    def offer(self, components: Sequence[Component]) -> None:
        """Offer the components that are marked outside the sheets; Conflict where there is none."""
        marked = [(part.code, part.title) for part in components if part.is_marked]
        if not marked:
            raise Conflict("The rulebook of this examination has no part that is marked outside the sheets.")
        self.component.choices = marked

    def chosen(self, components: Sequence[Component]) -> Component:
        """Give the component that was chosen, after the form was validated."""
        return next(part for part in components if part.code == self.component.data)


class ConfirmMarksForm(MeritumForm):
    """The checked file, named by a sealed ticket, and where its marks come from."""

    idempotency_key = IdempotencyKeyField()
    ticket = HiddenTextField(max_length=2000)
    source = TextField(
        "Where the marks come from",
        max_length=200,
        hint="For example: paper II, marked by the board on 3 November.",
    )
    submit = SubmitField("Record the marks")
