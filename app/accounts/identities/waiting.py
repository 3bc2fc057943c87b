"""A link to another service that waits for its person's word, kept signed in their browser meanwhile.

The way back is a link that a stranger can have followed, with the stranger's account at the service:
so nothing is linked on the way back, and what is linked is what the page showed.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.accounts.identities.client import Arrival
from app.accounts.sessions.rules import CODE_WAIT


def wait(arrival: Arrival, *, account_id: str, at: dt.datetime) -> dict[str, Any]:
    """Give what stands in the cookie; its `token` names it in the page's address."""
    return {
        "token": secrets.token_urlsafe(12),
        "account_id": account_id,
        "until": (at + CODE_WAIT).isoformat(),
        "arrival": asdict(arrival),
    }


def waits(kept: Mapping[str, Any] | None, *, token: str, account_id: str, at: dt.datetime) -> Arrival | None:
    """Give who came back, where it is this person's, the one that was shown, and not long ago."""
    if not kept or kept["token"] != token or kept["account_id"] != account_id:
        return None
    if dt.datetime.fromisoformat(kept["until"]) <= at:
        return None
    return Arrival(**kept["arrival"])
