"""What a browser may send to look at the establishment."""

from __future__ import annotations

from app.web.forms import DateField, FilterForm, SelectField


class EstablishmentFilterForm(FilterForm):
    """The day that is asked about, and what the establishment is narrowed to."""

    on = DateField("On", required=False, hint="Empty: today.")
    agency = SelectField("Agency", required=False, prompt="All agencies")
    unit = SelectField("Unit", required=False, prompt="All units")
    grade = SelectField("Grade", required=False, prompt="All grades")


class ChartFilterForm(FilterForm):
    """Whose organisation is drawn."""

    agency = SelectField("Agency", required=False, prompt="Choose an agency")
