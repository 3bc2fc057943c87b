"""What a browser may send about names from several lists."""

from __future__ import annotations

from app.exams.certificates.forms import RequestForm
from app.web.forms import CheckboxField, IdempotencyKeyField, MeritumForm, SubmitField


class AskForm(RequestForm):
    """For which positions names are asked from every list in turn."""

    submit = SubmitField("Ask for names from these lists")


class IssueForm(MeritumForm):
    """That a second officer has looked."""

    idempotency_key = IdempotencyKeyField()
    is_checked = CheckboxField(
        "I have looked at the order of the lists and at the names", required=True, missing="Tick the box"
    )
    submit = SubmitField("Issue these certificates")
