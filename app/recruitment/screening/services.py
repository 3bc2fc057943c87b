"""Screening an application: each criterion decided, one outcome recorded, corrections kept as versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.platform import audit, links, mail
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id
from app.recruitment.applications import queries as application_queries
from app.recruitment.applications.letters import address as postal_address
from app.recruitment.applications.models import Application
from app.recruitment.applications.states import Assessment, Screening, Submission, move
from app.recruitment.fees.services import demand_settled
from app.recruitment.screening import letters, queries
from app.recruitment.screening.models import (
    CriterionDecision,
    Outcome,
    ScreeningCorrection,
    ScreeningOutcome,
)
from app.recruitment.screening.rules import Asked, Decision, check_consistent


def decide(
    session: Session,
    *,
    application_id: str,
    decisions: Mapping[str, Decision],
    outcome: Outcome,
    reason: str,
    actor: Actor,
    at: dt.datetime,
) -> ScreeningOutcome:
    """Record the one outcome of an application with a decision on each criterion; Conflict when there is one.

    `decisions` are by criterion. Who is not eligible is promised a letter with the reasons.
    """
    application = _get_for_screening(session, application_id, "decide", actor)
    if queries.find_outcome(session, application_id) is not None:
        raise Conflict("The outcome of this application is recorded already. Correct it instead.")
    demand_settled(session, application)
    check_consistent(_asked(application), decisions, is_eligible=outcome is Outcome.ELIGIBLE, reason=reason)
    application.screening = move(application.screening, Screening(outcome.value))
    recorded = ScreeningOutcome(
        id=new_id("sco"),
        application_id=application_id,
        outcome=outcome,
        reason=reason,
        version=1,
        decided_by=actor.id,
        decided_at=at,
    )
    session.add(recorded)
    _put_decisions(session, application_id, {}, decisions, actor, at)
    session.flush()
    _record(session, "decide", application, recorded, actor, at)
    _promise_letter(session, application, recorded, decisions, actor, at)
    return recorded


def correct(
    session: Session,
    *,
    application_id: str,
    decisions: Mapping[str, Decision],
    outcome: Outcome,
    reason: str,
    correction_reason: str,
    actor: Actor,
    at: dt.datetime,
) -> ScreeningOutcome:
    """Correct a recorded outcome as a new version that keeps the whole of the one before, and why.

    Conflict when nothing would change, or when the applicant was admitted to the examination already.
    """
    application = _get_for_screening(session, application_id, "correct", actor)
    recorded = queries.find_outcome(session, application_id)
    if recorded is None:
        raise Conflict("This application is not screened yet, so there is nothing to correct.")
    if not correction_reason.strip():
        raise Invalid(correction_reason="Say why the outcome is corrected.")
    check_consistent(_asked(application), decisions, is_eligible=outcome is Outcome.ELIGIBLE, reason=reason)
    held = queries.load_decisions(session, application_id)
    before = _picture(recorded.outcome, recorded.reason, {**held})
    after = _picture(outcome, reason, {**decisions})
    if before == after:
        raise Conflict("Nothing was changed, so there is nothing to correct.")
    is_new_outcome = outcome is not recorded.outcome
    if is_new_outcome:
        if application.assessment is not Assessment.NONE:
            raise Conflict("This applicant is admitted to the examination, so the outcome stands.")
        application.screening = move(application.screening, Screening(outcome.value))
    recorded.outcome, recorded.reason, recorded.version = outcome, reason, recorded.version + 1
    recorded.decided_by, recorded.decided_at = str(actor.id), at
    correction = ScreeningCorrection(
        id=new_id("scc"),
        outcome_id=recorded.id,
        version=recorded.version,
        before=before,
        after=after,
        reason=correction_reason,
        corrected_by=actor.id,
        corrected_at=at,
    )
    session.add(correction)
    _put_decisions(session, application_id, held, decisions, actor, at)
    session.flush()
    _record(session, "correct", application, recorded, actor, at)
    if is_new_outcome:
        _promise_letter(session, application, recorded, decisions, actor, at)
    return recorded


def _get_for_screening(session: Session, application_id: str, verb: str, actor: Actor) -> Application:
    application = application_queries.get_application(session, application_id, actor, lock=True)
    actor.demand(f"recruitment.screening.{verb}", application.posting.agency_id)
    if application.account_id == actor.id:
        raise Conflict("This is your own application. Another officer must screen it.")
    if application.submission is not Submission.SUBMITTED:
        raise Conflict("This application was withdrawn, so there is nothing to decide.")
    return application


def _asked(application: Application) -> list[Asked]:
    return [Asked(criterion.id, criterion.is_essential) for criterion in application.posting.criteria]


def _put_decisions(
    session: Session,
    application_id: str,
    held: Mapping[str, CriterionDecision],
    decisions: Mapping[str, Decision],
    actor: Actor,
    at: dt.datetime,
) -> None:
    for criterion_id, decision in decisions.items():
        row = held.get(criterion_id) or CriterionDecision(
            id=new_id("cdn"), application_id=application_id, criterion_id=criterion_id
        )
        if (row.is_met, row.reason) != (decision.is_met, decision.reason):
            row.is_met, row.reason = decision.is_met, decision.reason
            row.decided_by, row.decided_at = str(actor.id), at
        session.add(row)


def _picture(
    outcome: Outcome, reason: str, decisions: Mapping[str, CriterionDecision | Decision]
) -> dict[str, Any]:
    """Write down a whole screening as plain JSON, so that two versions can be laid side by side."""
    return {
        "outcome": outcome.value,
        "reason": reason,
        "decisions": {
            criterion_id: {"is_met": decision.is_met, "reason": decision.reason}
            for criterion_id, decision in sorted(decisions.items())
        },
    }


def _promise_letter(
    session: Session,
    application: Application,
    recorded: ScreeningOutcome,
    decisions: Mapping[str, Decision],
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Promise the letter of a refusal; after a correction to eligible, a mail that says so."""
    key = f"screening:{application.id}:{recorded.version}"
    if recorded.outcome is Outcome.INELIGIBLE:
        contact = (application.snapshot or {})["contact"]
        notices.promise(
            session,
            template="not_eligible",
            subject=application.id,
            agency_id=application.posting.agency_id,
            account_id=application.account_id,
            name=str(application.applicant_name),
            email=application.applicant_email,
            address=postal_address(contact),
            letter=letters.not_eligible(application, recorded.reason, decisions, at),
            actor=actor,
            at=at,
            key=key,
        )
    elif recorded.version > 1:
        mail.promise(
            session,
            key=key,
            to=str(application.applicant_email),
            subject=f"Your application {application.number} is eligible after all",
            body=letters.eligible_after_all(
                application, links.absolute(f"/my/applications/{application.id}")
            ),
            at=at,
        )


def _record(
    session: Session,
    verb: str,
    application: Application,
    recorded: ScreeningOutcome,
    actor: Actor,
    at: dt.datetime,
) -> None:
    audit.record(
        session,
        f"recruitment.screening.{verb}",
        actor=actor,
        at=at,
        subject=application.id,
        agency_id=application.posting.agency_id,
        outcome=recorded.outcome.value,
        version=recorded.version,
    )
