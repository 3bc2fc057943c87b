"""Changing applications: begun, saved step by step, submitted once, withdrawn, moved on by others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.notices.numbers import application_number
from app.platform import audit, clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.recruitment.applications import letters, queries, rules, snapshots, standing
from app.recruitment.applications.models import Application, ApplicationVersion
from app.recruitment.applications.states import Assessment, Placement, Standing, Submission, move
from app.recruitment.postings.models import Posting

Axis = Assessment | Standing | Placement


def submit_application(
    session: Session, *, application_id: str, actor: Actor, at: dt.datetime
) -> Application:
    """Receive an application, once: freeze it, number it, promise the letter; a repeat changes nothing.

    A late one raises Conflict with both clocks, an incomplete one Invalid; the draft stays as it is.
    """
    application = queries.get_own_application(session, application_id, actor, lock=True)
    if application.submission is Submission.SUBMITTED:
        return application
    posting = application.posting
    if not standing.is_open(application, at):
        raise Conflict(letters.lateness(posting, at))
    if missing := standing.missing_sections(application):
        raise Invalid(" ".join(["Your application is not complete.", *missing.values()]))
    state = move(application.submission, Submission.SUBMITTED)
    year = clock.local_date(at, posting.time_zone).year
    number = application_number(sequences.next_number(session, f"application:{year}"), year)
    snapshot = snapshots.make_snapshot(application, number=number, at=at)
    application.submission, application.number, application.submitted_at = state, number, at
    application.snapshot, application.snapshot_digest = snapshot, snapshots.digest_of(snapshot)
    application.version = 1
    session.add(
        ApplicationVersion(
            application_id=application.id,
            version=1,
            snapshot=snapshot,
            digest=application.snapshot_digest,
            submitted_at=at,
        )
    )
    application.applicant_name = snapshot["contact"]["full_name"]
    application.applicant_email = snapshot["contact"]["email"]
    session.flush()
    digest = application.snapshot_digest
    _record(session, "submit", application, posting, actor, at, number=number, digest=digest)
    notices.promise(
        session,
        template="application_received",
        subject=application.id,
        agency_id=posting.agency_id,
        account_id=application.account_id,
        name=snapshot["contact"]["full_name"],
        email=snapshot["contact"]["email"],
        address=letters.address(snapshot["contact"]),
        letter=letters.received(posting, snapshot, at),
        actor=actor,
        at=at,
        key=f"application-received:{application.id}",
    )
    return application


def withdraw_application(
    session: Session, *, application_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Application:
    """Take an application back for good; a draft is only put aside and may be taken up again."""
    application = queries.get_own_application(session, application_id, actor, lock=True)
    if application.submission is Submission.WITHDRAWN:
        return application
    is_draft = application.submission is Submission.DRAFT
    if not is_draft and not rules.may_withdraw(application.submission, application.placement):
        raise Conflict("Your name is before an agency now. Tell the agency if you do not want the post.")
    application.submission = move(application.submission, Submission.WITHDRAWN)
    application.withdrawn_at, application.withdrawal_reason = at, reason or None
    session.flush()
    _record(session, "withdraw", application, application.posting, actor, at, was_draft=is_draft)
    return application


def record_assessment(
    session: Session,
    *,
    application_ids: Sequence[str],
    to: Assessment,
    action: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Move applications to a state of the examination, and give how many were moved.

    `action` is the audit action of the act that moves them; who may do it is for that act to decide. Those
    already there stay; Conflict, and nothing is moved, when one of the others may not go there.
    """
    return _move_axis(session, "assessment", application_ids, to, action, actor, at)


def record_standing(
    session: Session,
    *,
    application_ids: Sequence[str],
    to: Standing,
    action: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Move applications to a standing on the list, as record_assessment does."""
    return _move_axis(session, "standing", application_ids, to, action, actor, at)


def record_placement(
    session: Session,
    *,
    application_ids: Sequence[str],
    to: Placement,
    action: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Move applications to what came of them on a certificate, as record_assessment does."""
    return _move_axis(session, "placement", application_ids, to, action, actor, at)


def _move_axis(
    session: Session,
    axis: str,
    application_ids: Sequence[str],
    to: Axis,
    action: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    moving = [row for row in queries.load_axes(session, application_ids) if getattr(row, axis) is not to]
    for application in moving:
        state = move(getattr(application, axis), to)
        rules.check_axes(application.screening, application.assessment, application.standing, state)
    for application in moving:
        setattr(application, axis, to)
        audit.record(
            session,
            action,
            actor=actor,
            at=at,
            subject=application.id,
            agency_id=application.posting.agency_id,
            axis=axis,
            to=to.value,
        )
    session.flush()
    return len(moving)


def _record(
    session: Session,
    verb: str,
    application: Application,
    posting: Posting,
    actor: Actor,
    at: dt.datetime,
    **details: Any,
) -> None:
    audit.record(
        session,
        f"recruitment.applications.{verb}",
        actor=actor,
        at=at,
        subject=application.id,
        agency_id=posting.agency_id,
        **details,
    )


def record_view(session: Session, *, application: Application, actor: Actor, at: dt.datetime) -> None:
    """Record that an officer read an application."""
    _record(session, "show_staff", application, application.posting, actor, at)
