"""Extending certificates: proposed, then granted or refused by a second officer."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from app.exams.certificates.queries import get_certificate
from app.exams.extensions import queries, rules
from app.exams.extensions.models import Extension
from app.exams.extensions.states import ExtensionState, move
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Invalid
from app.platform.ids import new_id


def propose_extension(
    session: Session, *, certificate_id: str, ends_on: dt.date, reason: str, actor: Actor, at: dt.datetime
) -> Extension:
    """Propose a later last day for an issued certificate, within the life of its list."""
    certificate = get_certificate(session, certificate_id, actor, lock=True)
    actor.demand("exams.extensions.propose", certificate.agency_id)
    expires_on = certificate.expires_on
    kept = rules.check_extension(
        state=certificate.state,
        expires_on=expires_on,
        list_ends_on=certificate.merit_list.expires_on,
        ends_on=ends_on,
        reason=reason,
    )
    extension = Extension(
        id=new_id("cxt"),
        certificate_id=certificate.id,
        ended_on=expires_on,
        ends_on=ends_on,
        reason=kept,
        state=ExtensionState.PROPOSED,
        proposed_by=actor.id,
        proposed_at=at,
    )
    session.add(extension)
    session.flush()
    _record(session, "propose", extension, certificate.agency_id, actor, at)
    return extension


def decide_extension(
    session: Session, *, extension_id: str, is_granted: bool, reason: str, actor: Actor, at: dt.datetime
) -> Extension:
    """Grant or refuse a proposed extension; a certificate that ended meanwhile stays ended."""
    extension = queries.get_extension(session, extension_id, actor, lock=True)
    certificate = get_certificate(session, extension.certificate_id, actor, lock=True)
    actor.demand("exams.extensions.decide", certificate.agency_id)
    state = move(extension.state, ExtensionState.GRANTED if is_granted else ExtensionState.REFUSED)
    rules.demand_second_person(actor.id, extension.proposed_by)
    if not reason.strip():
        raise Invalid(reason="Enter the reason")
    if is_granted:
        rules.check_extension(
            state=certificate.state,
            expires_on=certificate.expires_on,
            list_ends_on=certificate.merit_list.expires_on,
            ends_on=extension.ends_on,
            reason=extension.reason,
        )
        certificate.expires_on = extension.ends_on
    extension.state, extension.decided_by, extension.decided_at = state, actor.id, at
    extension.decision_reason = reason.strip()
    session.flush()
    _record(session, "decide", extension, certificate.agency_id, actor, at, outcome=state.value)
    return extension


def _record(
    session: Session,
    act: str,
    extension: Extension,
    agency_id: str,
    actor: Actor,
    at: dt.datetime,
    **details: object,
) -> None:
    audit.record(
        session,
        f"exams.extensions.{act}",
        actor=actor,
        at=at,
        subject=extension.certificate_id,
        agency_id=agency_id,
        ends_on=extension.ends_on,
        **details,
    )
