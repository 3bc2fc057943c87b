"""Reading applications: a person's own, those an officer may see, and what the examination needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from app.platform.actors import Actor
from app.platform.audit import AuditEvent
from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.applications.models import Application, ApplicationClaim, ApplicationVersion
from app.recruitment.applications.states import (
    Assessment,
    ClaimState,
    Placement,
    Screening,
    Standing,
    Submission,
)
from app.recruitment.fees.models import PostingFee
from app.recruitment.postings.models import Posting
from app.recruitment.postings.states import PUBLIC

READ = "recruitment.applications.list_staff"
READ_CERTIFIED = "recruitment.applications.show_staff"
PAGE = 50
MOST_OWN = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What a posting's list of applications is narrowed to; empty values narrow nothing."""

    screening: Screening | None = None
    is_withdrawn: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a posting's applications, and the place that the next one begins after ("" at the end)."""

    rows: list[Application]
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class EligibleApplicant:
    """An applicant who may be examined; `claims` are the kinds that an officer has verified."""

    application_id: str
    number: str
    account_id: str
    name: str
    email: str
    submitted_at: dt.datetime
    claims: tuple[str, ...]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on applications, joined to their postings, that the office may show to `actor`.

    Only what was received is shown. Who may read the lists of an agency reads all of them there; who may
    only open single applications sees people whose names were certified.
    """
    received = Application.number.is_not(None)
    certified = Application.placement != Placement.NONE
    return received & or_(_in_agencies(actor, READ), _in_agencies(actor, READ_CERTIFIED) & certified)


def _in_agencies(actor: Actor, permission: str) -> ColumnElement[bool]:
    agencies = actor.agencies(permission)
    if agencies is None:
        return true()
    return Posting.agency_id.in_(agencies) if agencies else false()


def _whole() -> Select[Application]:
    """Select an application with everything that its pages show."""
    return select(Application).options(
        joinedload(Application.posting).options(
            joinedload(Posting.agency),
            joinedload(Posting.fee).selectinload(PostingFee.grounds),
            selectinload(Posting.criteria),
            selectinload(Posting.questions),
        ),
        joinedload(Application.fee),
        selectinload(Application.sections),
        selectinload(Application.documents),
        selectinload(Application.claims).options(
            joinedload(ApplicationClaim.document), selectinload(ApplicationClaim.decisions)
        ),
    )


def _one(session: Session, query: Select[Application], *, lock: bool) -> Application:
    if lock:
        query = query.with_for_update(of=Application).execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is None:
        raise NotFound(say("There is no such application."))
    return found


def get_own_application(
    session: Session, application_id: str, actor: Actor, *, lock: bool = False
) -> Application:
    """Give the actor's own application with all that belongs to it; anyone else's is NotFound."""
    query = _whole().where(Application.id == application_id, Application.account_id == actor.id)
    return _one(session, query, lock=lock)


def get_application(
    session: Session, application_id: str, actor: Actor, *, lock: bool = False
) -> Application:
    """Give a received application that an officer may see, or raise NotFound."""
    query = _whole().join(Application.posting).where(Application.id == application_id, visible_to(actor))
    return _one(session, query, lock=lock)


def find_own_for_posting(
    session: Session, posting_id: str, actor: Actor, *, lock: bool = False
) -> Application | None:
    """Find the actor's application to a posting, or None; never the working copy of one."""
    query = (
        select(Application)
        .where(
            Application.posting_id == posting_id,
            Application.account_id == actor.id,
            Application.changes_id.is_(None),
        )
        .options(joinedload(Application.posting).joinedload(Posting.agency))
    )
    return session.scalar(query.with_for_update(of=Application) if lock else query)


def get_advertised(session: Session, posting_id: str) -> Posting:
    """Give a posting that the public may read, with agency and criteria, or raise NotFound."""
    query = (
        select(Posting)
        .where(Posting.id == posting_id, Posting.state.in_(PUBLIC))
        .options(
            joinedload(Posting.agency),
            joinedload(Posting.fee).selectinload(PostingFee.grounds),
            selectinload(Posting.criteria),
            selectinload(Posting.questions),
        )
    )
    posting = session.scalar(query)
    if posting is None:
        raise NotFound(say("There is no such vacancy."))
    return posting


def find_change(session: Session, application_id: str) -> Application | None:
    """Find the working copy in which an application is being changed, or None."""
    return session.scalar(select(Application).where(Application.changes_id == application_id))


def list_claims(session: Session, application_id: str) -> list[ApplicationClaim]:
    """List an application's claims with what was decided on each, by kind."""
    query = select(ApplicationClaim).where(ApplicationClaim.application_id == application_id)
    query = query.options(selectinload(ApplicationClaim.decisions)).order_by(ApplicationClaim.kind)
    return list(session.scalars(query))


def lock_own(session: Session, application_id: str, actor: Actor) -> Application:
    """Give the actor's own application, locked, with its posting and agency and nothing else."""
    query = (
        select(Application)
        .where(Application.id == application_id, Application.account_id == actor.id)
        .options(joinedload(Application.posting).joinedload(Posting.agency))
    )
    return _one(session, query, lock=True)


def list_versions(session: Session, application_id: str) -> list[ApplicationVersion]:
    """List what was received of an application, each version whole, oldest first."""
    query = select(ApplicationVersion).where(ApplicationVersion.application_id == application_id)
    return list(session.scalars(query.order_by(ApplicationVersion.version)))


def list_own(session: Session, actor: Actor) -> list[Application]:
    """List the actor's own applications, newest first, at most a hundred, with posting and agency."""
    query = (
        select(Application)
        .where(Application.account_id == actor.id, Application.changes_id.is_(None))
        .options(joinedload(Application.posting).joinedload(Posting.agency))
        .order_by(Application.started_at.desc(), Application.id.desc())
        .limit(MOST_OWN)
    )
    return list(session.scalars(query))


