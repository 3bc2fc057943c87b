"""What a browser may send about dependants."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from app.personnel.dependants.services import Claim
from app.personnel.dependants.states import DependantState, Relation
from app.platform.filecheck.kept import KeptFile
from app.web.checked_files import FileForm
from app.web.forms import (
    CheckboxField,
    DateField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)


class ClaimForm(FileForm):
    """A family member whom a plan shall be able to cover."""

    idempotency_key = IdempotencyKeyField()
    name = TextField("Name", max_length=200)
    relation = RadiosField(
        "Who is it?",
        choices=[(relation.value, relation.title) for relation in Relation],
        missing="Select who it is",
    )
    born_on = DateField("Date of birth", is_birthday=True, missing="Enter the date of birth")
    is_disabled = CheckboxField(
        "A child who cannot support itself because of a disability",
        required=False,
        hint="No age ends the coverage then.",
    )
    submit = SubmitField("Add to the list")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; the proof may come later."""
        self.file.required = False
        return bool(super().validate(extra_validators))

    def claim(self, proof: KeptFile | None) -> Claim:
        """Give what was typed, with the stored proof."""
        return Claim(
            name=self.name.data,
            relation=Relation(self.relation.data),
            born_on=cast(dt.date, self.born_on.data),
            is_disabled=self.is_disabled.data,
            proof=proof,
        )


class ProofForm(FileForm):
    """A proof that is handed in later."""

    submit = SubmitField("Hand in the proof")

    @property
    def kept(self) -> KeptFile:
        """The stored file of a form that was right."""
        kept = self.keep()
        if kept is None:
            raise RuntimeError("Ask for the file only after the form was checked.")
        return kept


class EndForm(MeritumForm):
    """Why somebody is taken off the list."""

    reason = TextField("Why?", max_length=400, required=False, hint="Such as a divorce, or other coverage.")
    submit = SubmitField("Take off the list", kind="warning")


class DecideForm(MeritumForm):
    """Whether the proof shows what it should."""

    decision = RadiosField(
        "Decision",
        choices=[("verify", "Confirm: the proof shows it"), ("refuse", "Refuse")],
        missing="Select a decision",
    )
    reason = TextAreaField(
        "Reason", max_length=1000, rows=4, required=False, hint="Needed for a refusal. The employee reads it."
    )
    submit = SubmitField("Decide")


class StateFilter(FilterForm):
    """Which dependants the list shows."""

    state = SelectField(
        "State",
        choices=[(state.value, state.title) for state in DependantState],
        prompt="All",
        required=False,
    )
