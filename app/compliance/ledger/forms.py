"""What a browser may ask of the audit trail."""

from __future__ import annotations

import datetime as dt

from app.compliance.ledger.queries import Filters
from app.web import forms


class LedgerFilterForm(forms.FilterForm):
    """Chooses a part of the trail."""

    action = forms.TextField("Action begins with", max_length=80, required=False, hint="exams.merit_lists")
    subject = forms.TextField("Subject", max_length=40, required=False, hint="An id such as pst_…")
    person = forms.TextField("Done by", max_length=80, required=False, hint="Part of a name")
    agency_id = forms.SelectField("Agency", required=False, prompt="All agencies")
    since = forms.DateField("From", required=False)
    until = forms.DateField("To", required=False)

    def filters(self) -> Filters:
        """Give what was asked for; days are UTC and both are counted in."""
        day = dt.timedelta(days=1)
        return Filters(
            action=self.action.data or "",
            subject=self.subject.data or "",
            actor=self.person.data or "",
            agency_id=self.agency_id.data or "",
            since=_midnight(self.since.data) if self.since.data else None,
            until=_midnight(self.until.data) + day if self.until.data else None,
        )


class PurposeForm(forms.MeritumForm):
    """Says why something leaves the system."""

    purpose = forms.TextField(
        "Why do you need this?",
        max_length=200,
        min_length=5,
        hint="It is recorded with your name.",
        missing="Say why you need this",
    )


def _midnight(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time(), dt.UTC)
