"""What a browser may send about employees."""

from __future__ import annotations

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
