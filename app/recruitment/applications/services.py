"""Changing applications: begun, saved step by step, submitted once, withdrawn, moved on by others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.notices import services as notices
from app.notices.numbers import application_number
from app.platform import audit, clock, sequences
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.sentences import say
from app.recruitment.applications import letters, queries, rules, snapshots, standing
from app.recruitment.applications.models import Application, ApplicationVersion
from app.recruitment.applications.states import Assessment, Placement, Standing, Submission, move
from app.recruitment.changes import services as changes
from app.recruitment.deadlines.rules import judge
from app.recruitment.postings.models import Posting
from app.recruitment.receipts.checking import begin_keys

Axis = Assessment | Standing | Placement


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is about to be received: checked and written down before the transaction that receives it.

    `application_id` is the application whose number it will bear; `copy_id` the working copy it was written
    in, where a received one is changed.
    """

    application_id: str
    copy_id: str | None
    version: int
    content: dict[str, Any]
    form_opened_at: dt.datetime | None


def prepare_submission(
    session: Session,
    *,
    application_id: str,
    actor: Actor,
    at: dt.datetime,
    form_opened_at: dt.datetime | None = None,
) -> Prepared | None:
    """Check a draft or a working copy and write it down; None when it was received already.

    A late one raises Conflict with both clocks, an incomplete one Invalid.
    """
    draft = queries.get_own_application(session, application_id, actor)
    if draft.submission is Submission.SUBMITTED:
        return None
    if draft.submission is Submission.WITHDRAWN:
        raise Conflict(say("This application was withdrawn. Take it up again first."))
    _demand_in_time(draft.posting, at, form_opened_at)
    if missing := standing.missing_sections(draft):
        raise Invalid(" ".join([say("Your application is not complete."), *missing.values()]))
    original = queries.get_own_application(session, draft.changes_id, actor) if draft.changes_id else draft
    if draft.changes_id and not rules.may_change(original.submission, original.number, original.screening):
        raise Conflict(say("An officer has decided on this application, so it can no longer be changed."))
    content = snapshots.write_down(draft)
    copy_id = draft.id if draft.changes_id else None
    return Prepared(original.id, copy_id, (original.version or 0) + 1, content, form_opened_at)


def submit_application(
    session: Session,
    *,
    application_id: str,
    actor: Actor,
    at: dt.datetime,
    prepared: Prepared | None = None,
) -> Application:
    """Receive an application, once: freeze it, number it, promise the letter; a repeat changes nothing.

    What is `prepared` beforehand keeps the transaction short: what may have changed since, the deadline and
    the state, is looked at again under the lock, and refused as prepare_submission refuses it.
    """
    prepared = prepared or prepare_submission(session, application_id=application_id, actor=actor, at=at)
    if prepared is None:
        return queries.get_own_application(session, application_id, actor)
    application = queries.lock_own(session, prepared.application_id, actor)
    if (application.version or 0) >= prepared.version:
        return application
    posting = application.posting
    _demand_in_time(posting, at, prepared.form_opened_at)
    if prepared.copy_id is None:
        state = move(application.submission, Submission.SUBMITTED)
    elif rules.may_change(application.submission, application.number, application.screening):
        state = Submission.SUBMITTED
    else:
        raise Conflict(say("An officer has decided on this application, so it can no longer be changed."))
    begin_keys(session)
    number = application.number or _next_number(session, posting, at)
    snapshot = snapshots.finish(prepared.content, number=number, version=prepared.version, at=at)
    if prepared.copy_id is not None:
        changes.take_over(session, copy_id=prepared.copy_id, original=application, actor=actor, at=at)
        application = queries.lock_own(session, prepared.application_id, actor)
    application.submission, application.withdrawn_at, application.withdrawal_reason = state, None, None
    _put_version(session, application, snapshot, at)
    details = {} if prepared.version == 1 else {"version": prepared.version}
    digest = application.snapshot_digest
    _record(session, "submit", application, posting, actor, at, number=number, digest=digest, **details)
    _promise_letter(session, application, snapshot, actor, at)
    return application


