"""What a browser may send about dates of birth, and to what the page of retirements is narrowed."""

from __future__ import annotations

from app.web.forms import DateField, FilterForm, MeritumForm, SelectField, SubmitField


class BirthForm(MeritumForm):
    """When somebody was born."""

    born_on = DateField(
        "Date of birth",
        is_birthday=True,
        missing="Enter the date of birth",
        hint="As on the paper that the person showed.",
    )
    submit = SubmitField("Save")


class DueForm(FilterForm):
    """One agency, or all of the officer's."""

    agency = SelectField("Agency", required=False, prompt="All agencies")
