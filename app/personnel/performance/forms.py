"""What a browser may send about cycles."""

from __future__ import annotations

import datetime as dt
from typing import cast

from app.personnel.awards import regimes as award_regimes
from app.personnel.performance import regimes
from app.personnel.performance.rules import CycleValues
from app.personnel.performance.states import PlanState
from app.personnel.within_grade import regimes as increase_regimes
from app.web.forms import (
    DateField,
    FilterForm,
    IdempotencyKeyField,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextField,
)


class CycleForm(MeritumForm):
    """A period in which an agency rates."""

    idempotency_key = IdempotencyKeyField()
    agency_id = SelectField("Agency", choices=[])
    title = TextField("Name of the period", max_length=120, hint="For example: Fiscal year 2027.")
    starts_on = DateField("First day", missing="Enter the first day of the period")
    ends_on = DateField("Last day", missing="Enter the last day of the period")
    progress_due_on = DateField(
        "Progress reviews until",
        missing="Enter the day by which progress is reviewed",
        hint="The days for plans and ratings follow from the rule of the agency.",
    )
    submit = SubmitField("Make the period")

    def values(self) -> CycleValues:
        """Give what was entered."""
        days = (self.starts_on.data, self.ends_on.data, self.progress_due_on.data)
        return CycleValues(self.title.data, *cast(tuple[dt.date, dt.date, dt.date], days))


class PlansFilterForm(FilterForm):
    """To what the plans of a period are narrowed."""

    text = TextField("Name or number", max_length=80, required=False)
    state = SelectField(
        "State", choices=[(state.value, state.title) for state in PlanState], prompt="All", required=False
    )


class RegimesForm(MeritumForm):
    """Under which rules an agency rates, raises and rewards."""

    ratings = RadiosField("Ratings", missing="Select a rule of ratings")
    within_grade = RadiosField("Increases within the grade", missing="Select a rule of increases")
    awards = RadiosField("Awards", missing="Select a rule of awards")
    submit = SubmitField("Keep these rules")

    def offer(self) -> None:
        """Offer the rules that stand in the files."""
        for field, load in (
            (self.ratings, regimes.load),
            (self.within_grade, increase_regimes.load),
            (self.awards, award_regimes.load),
        ):
            field.choices = [(one.name, one.title, one.citation) for one in load().values()]

    def chosen(self) -> dict[str, str]:
        """Give the rule that was chosen for each subject."""
        return {
            regimes.SUBJECT: self.ratings.data,
            increase_regimes.SUBJECT: self.within_grade.data,
            award_regimes.SUBJECT: self.awards.data,
        }
