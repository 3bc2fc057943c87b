"""What a browser may send to look at a service as it was."""

from __future__ import annotations

from app.web.forms import DateField, FilterForm


class AsOfForm(FilterForm):
    """The day that is asked about, and the day by whose end it was known."""

    on = DateField("As it was on", required=False)
    known = DateField("As it was known at the end of", required=False, hint="Empty: as it is known now.")
