"""How what belongs to applicants goes when two accounts are joined, and what tells who they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.accounts.holdings import Key, moves, refuse_while, stays, tell_changes, tell_facts
from app.accounts.merges.rules import Facts
from app.platform import audit
from app.platform.actors import Actor
from app.platform.errors import Conflict
from app.recruitment.applications.models import Application, ApplicationSection
from app.recruitment.applications.rules import may_withdraw
from app.recruitment.applications.states import Submission
from app.recruitment.profiles.models import Profile, ProfileSection

ADDRESS = ("address_line_1", "address_line_2", "town", "region", "postcode", "country")
REASON = "Another application of the same person to this vacancy goes on."


def _application(session: Session, key: Key) -> str:
    application = _get(session, key)
    number = application.number or "not submitted"
    return f"{application.posting.title}, {number} ({application.submission.value})"


def _set_aside(session: Session, key: Key, actor: Actor, at: dt.datetime) -> dict[str, Any]:
    """Withdraw the application that does not go on, unless it is withdrawn already."""
    application = _get(session, key)
    before = application.submission
    if before is Submission.WITHDRAWN:
        return {"submission": before.value}
    if before is Submission.SUBMITTED and not may_withdraw(before, application.placement):
        raise Conflict(f"{application.number} is before an agency. Choose it as the one that goes on.")
    application.submission, application.withdrawn_at = Submission.WITHDRAWN, at
    application.withdrawal_reason = REASON
    session.flush()
    _record(session, "set_aside", application, actor, at)
    return {"submission": before.value}


def _take_back(session: Session, key: Key, given: dict[str, Any], actor: Actor, at: dt.datetime) -> None:
    """Make an application again what it was before it was set aside."""
    application, before = _get(session, key), Submission(given["submission"])
    if before is Submission.WITHDRAWN:
        return
    application.submission, application.withdrawn_at, application.withdrawal_reason = before, None, None
    session.flush()
    _record(session, "take_up", application, actor, at)


def _prepare_profile(session: Session, account_id: str, at: dt.datetime) -> None:
    if session.get(Profile, account_id) is None:
        session.add(Profile(account_id=account_id, started_at=at, saved_at=at))
        session.flush()


@refuse_while
def _changes_are_open(session: Session, account_ids: Sequence[str]) -> str:
    copies = select(Application.id).where(
        Application.account_id.in_(account_ids), Application.changes_id.is_not(None)
    )
    if session.scalar(copies.limit(1)) is None:
        return ""
    return "The person is just changing an application that was received. Wait until it is sent or given up."


@tell_facts
def _contacts(session: Session, account_ids: Sequence[str] | None) -> Iterator[tuple[str, Facts]]:
    """Tell what stands in profiles and applications: birth date, telephone, postal address."""
    kept = select(ProfileSection.account_id, ProfileSection.data).where(
        ProfileSection.section.in_(("person", "contact"))
    )
    sent = (
        select(Application.account_id, ApplicationSection.data)
        .join(Application, Application.id == ApplicationSection.application_id)
        .where(ApplicationSection.section == "contact")
        .order_by(ApplicationSection.saved_at.desc())
    )
    if account_ids is not None:
        kept = kept.where(ProfileSection.account_id.in_(account_ids))
        sent = sent.where(Application.account_id.in_(account_ids))
    for found in (kept, sent):
        for account_id, data in session.execute(found.execution_options(yield_per=1000)):
            yield account_id, _facts(data)


@tell_changes
def _contacts_changed(session: Session, since: dt.datetime) -> Iterator[str]:
    """Tell who saved something of that since."""
    yield from session.scalars(
        select(ProfileSection.account_id).where(
            ProfileSection.section.in_(("person", "contact")), ProfileSection.saved_at >= since
        )
    )
    yield from session.scalars(
        select(Application.account_id)
        .join(ApplicationSection, ApplicationSection.application_id == Application.id)
        .where(ApplicationSection.section == "contact", ApplicationSection.saved_at >= since)
    )


def _facts(data: dict[str, Any]) -> Facts:
    born, telephone = data.get("born_on"), data.get("telephone")
    return Facts(
        name=str(data.get("full_name") or ""),
        birth_on=dt.date.fromisoformat(born) if isinstance(born, str) and born else None,
        telephones=frozenset([str(telephone)] if telephone else []),
        address=" ".join(str(data[part]) for part in ADDRESS if data.get(part)),
    )


def _get(session: Session, key: Key) -> Application:
    return session.scalars(
        select(Application).where(Application.id == key["id"]).options(joinedload(Application.posting))
    ).one()


def _record(session: Session, verb: str, application: Application, actor: Actor, at: dt.datetime) -> None:
    audit.record(
        session,
        f"recruitment.applications.{verb}",
        actor=actor,
        at=at,
        subject=application.id,
        agency_id=application.posting.agency_id,
    )


moves(
    "applications.account_id",
    "Applications",
    once_by=("posting_id",),
    describe=_application,
    set_aside=_set_aside,
    take_back=_take_back,
)
moves("papers.account_id", "Papers")
moves("person_claims.account_id", "Claims to preference", once_by=("kind",), asks=False)
moves(
    "profile_sections.account_id",
    "Sections of the profile",
    once_by=("section",),
    asks=False,
    prepare=_prepare_profile,
)
moves("saved_searches.account_id", "Saved searches")
stays("messages.author_id", "It says who wrote a message; the message stands with its application.")
stays("profiles.account_id", "Its sections move; what is left is empty.")
