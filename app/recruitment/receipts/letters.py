"""What the letter that confirms an application says of its receipt."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.notices import late
from app.notices.models import Notice
from app.recruitment.applications.models import Application
from app.recruitment.receipts import checking, documents, queries, rules


def add_receipt(session: Session, notice: Notice) -> late.Addition:
    """Give the receipt of the version that the letter confirms; nothing when it is not there any more."""
    query = (
        select(Application).where(Application.id == notice.subject).options(joinedload(Application.posting))
    )
    application = session.scalar(query)
    at = dt.datetime.fromisoformat(notice.context["letter"]["received"]["at"])
    for received in queries.list_received(session, application) if application else []:
        if application and received.received_at == at:
            receipt = checking.signed(session, application, received)
            fields = {
                "version": receipt["version"],
                "digest": receipt["digest"],
                "short_digest": rules.short(receipt["digest"]),
                "ledger_index": receipt["ledger_index"],
                "key": receipt["key"],
                "check_url": documents.check_url(receipt["number"], receipt["digest"]),
            }
            return late.Addition({"receipt": fields}, (documents.attachment(receipt, received),))
    return late.Addition()


late.add("application_received", add_receipt)