def _demand_in_time(posting: Posting, at: dt.datetime, form_opened_at: dt.datetime | None) -> None:
    if not judge(standing.window_of(posting), at, form_opened_at).is_taken:
        raise Conflict(letters.lateness(posting, at))


def _next_number(session: Session, posting: Posting, at: dt.datetime) -> str:
    year = clock.local_date(at, posting.time_zone).year
    return application_number(sequences.next_number(session, f"application:{year}"), year)


def _put_version(
    session: Session, application: Application, snapshot: dict[str, Any], at: dt.datetime
) -> None:
    application.number, application.version = snapshot["number"], snapshot["version"]
    application.submitted_at = at
    application.snapshot, application.snapshot_digest = snapshot, snapshots.digest_of(snapshot)
    application.applicant_name = snapshot["contact"]["full_name"]
    application.applicant_email = snapshot["contact"]["email"]
    session.add(
        ApplicationVersion(
            application_id=application.id,
            version=snapshot["version"],
            snapshot=snapshot,
            digest=application.snapshot_digest,
            submitted_at=at,
        )
    )
    session.flush()


def _promise_letter(
    session: Session, application: Application, snapshot: dict[str, Any], actor: Actor, at: dt.datetime
) -> None:
    version = snapshot["version"]
    notices.promise(
        session,
        template="application_received",
        subject=application.id,
        agency_id=application.posting.agency_id,
        account_id=application.account_id,
        name=snapshot["contact"]["full_name"],
        email=snapshot["contact"]["email"],
        address=letters.address(snapshot["contact"]),
        letter=letters.received(application.posting, snapshot, at),
        actor=actor,
        at=at,
        key=f"application-received:{application.id}" + (f":{version}" if version > 1 else ""),
    )


def withdraw_application(
    session: Session, *, application_id: str, reason: str, actor: Actor, at: dt.datetime
) -> Application:
    """Take an application back; until the closing it may be taken up again, a draft too."""
    application = queries.get_own_application(session, application_id, actor, lock=True)
    if application.changes_id is not None:
        raise Conflict(say("These are changes that were not submitted. Give them up, or submit them."))
    if application.submission is Submission.WITHDRAWN:
        return application
    is_draft = application.submission is Submission.DRAFT
    if not is_draft and not rules.may_withdraw(application.submission, application.placement):
        raise Conflict(say("Your name is before an agency now. Tell the agency if you do not want the post."))
    if copy := queries.find_change(session, application_id):
        changes.drop(session, copy.id)
        application = queries.get_own_application(session, application_id, actor, lock=True)
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


def record_result(
    session: Session,
    *,
    application_ids: Sequence[str],
    to: Standing,
    action: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Move applications to scored and to a standing at once, with one line of the trail for both."""
    targets: dict[str, Axis] = {"assessment": Assessment.SCORED, "standing": to}
    return _move_axes(session, targets, application_ids, action, actor, at)


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
    return _move_axes(session, {axis: to}, application_ids, action, actor, at)


def _move_axes(
    session: Session,
    targets: Mapping[str, Axis],
    application_ids: Sequence[str],
    action: str,
    actor: Actor,
    at: dt.datetime,
) -> int:
    """Move applications on axes one after the other; the last one is what the trail names."""
    rows = queries.load_axes(session, application_ids)
    moving = [row for row in rows if any(getattr(row, axis) is not to for axis, to in targets.items())]
    for row in moving:
        _check_moves(row, targets)
    ids = [row.id for row in moving]
    session.execute(update(Application).where(Application.id.in_(ids)).values(dict(targets)))
    axis, last = list(targets.items())[-1]
    for row in moving:
        audit.record(
            session,
            action,
            actor=actor,
            at=at,
            subject=row.id,
            agency_id=row.agency_id,
            axis=axis,
            to=last.value,
        )
    return len(moving)


def _check_moves(row: queries.Axes, targets: Mapping[str, Axis]) -> None:
    """Raise Conflict when an application may not go where it is to go, step by step."""
    now = row
    for axis, to in targets.items():
        if getattr(now, axis) is not to:
            state = move(getattr(now, axis), to)
            rules.check_axes(now.screening, now.assessment, now.standing, state)
            now = replace(now, **{axis: state})


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
