"""The written agreement, and the mails about flexible work."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.personnel import mailing, reporting
from app.personnel.flexible_work.models import FlexibleArrangement
from app.personnel.flexible_work.rules import Law, Pattern, told
from app.personnel.letters import title_of
from app.personnel.positions.models import Position
from app.platform import links
from app.platform.actors import Actor
from app.web.dates import format_date


def agreement(
    found: FlexibleArrangement, law: Law, position: Position | None, signer: Actor
) -> dict[str, Any]:
    """Give the fields of the agreement."""
    pattern = Pattern.of(found.pattern)
    return {
        "signed_by": {"name": signer.name, "title": title_of(signer.roles)},
        "kind": found.kind.title,
        "position_title": position.title if position else "No post",
        "law": law.citation,
        "days": [
            {
                "day": day,
                "length": told(minutes) if minutes else "Free",
                "place": ("Away from the office" if is_away else "At the office") if minutes else "–",
            }
            for day, minutes, is_away in pattern.lines()
        ],
        "weekly": f"{told(found.weekly_minutes)} a week",
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "review_on": found.review_on,
        "reasons": " ".join((found.reason or "").split()),
        "terms": law.terms,
        "leave_effect": law.leave or None,
    }


def ask(session: Session, found: FlexibleArrangement, at: dt.datetime) -> None:
    """Tell the supervisor that somebody asks for flexible work."""
    supervisor = reporting.find_supervisor(session, found.employee_id)
    if supervisor is None:
        return
    name = found.employee.name
    mailing.tell(
        session,
        supervisor,
        key=f"flexible-work-asked:{found.id}",
        subject=f"{name} asks for flexible work: {found.kind.title.lower()}",
        lines=(f"From {format_date(found.starts_on)}. Why: {found.why}", _address(found, "team/")),
        at=at,
    )


def tell(session: Session, found: FlexibleArrangement, sentence: str, at: dt.datetime) -> None:
    """Tell the person how the request or agreement stands."""
    mailing.tell(
        session,
        found.employee,
        key=f"flexible-work:{found.id}:{found.state.value}:{at.isoformat()}",
        subject=f"{found.kind.title}: {found.state.title.lower()}",
        lines=(sentence, _address(found)),
        at=at,
    )


def remind(session: Session, found: FlexibleArrangement, days: int, at: dt.datetime) -> None:
    """Remind both sides that the agreement is to be looked at."""
    day = found.review_on or found.starts_on
    supervisor = reporting.find_supervisor(session, found.employee_id)
    for reader, part in ((found.employee, ""), (supervisor, "team/")):
        if reader is not None:
            mailing.tell(
                session,
                reader,
                key=f"flexible-work-review:{found.id}:{day}:{days}:{reader.id}",
                subject=f"{found.kind.title} of {found.employee.name}: look at it by {format_date(day)}",
                lines=(
                    "Talk about how it goes, and say whether it goes on or ends.",
                    _address(found, part),
                ),
                at=at,
            )


def _address(found: FlexibleArrangement, part: str = "") -> str:
    return links.absolute(f"/my/{part}flexible-work/{found.id}")
