"""What a browser may send about a trial; its numbers stand in the address, so that it can be sent on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.exams.sandboxes.rules import Dial
from app.web.forms import (
    DecimalField,
    FilterForm,
    IdempotencyKeyField,
    IntegerField,
    MeritumForm,
    SubmitField,
    TextAreaField,
)

MOST_VACANCIES = 10_000


def trial_form(dials: Sequence[Dial], vacancies: int) -> FilterForm:
    """Make the form of what can be tried on a list; it shows what is so now until something is typed."""
    fields = {dial.name: _field(dial) for dial in dials}
    fields["vacancies"] = IntegerField("Vacancies", required=False, minimum=1, maximum=MOST_VACANCIES)
    kind = type("TrialForm", (FilterForm,), fields)
    form: FilterForm = kind()
    if not form.is_used:
        for dial in dials:
            form[dial.name].data = Decimal(dial.now) if dial.now else None
        form["vacancies"].data = vacancies or None
    return form


def _field(dial: Dial) -> DecimalField:
    is_weight = dial.path[-1] == "weight"
    hint = f"{dial.now} now" if dial.now else "None now"
    most = 100 if is_weight else 100_000
    return DecimalField(dial.label, required=False, places=4, maximum=most, hint=hint)


class KeepForm(MeritumForm):
    """That a trial is kept, and what for."""

    idempotency_key = IdempotencyKeyField()
    purpose = TextAreaField(
        "What this trial is for", max_length=1000, rows=2, missing="Enter what this trial is for"
    )
    submit = SubmitField("Keep this trial")
