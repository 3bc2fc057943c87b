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

    def __init__(self, *, agencies: Sequence[tuple[str, str]]) -> None:
        self.agencies = agencies
        super().__init__()

    def validate(self, extra_validators: Any = None) -> bool:
        """Offer the agencies before what came is held against them."""
        self.agency.choices = self.agencies
        return bool(super().validate(extra_validators))
