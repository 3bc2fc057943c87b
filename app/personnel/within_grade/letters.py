"""The letter that denies an increase, and the mail with the answer to a reconsideration."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.notices.services import promise
from app.personnel.letters import title_of
from app.personnel.mailing import tell
from app.personnel.ratings.letters import paragraphs
from app.personnel.within_grade.models import StepIncrease
from app.personnel.within_grade.regimes import Regime
from app.platform import links
from app.platform.actors import Actor


def promise_denial(
    session: Session, row: StepIncrease, regime: Regime, actor: Actor, at: dt.datetime
) -> None:
    """Promise the letter that denies an increase, with the reasons and the way to reconsideration."""
    promise(
        session,
        template="increase_denied",
        subject=row.id,
        agency_id=row.agency_id,
        account_id=row.employee.account_id,
        name=row.employee.name,
        email=row.employee.email,
        letter={
            "signed_by": {"name": actor.name, "title": title_of(actor.roles)},
            "grade": row.grade,
            "from_step": row.from_step,
            "to_step": row.to_step,
            "due_on": row.due_on,
            "grounds": paragraphs(row.grounds or ""),
            "requirement": f"A rating of record of level {regime.least_level} or above.",
            "reply_until": row.reply_until,
            "law": regime.citation,
            "reconsideration_law": regime.reconsideration_citation,
        },
        actor=actor,
        at=at,
        key=f"increase-denied:{row.id}:{row.reply_until}",
    )


def tell_answer(session: Session, row: StepIncrease, at: dt.datetime) -> None:
    """Tell the employee what came of the reconsideration."""
    told = "granted" if row.effective_on else "not granted: the denial stands"
    tell(
        session,
        row.employee,
        key=f"increase-answer:{row.id}:{row.reply_until}",
        subject="Your increase within the grade",
        lines=(
            f"Your increase to step {row.to_step} was looked at again. It is {told}.",
            f"Reasons: {row.answer}",
            links.absolute("/my/step-increases"),
        ),
        at=at,
    )
