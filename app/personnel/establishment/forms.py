"""What a browser may send to look at the establishment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.web.forms import DateField, FilterForm, SelectField


class EstablishmentFilterForm(FilterForm):
    """The day that is asked about, and what the establishment is narrowed to."""

    on = DateField("On", required=False, hint="Empty: today.")
    agency = SelectField("Agency", required=False, prompt="All agencies")
    unit = SelectField("Unit", required=False, prompt="All units")
    grade = SelectField("Grade", required=False, prompt="All grades")

    def __init__(
        self, *, agencies: Sequence[tuple[str, str]], units: Sequence[str], grades: Sequence[str]
    ) -> None:
        self.offered = {
            "agency": agencies,
            "unit": [(unit, unit) for unit in units],
            "grade": [(grade, grade) for grade in grades],
        }
        super().__init__()

    def validate(self, extra_validators: Any = None) -> bool:
        """Offer what there is to choose from before what came is held against it."""
        for name, choices in self.offered.items():
            self[name].choices = choices
        return bool(super().validate(extra_validators))


class ChartFilterForm(FilterForm):
    """Whose organisation is drawn."""

    agency = SelectField("Agency", required=False, prompt="Choose an agency")

    def __init__(self, *, agencies: Sequence[tuple[str, str]]) -> None:
        self.agencies = agencies
        super().__init__()

    def validate(self, extra_validators: Any = None) -> bool:
        """Offer the agencies before what came is held against them."""
        self.agency.choices = self.agencies
        return bool(super().validate(extra_validators))
