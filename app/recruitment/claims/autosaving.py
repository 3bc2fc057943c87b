"""Claims while they are being ticked: kept, but not made yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.recruitment.claims.rules import NONE
from app.recruitment.drafts.services import autosave_section, get_draft
from app.recruitment.profiles.rules import Page


def autosave(
    session: Session,
    *,
    application_id: str,
    data: dict[str, Any],
    is_complete: bool,
    page: Page,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Save what is ticked while it is being ticked; claims are made and dropped once the person goes on."""
    application = get_draft(session, application_id, actor)
    kinds = sorted(data["kinds"])
    held = sorted(claim.kind for claim in application.claims) or [NONE]
    autosave_section(
        session,
        application_id=application_id,
        section="claims",
        data={"kinds": kinds},
        is_complete=is_complete and kinds == held,
        page=page,
        actor=actor,
        at=at,
    )
