"""What a browser may ask of the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.platform.locales import write_date
from app.web.forms import FilterForm, SelectField


class PeriodFilter(FilterForm):
    """Which pay period is shown."""

    period = SelectField("Pay period", prompt="The newest", required=False)

    def __init__(self, periods: Sequence[dt.date]) -> None:
        self.periods = periods
        super().__init__(
            choices={"period": [(day.isoformat(), f"From {write_date(day)}") for day in periods]}
        )

    def chosen(self) -> dt.date | None:
        """Give the period that was asked for, else the newest; None where none was posted."""
        if self.period.data:
            return dt.date.fromisoformat(self.period.data)
        return self.periods[0] if self.periods else None
