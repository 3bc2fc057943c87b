"""The mail that tells a person of an award."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.personnel.awards.models import Award
from app.personnel.mailing import tell
from app.platform import links
from app.platform.locales import write_date
from app.web.amounts import format_money, plural


def worth(award: Award) -> str:
    """Say what an award brings, in words."""
    if award.amount_minor is not None:
        return str(format_money(award.amount_minor, award.currency or "USD"))
    if award.to_step is not None:
        since = f", from {write_date(award.effective_on)} on" if award.effective_on else ""
        return f"Step {award.to_step} of grade {award.grade}{since}"
    return plural(award.hours, "hour off", "hours off") if award.hours else "An honor"


def tell_approved(session: Session, award: Award, at: dt.datetime) -> None:
    """Tell the person that an award was approved."""
    tell(
        session,
        award.employee,
        key=f"award:{award.id}",
        subject=f"An award for you: {award.kind.title}",
        lines=(
            f"You receive an award: {worth(award)}.",
            f"For: {award.reason}",
            links.absolute("/my/awards"),
        ),
        at=at,
    )
