"""What the picture of a workforce is narrowed to."""

from __future__ import annotations

from app.web.forms import DateField, FilterForm, SelectField


class WorkforceForm(FilterForm):
    """An agency, and the day as of which everything is counted."""

    agency = SelectField("Agency", required=False, prompt="All agencies")
    on = DateField("As of", required=False)