def list_for_posting(
    session: Session, posting_id: str, actor: Actor, filters: Filters, *, after: str = "", size: int = PAGE
) -> Page:
    """List a page of a posting's received applications in the order in which they came in."""
    query = (
        select(Application)
        .join(Application.posting)
        .where(Application.posting_id == posting_id, visible_to(actor), *_conditions(filters))
        .order_by(Application.submitted_at, Application.id)
        .limit(size + 1)
    )
    if after:
        query = query.where(_comes_after(session, after))
    rows = list(session.scalars(query))
    return Page(rows[:size], rows[size - 1].id if len(rows) > size else "")


def _comes_after(session: Session, application_id: str) -> ColumnElement[bool]:
    moment = session.scalar(select(Application.submitted_at).where(Application.id == application_id))
    if moment is None:
        raise NotFound(say("This page of the list is not there any more. Begin again at the first one."))
    is_same = (Application.submitted_at == moment) & (Application.id > application_id)
    return (Application.submitted_at > moment) | is_same


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.is_withdrawn:
        conditions.append(Application.submission == Submission.WITHDRAWN)
    if filters.screening is not None:
        conditions += [
            Application.screening == filters.screening,
            Application.submission == Submission.SUBMITTED,
        ]
    if filters.text:
        text = filters.text.lower()
        name, number = func.lower(Application.applicant_name), func.lower(Application.number)
        conditions.append(or_(name.contains(text, autoescape=True), number.contains(text, autoescape=True)))
    return conditions


def count_by_outcome(session: Session, posting_ids: Collection[str]) -> dict[str, dict[str, int]]:
    """Count each posting's received applications: pending, eligible, ineligible, and withdrawn apart."""
    query = (
        select(Application.posting_id, Application.submission, Application.screening, func.count())
        .where(Application.posting_id.in_(posting_ids), Application.number.is_not(None))
        .group_by(Application.posting_id, Application.submission, Application.screening)
    )
    counts = {
        posting_id: dict.fromkeys(("pending", "eligible", "ineligible", "withdrawn"), 0)
        for posting_id in posting_ids
    }
    for posting_id, submission, screening, count in session.execute(query):
        group = "withdrawn" if submission is Submission.WITHDRAWN else screening.value
        counts[posting_id][group] += count
    return counts


def get_posting(session: Session, posting_id: str, actor: Actor) -> Posting:
    """Give a posting whose applications the actor may list, or raise NotFound."""
    query = (
        select(Posting)
        .where(Posting.id == posting_id, _in_agencies(actor, READ))
        .options(joinedload(Posting.agency), selectinload(Posting.criteria))
    )
    posting = session.scalar(query)
    if posting is None:
        raise NotFound(say("There is no such vacancy."))
    return posting


def list_postings(
    session: Session, actor: Actor, *, before: str = "", size: int = PAGE
) -> tuple[list[Posting], str]:
    """List postings that were ever open, newest first, and the id to give as `before` for the next page."""
    query = (
        select(Posting)
        .where(_in_agencies(actor, READ), Posting.state.in_(PUBLIC))
        .options(joinedload(Posting.agency))
        .order_by(Posting.id.desc())
        .limit(size + 1)
    )
    if before:
        query = query.where(Posting.id < before)
    rows = list(session.scalars(query))
    return rows[:size], rows[size - 1].id if len(rows) > size else ""


def list_events(session: Session, application_id: str) -> list[AuditEvent]:
    """List what happened to an application, oldest first."""
    query = select(AuditEvent).where(AuditEvent.subject == application_id).order_by(AuditEvent.index)
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Axes:
    """How far an application is on each axis, and whose it is."""

    id: str
    screening: Screening
    assessment: Assessment
    standing: Standing
    placement: Placement
    agency_id: str


def load_axes(session: Session, application_ids: Sequence[str]) -> list[Axes]:
    """Load applications to move on an axis, locked in order of id; NotFound when one of them is missing."""
    query = (
        select(
            Application.id,
            Application.screening,
            Application.assessment,
            Application.standing,
            Application.placement,
            Posting.agency_id,
        )
        .join(Posting, Posting.id == Application.posting_id)
        .where(Application.id.in_(application_ids))
        .order_by(Application.id)
        .with_for_update(of=Application)
    )
    rows = [Axes(*row) for row in session.execute(query)]
    if len(rows) != len(set(application_ids)):
        raise NotFound("One of the applications does not exist.")
    return rows


def load_eligible(session: Session, posting_id: str) -> list[EligibleApplicant]:
    """Load who may be examined for a posting, in order of application number, with verified claims."""
    eligible = (
        Application.posting_id == posting_id,
        Application.submission == Submission.SUBMITTED,
        Application.screening == Screening.ELIGIBLE,
    )
    claims: dict[str, list[str]] = {}
    verified = (
        select(ApplicationClaim.application_id, ApplicationClaim.kind)
        .join(Application, Application.id == ApplicationClaim.application_id)
        .where(*eligible, ApplicationClaim.state == ClaimState.VERIFIED)
        .order_by(ApplicationClaim.kind)
    )
    for application_id, kind in session.execute(verified):
        claims.setdefault(application_id, []).append(kind)
    rows = session.execute(
        select(
            Application.id,
            Application.number,
            Application.account_id,
            Application.applicant_name,
            Application.applicant_email,
            Application.submitted_at,
        )
        .where(*eligible)
        .order_by(Application.number, Application.id)
    )
    # what was received has a name, an address and a moment: a CHECK holds it
    return [EligibleApplicant(*cast(tuple[Any, ...], row), tuple(claims.get(row.id, ()))) for row in rows]  # type: ignore[call-arg]
