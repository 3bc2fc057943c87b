"""Asking for names from several lists in the law's order, and issuing or giving up what serves them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams.certificates import services as certificates
from app.exams.certificates.queries import get_requisition_to_fill, vacant_positions
from app.exams.certificates.states import CertificateState
from app.exams.joint_certificates import queries, rules
from app.exams.joint_certificates.models import JointPart, JointRequest
from app.exams.merit_lists.queries import get_list
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id


def ask_jointly(
    session: Session,
    *,
    merit_list_id: str,
    requisition_id: str,
    vacancies: int,
    actor: Actor,
    at: dt.datetime,
) -> JointRequest:
    """Ask for names from every list in force for a list's class: a certificate is drafted from each in turn.

    Conflict where no order is laid down for their rulebooks, or where one list alone serves every vacancy.
    """
    merit_list = get_list(session, merit_list_id, actor, lock=True)
    actor.demand("exams.joint_certificates.ask", merit_list.agency_id)
    requisition = get_requisition_to_fill(session, requisition_id)
    if requisition is None or requisition.agency_id != merit_list.agency_id:
        raise Invalid(requisition_id="Select a requisition from the list.")
    vacant = len(vacant_positions(requisition))
    if not 1 <= vacancies <= vacant:
        raise Invalid(vacancies=f"The requisition has {vacant} vacant positions. Enter no more than that.")
    class_code = merit_list.examination.posting.class_code
    sources = queries.load_sources(session, merit_list.agency_id, class_code, at)
    order = rules.find_order([source.rulebook for source in sources])
    shares = rules.divide(order, sources, vacancies)
    rules.check_shares(shares)
    joint = JointRequest(
        id=new_id("jrq"),
        requisition_id=requisition_id,
        agency_id=merit_list.agency_id,
        order=order.name,
        vacancies=vacancies,
        asked_by=actor.id,
        asked_at=at,
    )
    session.add(joint)
    session.flush()
    drafted = _draft(session, joint, shares, actor, at)
    _record(session, "ask", joint, actor, at, certificates=drafted, order=order.name, vacancies=vacancies)
    return joint


def _draft(
    session: Session, joint: JointRequest, shares: Sequence[rules.Share], actor: Actor, at: dt.datetime
) -> list[str]:
    """Draft a certificate for each list that serves, and give their ids in order."""
    drafted: list[str] = []
    for place, share in enumerate(shares, start=1):
        certificate = certificates.request_certificate(
            session,
            merit_list_id=share.list_id,
            requisition_id=joint.requisition_id,
            vacancies=share.vacancies,
            beside=drafted,
            actor=actor,
            at=at,
        )
        drafted.append(certificate.id)
        session.add(
            JointPart(
                certificate_id=certificate.id,
                joint_id=joint.id,
                place=place,
                available=share.available,
                elsewhere=list(share.elsewhere),
            )
        )
    session.flush()
    return drafted


def issue_jointly(session: Session, *, joint_id: str, actor: Actor, at: dt.datetime) -> JointRequest:
    """Issue every certificate of a request, by an HR officer other than who asked: all of them or none."""
    joint = queries.get_joint(session, joint_id, actor)
    actor.demand("exams.joint_certificates.issue", joint.agency_id)
    for own in _drafted(joint):
        certificates.issue_certificate(session, certificate_id=own, actor=actor, at=at)
    _record(session, "issue", joint, actor, at)
    return joint


def discard_jointly(session: Session, *, joint_id: str, actor: Actor, at: dt.datetime) -> JointRequest:
    """Give up every certificate of a request that was not issued."""
    joint = queries.get_joint(session, joint_id, actor)
    actor.demand("exams.joint_certificates.discard", joint.agency_id)
    for own in _drafted(joint):
        certificates.discard_certificate(session, certificate_id=own, actor=actor, at=at)
    _record(session, "discard", joint, actor, at)
    return joint


def _drafted(joint: JointRequest) -> list[str]:
    """List the certificates that wait, in the order of their lists; Conflict where none does."""
    found = [
        part.certificate_id for part in joint.parts if part.certificate.state is CertificateState.DRAFTED
    ]
    if not found:
        raise Conflict("No certificate of this request waits to be issued.")
    return found


def _record(
    session: Session, act: str, joint: JointRequest, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.joint_certificates.{act}",
        actor=actor,
        at=at,
        subject=joint.id,
        agency_id=joint.agency_id,
        **details,
    )
