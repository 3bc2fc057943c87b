"""What a browser may send about publications."""

from __future__ import annotations

from typing import Any

from app.exams.publications.models import ListPolicy
from app.web.forms import MeritumForm, RadiosField, SubmitField, TextAreaField


class UndoForm(MeritumForm):
    """Why a publication is undone."""

    reason = TextAreaField(
        "Why the publication is undone",
        max_length=2000,
        rows=3,
        missing="Enter why the publication is undone",
        hint="Kept in the ledger, for good.",
    )
    submit = SubmitField("Undo the publication", kind="warning")


class PolicyForm(MeritumForm):
    """Whether public lists name people."""

    shows_names = RadiosField(
        "What a public list shows of each person",
        choices=[
            ("codes", "Candidate number alone"),
            ("names", "Name and candidate number", "Only where a law asks for it."),
        ],
        missing="Select what a public list shows",
    )
    basis = TextAreaField(
        "Law or rule that this follows",
        max_length=2000,
        rows=3,
        missing="Enter the law or rule that this follows",
        hint="Shown on the public pages.",
    )
    submit = SubmitField("Save")


def policy_data(policy: ListPolicy | None) -> dict[str, Any]:
    """Give what the form of a policy shows at first: what was decided last."""
    if policy is None:
        return {}
    return {"shows_names": "names" if policy.shows_names else "codes", "basis": policy.basis}
