"""What the start page counts, and what waits for an officer, asked of every noun in one shape."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.accounts.grants.states import GrantState
from app.accounts.models import Agency, RoleGrant
from app.exams.certificates.models import Certificate, CertificateEntry
from app.exams.certificates.states import CertificateState, Outcome
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.keys.states import KeyState
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.platform.actors import Actor
from app.platform.db import Base
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.applications.states import ClaimState, Screening, Submission
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PostingState
from app.recruitment.requisitions.models import Requisition
from app.recruitment.requisitions.states import RequisitionState


@dataclass(frozen=True, slots=True)
class Waiting:
    """A kind of work that waits: how much, since when, and where to do it."""

    text: str
    endpoint: str
    values: dict[str, str]
    count: int
    since: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of work is found; `proposer` is who may not do it, being the one who asked for it."""

    text: str
    permission: str
    endpoint: str
    table: type[Base]
    condition: ColumnElement[bool]
    agency: InstrumentedAttribute[Any]
    since: InstrumentedAttribute[Any]
    proposer: InstrumentedAttribute[Any] | None = None
    joins: tuple[tuple[Any, ColumnElement[bool]], ...] = ()
    values: dict[str, str] = field(default_factory=dict)


KINDS = (
    Kind(
        "Requisitions to decide",
        "recruitment.requisitions.decide",
        "recruitment.requisitions.list_staff",
        Requisition,
        Requisition.state == RequisitionState.SUBMITTED,
        Requisition.agency_id,
        Requisition.requested_at,
        Requisition.requested_by,
        values={"state": "submitted"},
    ),
    Kind(
        "Postings to approve",
        "recruitment.postings.approve",
        "recruitment.postings.list_staff",
        Posting,
        Posting.state == PostingState.SUBMITTED,
        Posting.agency_id,
        Posting.created_at,
        Posting.submitted_by,
        values={"state": "submitted"},
    ),
    Kind(
        "Postings to publish",
        "recruitment.postings.publish",
        "recruitment.postings.list_staff",
        Posting,
        Posting.state == PostingState.APPROVED,
        Posting.agency_id,
        Posting.created_at,
        values={"state": "approved"},
    ),
    Kind(
        "Applications to screen",
        "recruitment.screening.decide",
        "recruitment.applications.list_staff",
        Application,
        (Application.submission == Submission.SUBMITTED) & (Application.screening == Screening.PENDING),
        Posting.agency_id,
        Application.submitted_at,
        joins=((Posting, Posting.id == Application.posting_id),),
    ),
    Kind(
        "Preference claims to verify",
        "recruitment.claims.decide",
        "recruitment.claims.list_staff",
        ApplicationClaim,
        (ApplicationClaim.state == ClaimState.CLAIMED) & (Application.submission == Submission.SUBMITTED),
        Posting.agency_id,
        Application.submitted_at,
        joins=(
            (Application, Application.id == ApplicationClaim.application_id),
            (Posting, Posting.id == Application.posting_id),
        ),
    ),
    Kind(
        "Keys to decide",
        "exams.keys.decide",
        "exams.examinations.list_staff",
        KeyVersion,
        KeyVersion.state == KeyState.PROPOSED,
        Examination.agency_id,
        KeyVersion.proposed_at,
        KeyVersion.proposed_by,
        joins=((Examination, Examination.id == KeyVersion.examination_id),),
    ),
    Kind(
        "Merit lists to approve",
        "exams.merit_lists.approve",
        "exams.merit_lists.list_staff",
        MeritList,
        MeritList.state == ListState.DRAFT,
        MeritList.agency_id,
        MeritList.drafted_at,
        MeritList.drafted_by,
    ),
    Kind(
        "Merit lists to publish",
        "exams.merit_lists.publish",
        "exams.merit_lists.list_staff",
        MeritList,
        MeritList.state == ListState.APPROVED,
        MeritList.agency_id,
        MeritList.approved_at,
    ),
    Kind(
        "Certificates to issue",
        "exams.certificates.issue",
        "exams.certificates.list_staff",
        Certificate,
        Certificate.state == CertificateState.DRAFTED,
        Certificate.agency_id,
        Certificate.requested_at,
        Certificate.requested_by,
    ),
    Kind(
        "Names to select from",
        "exams.certificates.select",
        "exams.certificates.list_staff",
        CertificateEntry,
        (Certificate.state == CertificateState.ISSUED) & (CertificateEntry.outcome == Outcome.PENDING),
        Certificate.agency_id,
        Certificate.issued_at,
        joins=((Certificate, Certificate.id == CertificateEntry.certificate_id),),
    ),
    Kind(
        "Pass-overs to approve",
        "exams.certificates.decide_objection",
        "exams.certificates.list_staff",
        CertificateEntry,
        (Certificate.state == CertificateState.ISSUED) & (CertificateEntry.outcome == Outcome.OBJECTED),
        Certificate.agency_id,
        CertificateEntry.decided_at,
        CertificateEntry.decided_by,
        joins=((Certificate, Certificate.id == CertificateEntry.certificate_id),),
    ),
    Kind(
        "Roles to decide",
        "accounts.decide_role",
        "accounts.list_proposed_roles",
        RoleGrant,
        RoleGrant.state == GrantState.PROPOSED,
        RoleGrant.agency_id,
        RoleGrant.granted_at,
        RoleGrant.granted_by,
    ),
)


def list_waiting(session: Session, actor: Actor) -> list[Waiting]:
    """List what the actor may do now, the longest waiting first, without what they proposed themselves."""
    found = [_count(session, kind, actor) for kind in KINDS if actor.may(kind.permission)]
    beginning = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted((item for item in found if item.count), key=lambda item: item.since or beginning)


def load_public_figures(session: Session, *, open_postings: int) -> list[dict[str, object]]:
    """Give the figures of the start page, as its macro wants them."""
    agencies = session.scalar(select(func.count()).select_from(Agency)) or 0
    lists = select(func.count()).where(MeritList.state == ListState.PUBLISHED)
    return [
        {"label": "Open vacancies", "value": open_postings},
        {"label": "Agencies", "value": agencies},
        {"label": "Published merit lists", "value": session.scalar(lists) or 0},
    ]


def _count(session: Session, kind: Kind, actor: Actor) -> Waiting:
    allowed = actor.agencies(kind.permission)
    found = select(func.count(), func.min(kind.since)).select_from(kind.table)
    for table, condition in kind.joins:
        found = found.join(table, condition)
    found = found.where(kind.condition, true() if allowed is None else kind.agency.in_(sorted(allowed)))
    if kind.proposer is not None:
        found = found.where(kind.proposer.is_distinct_from(actor.id))
    count, since = session.execute(found).one()
    return Waiting(kind.text, kind.endpoint, kind.values, count, since)
