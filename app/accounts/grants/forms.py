"""What an administrator may send about people and their roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.accounts.grants.rules import EVERYWHERE, GRANTABLE
from app.accounts.roles import Role
from app.web.forms import (
    EmailField,
    FilterForm,
    MeritumForm,
    RadiosField,
    SelectField,
    SubmitField,
    TextAreaField,
    TextField,
)

ROLES = [(role.value, role.title) for role in GRANTABLE]
LONGEST_REASON = 500


class AccountFilter(FilterForm):
    q = TextField("Name or email address", max_length=80, required=False)
    role = SelectField("Role", choices=ROLES, prompt="Any role", required=False)
    agency = SelectField("Agency", prompt="Any agency", required=False)

    def asked(self) -> dict[str, Any]:
        """Give what the queries take."""
        role = Role(self.role.data) if self.role.data else None
        return {"text": self.q.data or "", "role": role, "agency_id": self.agency.data or None}

    def given(self) -> dict[str, Any]:
        """Give what the address of the next page repeats."""
        return {field.name: field.data for field in self if field.data}


class ProposeRoleForm(MeritumForm):
    email = EmailField("Email address of the person", hint="The one they sign in with.")
    role = SelectField("Role", choices=ROLES)
    agency_id = SelectField("Agency")
    submit = SubmitField("Give this role")

    def offer(self, agencies: Sequence[tuple[str, str]], *, may_all: bool) -> None:
        """Offer the agencies of whoever fills the form in, and all at once to who serves all."""
        self.agency_id.choices = [*([(EVERYWHERE, "All agencies")] if may_all else []), *agencies]

    def values(self) -> dict[str, Any]:
        """Give what the service takes."""
        agency_id = None if self.agency_id.data == EVERYWHERE else self.agency_id.data
        return {"email": self.email.data, "role": Role(self.role.data), "agency_id": agency_id}


class DecideRoleForm(MeritumForm):
    decision = RadiosField(
        "Your decision", choices=[("accept", "Give the role"), ("refuse", "Refuse the role")]
    )
    reason = TextAreaField(
        "Reason", max_length=LONGEST_REASON, rows=3, required=False, hint="Needed when you refuse."
    )
    submit = SubmitField("Record the decision")


class EndRoleForm(MeritumForm):
    reason = TextAreaField(
        "Reason",
        max_length=LONGEST_REASON,
        rows=3,
        hint="It stands in the audit trail.",
        missing="Enter the reason for ending the role",
    )
    submit = SubmitField("End this role", kind="warning")


class ResetSecondFactorForm(MeritumForm):
    reason = TextAreaField(
        "Reason",
        max_length=LONGEST_REASON,
        rows=3,
        hint="Say how you made sure who asks. It stands in the audit trail.",
        missing="Enter the reason for the reset",
    )
    submit = SubmitField("Reset two-step sign-in", kind="warning")
