"""The mails that remind supervisors of the steps of a cycle."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.personnel.performance.models import PerformanceCycle
from app.platform import links, mail
from app.web.amounts import plural
from app.web.dates import format_date

STEPS = {
    "plans": "{count} of your team wait for their performance plan.",
    "progress": "No progress review is recorded yet for {count} of your team.",
    "ratings": "{count} of your team wait for their rating.",
}


def remind(
    session: Session,
    cycle: PerformanceCycle,
    step: str,
    due_on: dt.date,
    left: int,
    account: Account,
    count: int,
    at: dt.datetime,
) -> None:
    """Remind a supervisor of one step; once for each cycle, step, reminder and person."""
    was = "was due" if left < 0 else "is due"
    mail.promise(
        session,
        key=f"performance:{cycle.id}:{step}:{left}:{account.id}",
        to=account.email,
        subject=f"Performance, {cycle.title}: {step}",
        body=(
            f"Dear {account.name},",
            STEPS[step].format(count=plural(count, "person", "people")),
            f"This {was} on {format_date(due_on)}.",
            links.absolute("/my/team"),
        ),
        at=at,
        language="en",
    )
