"""What the picture of a workforce is narrowed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.web.forms import DateField, FilterForm, SelectField


class WorkforceForm(FilterForm):
    """An agency, and the day as of which everything is counted."""

    agency = SelectField("Agency", required=False, prompt="All agencies")
    on = DateField("As of", required=False)

    def __init__(self, *, agencies: Sequence[tuple[str, str]]) -> None:
        self.agencies = agencies
        super().__init__()

    def validate(self, extra_validators: Any = None) -> bool:
        """Offer the agencies before what came is held against them."""
        self.agency.choices = self.agencies
        return bool(super().validate(extra_validators))
