"""What a browser may send about the rule of an agency."""

from __future__ import annotations

import datetime as dt

from app.personnel.accruals import regimes
from app.web.forms import DateField, MeritumForm, RadiosField, SubmitField

CEILINGS = [("usual", "The usual limit"), ("abroad", "The limit of people stationed abroad", "Title 5 alone")]


class RegimeForm(MeritumForm):
    """By which rule leave is earned, and from when it is kept here."""

    name = RadiosField(
        "Rule",
        choices=[(one.name, one.title, one.law) for one in regimes.load_all()],
        missing="Select a rule",
    )
    ceiling = RadiosField("What can be carried over", choices=CEILINGS, missing="Select a limit")
    first_period_on = DateField(
        "First day of any pay period", hint="Pay periods of fourteen days are counted from it.",
        missing="Enter the first day of a pay period",
    )  # fmt: skip
    kept_from = DateField(
        "First pay period kept here",
        hint="Its first day. What people had before is brought forward by corrections.",
        missing="Enter the first day of the first pay period kept here",
    )
    submit = SubmitField("Keep this rule")

    def days(self) -> tuple[dt.date, dt.date]:
        """Give the two days of a validated form."""
        return self.first_period_on.data or dt.date.min, self.kept_from.data or dt.date.min
