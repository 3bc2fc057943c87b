"""What a browser may send about examinations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import cast

from app.exams.examinations import rules
from app.exams.examinations.models import Examination
from app.exams.examinations.rules import Plan
from app.exams.examinations.states import Attendance, ExaminationState
from app.recruitment.postings.models import Posting
from app.web.forms import (
    DateField,
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

NO_SAMPLE, USUAL_SAMPLE = "none", "5"


class PlanForm(MeritumForm):
    """The plan of an examination."""

    title = TextField("Title", max_length=200, hint="As candidates read it, with the kind of examination.")
    held_on = DateField("Day of the examination")
    item_count = IntegerField(
        "Number of items",
        minimum=1,
        maximum=rules.MOST_ITEMS,
        required=False,
        hint="The items are then called 1, 2, 3 and so on. Leave it empty to give codes of your own, or "
        "where the rulebook has no answer sheets.",
    )
    items = TextAreaField(
        "Codes of the items",
        max_length=30_000,
        required=False,
        hint="One a line, exactly as the columns of the file of answers are headed.",
    )
    options = TextField(
        "Answers that can be marked",
        max_length=200,
        required=False,
        hint="For example A B C D, or 1-5. Everything else in a file is refused.",
    )
    blanks = TextField(
        "Signs for no answer",
        max_length=80,
        required=False,
        width="10",
        hint="An empty cell always means no answer. Some scanners write a sign of their own, such as 8 or -.",
    )
    multiples = TextField(
        "Signs for several answers to one item",
        max_length=80,
        required=False,
        width="10",
        hint="Such an answer earns what the rulebook gives for a wrong one.",
    )
    sample_percent = RadiosField(
        "Before a list is published, originals are read again until a sample catches",
        required=False,
        choices=[
            *((str(share), f"{share} percent of all sheets wrong") for share in rules.SAMPLE_SHARES),
            (NO_SAMPLE, "No sample is asked for"),
        ],
        hint="With 95 percent certainty. A public seed decides which sheets are read.",
    )

    def plan(self) -> Plan:
        """Give what was sent, after it was validated; Invalid for codes that cannot be used."""
        typed = rules.read_codes(self.items.data)
        codes = typed or rules.number_items(self.item_count.data or 0)
        held_on = cast(dt.date, self.held_on.data)
        return Plan(
            self.title.data,
            held_on,
            codes,
            rules.read_options(self.options.data),
            tuple(self.blanks.data.replace(",", " ").split()),
            tuple(self.multiples.data.replace(",", " ").split()),
            None if self.sample_percent.data in ("", NO_SAMPLE) else int(self.sample_percent.data),
        )


class CreateForm(PlanForm):
    """A new examination of a closed posting."""

    idempotency_key = IdempotencyKeyField()
    posting_id = SelectField("Vacancy", prompt="Choose a closed vacancy")
    submit = SubmitField("Create the examination")

    def offer(self, postings: Sequence[Posting]) -> None:
        """Offer the postings that there are."""
        self.posting_id.choices = [(row.id, f"{row.title} ({row.number})") for row in postings]


class EditForm(PlanForm):
    """A changed plan."""

    submit = SubmitField("Save the plan")


def plan_data(examination: Examination) -> dict[str, object]:
    """Give an examination's plan as the form shows it."""
    codes = [item.code for item in examination.items]
    is_counted = codes == list(rules.number_items(len(codes)))
    return {
        "title": examination.title,
        "held_on": examination.held_on,
        "item_count": len(codes) if is_counted else None,
        "items": "" if is_counted else "\n".join(codes),
        "options": " ".join(examination.options),
        "blanks": " ".join(examination.blanks),
        "multiples": " ".join(examination.multiples),
        "sample_percent": str(examination.sample_percent or NO_SAMPLE),
    }


class ExaminationFilterForm(FilterForm):
    """What the list of examinations is narrowed to."""

    text = TextField("Title or number", max_length=80, required=False)
    state = SelectField(
        "State",
        required=False,
        prompt="Any state",
        choices=[(state.value, state.value.capitalize()) for state in ExaminationState],
    )


class CandidateFilterForm(FilterForm):
    """What the list of candidates is narrowed to."""

    text = TextField("Candidate number", max_length=40, required=False)
    attendance = SelectField(
        "Attendance",
        required=False,
        prompt="Any",
        choices=[(state.value, state.value.capitalize()) for state in Attendance],
    )
