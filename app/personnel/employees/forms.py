"""What a browser may send about employees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.personnel.employees.states import EmployeeState
from app.web.forms import FilterForm, SelectField, TextField


class EmployeeFilterForm(FilterForm):
    """What a list of employees is narrowed to."""

    text = TextField("Name, number or email", max_length=80, required=False)
    agency = SelectField("Agency", required=False, prompt="All agencies")
    state = SelectField(
        "Service",
        required=False,
        prompt="Any",
        choices=[(state.value, state.title) for state in EmployeeState],
    )
    unit = SelectField("Unit", required=False, prompt="All units")
    grade = SelectField("Grade", required=False, prompt="All grades")

    def __init__(
        self,
        *,
        agencies: Sequence[tuple[str, str]],
        units: Sequence[str],
        grades: Sequence[str],
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
