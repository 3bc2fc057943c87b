"""Letters for tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.accounts.models import Account, Agency
from app.notices import services
from app.notices.models import Notice
from app.platform.actors import SYSTEM

AT = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)


def application_received_fields() -> dict[str, Any]:
    """Give the fields of a letter that confirms an application."""
    return {
        "application_number": "A-2026-000123-0",
        "posting_title": "Bridge inspector",
        "posting_number": "P-2026-0007",
        "received": {"at": AT, "zone": "America/New_York"},
        "next_steps": ["We check your application against the announcement."],
        "track_url": "http://localhost:8000/my/applications",
        "signed_by": {"name": "Ana Ruiz", "title": "Examinations manager"},
    }


def promise_notice(session: Session, agency: Agency, account: Account, **values: Any) -> Notice:
    """Promise a letter to the account, `application_received` unless said otherwise."""
    given = {
        "template": "application_received",
        "subject": "app_" + "0" * 26,
        "agency_id": agency.id,
        "account_id": account.id,
        "name": account.name,
        "email": account.email,
        "letter": application_received_fields(),
        "actor": SYSTEM,
        "at": AT,
    }
    return services.promise(session, **(given | values))
