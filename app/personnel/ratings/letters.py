"""The rating of record as a letter, and the mail that says it is there."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.notices.services import promise
from app.personnel.letters import title_of
from app.personnel.performance.queries import rule_of
from app.personnel.ratings.models import PerformanceRating
from app.platform.actors import Actor


def promise_rating(session: Session, rating: PerformanceRating, actor: Actor, at: dt.datetime) -> str:
    """Promise the letter that gives a rating of record, and give its id; the reviewer signs."""
    plan, regime = rating.plan, rule_of(rating.plan)
    levels = regime.levels
    return promise(
        session,
        template="rating_of_record",
        subject=rating.id,
        agency_id=rating.agency_id,
        account_id=plan.employee.account_id,
        name=plan.employee.name,
        email=plan.employee.email,
        letter={
            "signed_by": {"name": actor.name, "title": title_of(actor.roles)},
            "position_title": plan.position_title,
            "unit": plan.agency.name,
            "period_from": plan.cycle.starts_on,
            "period_to": plan.cycle.ends_on,
            "elements": [
                {
                    "title": row.element.title,
                    "is_critical": row.element.is_critical,
                    "weight": row.element.weight,
                    "level": f"{row.level}, {levels[row.level]}",
                    "narrative": paragraphs(row.narrative),
                }
                for row in sorted(rating.elements, key=lambda row: row.element.position)
            ],
            "summary": f"Level {rating.summary_level}, {levels[rating.summary_level]}",
            "because": rating.because,
            "narrative": paragraphs(rating.narrative),
            "rated_by": rating.rater.name,
            "reviewed_by": actor.name,
            "law": regime.citation,
        },
        actor=actor,
        at=at,
        key=f"rating-of-record:{rating.id}",
    ).id


def paragraphs(text: str) -> list[str]:
    """Give the lines of a text that say something, as a letter's paragraphs."""
    return [line.strip() for line in text.splitlines() if line.strip()]
