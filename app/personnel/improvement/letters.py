"""The notice of an opportunity to improve, and the mails about it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.accounts.queries import get_account
from app.notices.services import promise
from app.personnel import reporting
from app.personnel.improvement.models import ImprovementPlan
from app.personnel.letters import title_of
from app.personnel.mailing import tell
from app.personnel.performance.queries import rule_of
from app.personnel.performance.regimes import OpportunityRule
from app.personnel.ratings.letters import paragraphs
from app.platform import links, mail
from app.platform.actors import Actor
from app.web.dates import format_date


def promise_notice(
    session: Session, improvement: ImprovementPlan, rule: OpportunityRule, actor: Actor, at: dt.datetime
) -> str:
    """Promise the notice that opens an opportunity, and give its id; who opens it signs."""
    plan, levels = improvement.plan, rule_of(improvement.plan).levels
    return promise(
        session,
        template="performance_opportunity",
        subject=improvement.id,
        agency_id=improvement.agency_id,
        account_id=improvement.employee.account_id,
        name=improvement.employee.name,
        email=improvement.employee.email,
        letter={
            "signed_by": {"name": actor.name, "title": title_of(actor.roles)},
            "number": improvement.number,
            "position_title": plan.position_title,
            "unit": improvement.agency.name,
            "elements": [
                {"title": element.title, "is_critical": True, "level": levels[min(levels)]}
                for element in improvement.elements
            ],
            "instances": paragraphs(improvement.instances),
            "requirement": paragraphs(improvement.requirement),
            "assistance": paragraphs(improvement.assistance),
            "delivered_on": improvement.delivered_on,
            "ends_on": improvement.ends_on,
            "check_in_days": rule.check_in_days,
            "law": rule.citation,
            "action_law": rule.action_citation,
        },
        actor=actor,
        at=at,
        key=f"opportunity:{improvement.id}",
    ).id


def tell_outcome(session: Session, improvement: ImprovementPlan, at: dt.datetime) -> None:
    """Tell the employee what came of the opportunity."""
    outcome = improvement.outcome.title.lower() if improvement.outcome else ""
    tell(
        session,
        improvement.employee,
        key=f"improvement-outcome:{improvement.id}",
        subject=f"Your improvement plan {improvement.number}",
        lines=(
            f"Your improvement plan {improvement.number} is concluded. Your work in its elements was found "
            f"{outcome}.",
            "You can read the findings here:",
            links.absolute(f"/my/improvement/{improvement.id}"),
        ),
        at=at,
    )


def remind(
    session: Session, improvement: ImprovementPlan, last: dt.date, is_over: bool, at: dt.datetime
) -> None:
    """Remind the supervisor of the next talk, or that the period is over; once for each."""
    superior = reporting.find_supervisor(session, improvement.employee_id)
    to = get_account(
        session, superior.account_id if superior and superior.account_id else improvement.opened_by
    )
    told = (
        f"It ended on {format_date(improvement.ends_on)}. Say whether the work became acceptable."
        if is_over
        else f"The last talk on record was on {format_date(last)}. Hold the next one and write it down."
    )
    mail.promise(
        session,
        key=f"improvement:{improvement.id}:{'over' if is_over else last.isoformat()}:{to.id}",
        to=to.email,
        subject=f"Improvement plan {improvement.number}",
        body=(
            f"Dear {to.name},",
            f"This is about the improvement plan of {improvement.employee.name}.",
            told,
            links.absolute(f"/my/team/improvement/{improvement.id}"),
        ),
        at=at,
        language="en",
    )
