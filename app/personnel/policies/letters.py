"""The mails about policies: that one is in force, and that it waits to be acknowledged."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.policies.models import PolicyVersion
from app.personnel.policies.queries import Standing
from app.platform import links, mail
from app.web.dates import format_date

NEW = "new"


def key_of(version: PolicyVersion, person: Standing, reminder: int | None) -> str:
    """Give what makes a mail one for each version, person and occasion."""
    return f"policy:{version.id}:{person.employee_id}:{NEW if version.told_at is None else reminder}"


def tell(
    session: Session, version: PolicyVersion, person: Standing, reminder: int | None, at: dt.datetime
) -> None:
    """Tell somebody of a version that waits for them; once for each key."""
    title = version.policy.title
    is_new = version.told_at is None
    if is_new:
        said = f"“{title}” is in force in a new version. Please read it and acknowledge that you did"
    else:
        said = f"You have not acknowledged “{title}” yet"
    day = format_date(person.due_on)
    when = f"by {day}." if reminder is None or reminder >= 0 else f"; it was due on {day}."
    mail.promise(
        session,
        key=key_of(version, person, reminder),
        to=str(person.email),
        subject=f"{'To read' if is_new else 'Reminder'}: {title}",
        body=(
            f"Dear {person.name},",
            f"{said} {when}".replace(" ;", ";"),
            links.absolute(f"/my/policies/{version.policy_id}"),
        ),
        at=at,
        language="en",
    )
