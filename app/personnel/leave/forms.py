"""What a browser may ask of ledgers."""

from __future__ import annotations

from app.personnel.leave.states import LeaveKind
from app.web.forms import DateField, FilterForm, IntegerField, SelectField

KINDS = [(kind.value, kind.title) for kind in LeaveKind]


class LedgerFilterForm(FilterForm):
    """Which of a person's ledgers."""

    kind = SelectField("Kind of leave", choices=KINDS, required=False, prompt="Annual leave")


class BalanceFilterForm(FilterForm):
    """Whose balances, and of which day."""

    agency = SelectField("Agency", choices=[], required=False)
    on = DateField("As of", required=False)
    first = IntegerField("Row", required=False, minimum=1, maximum=1_000_000)
