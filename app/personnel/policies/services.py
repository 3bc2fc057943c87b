"""Writing, approving and acknowledging policies, and telling people of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.queries import get_agency
from app.personnel.employees.models import Employee
from app.personnel.policies import letters, queries, rules
from app.personnel.policies.models import (
    Policy,
    PolicyAcknowledgement,
    PolicyAgency,
    PolicyTopic,
    PolicyVersion,
    PolicyVersionWriter,
)
from app.personnel.policies.states import PolicyKind, Topic, VersionState, move
from app.personnel.serving import get_own
from app.platform import audit, clock
from app.platform.actors import SYSTEM, Actor
from app.platform.errors import Conflict, Invalid
from app.platform.ids import new_id

MANAGE = "personnel.policies.edit"


@dataclass(frozen=True, slots=True)
class PolicyValues:
    """What a policy is and whom it is for."""

    number: str
    title: str
    kind: PolicyKind
    agencies: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class VersionValues:
    """What a version says, from when, and whether it is acknowledged (within how many days)."""

    text: str
    change_note: str
    effective_on: dt.date
    acknowledge_days: int | None


def create_policy(
    session: Session,
    *,
    agency_id: str,
    values: PolicyValues,
    version: VersionValues,
    actor: Actor,
    at: dt.datetime,
) -> Policy:
    """Begin a policy of an agency with the draft of its first version."""
    agency = get_agency(session, agency_id)
    actor.demand("personnel.policies.create", agency.id)
    policy = Policy(
        id=new_id("pol"),
        agency=agency,
        created_by=str(actor.id),
        created_at=at,
        readers=[],
        topics=[],
        versions=[],
    )
    _check_values(policy, values, actor)
    _apply(policy, values)
    _write(policy, version, actor, at)
    session.add(policy)
    session.flush()
    _record(session, "create", policy, actor, at, number=policy.number)
    return policy


def edit_policy(
    session: Session,
    *,
    policy_id: str,
    values: PolicyValues,
    version: VersionValues,
    actor: Actor,
    at: dt.datetime,
) -> PolicyVersion:
    """Change the draft of a policy, or begin one after the version before.

    Once a version is published, what the policy is and whom it is for changes with the approval of the draft.
    """
    policy = _managed(session, policy_id, actor)
    _check_values(policy, values, actor)
    draft = _write(policy, version, actor, at)
    if _is_published(policy):
        draft.describes = {
            "title": values.title.strip(),
            "kind": values.kind.value,
            "agencies": list(values.agencies),
            "topics": [topic.value for topic in values.topics],
        }
    else:
        _apply(policy, values)
    session.flush()
    _record(session, "edit", policy, actor, at, version=draft.version)
    return draft


def values_of(policy: Policy) -> PolicyValues:
    """Give what a policy is, as its draft wants it where there is one."""
    wanted = next((row.describes for row in policy.versions if row.published_at is None), None)
    if wanted is None:
        agencies = tuple(row.agency_id for row in policy.readers)
        topics = tuple(row.topic for row in policy.topics)
        return PolicyValues(policy.number, policy.title, policy.kind, agencies, topics)
    return PolicyValues(
        policy.number,
        wanted["title"],
        PolicyKind(wanted["kind"]),
        tuple(wanted["agencies"]),
        tuple(Topic(topic) for topic in wanted["topics"]),
    )


def submit_version(session: Session, *, policy_id: str, actor: Actor, at: dt.datetime) -> None:
    """Hand the draft to somebody else for approval."""
    policy = _managed(session, policy_id, actor)
    draft = _undecided(policy, VersionState.DRAFT)
    before = policy.versions[-2].effective_on if len(policy.versions) > 1 else None
    rules.check_effective(draft.effective_on, before, _today(policy, at))
    draft.state = move(draft.state, VersionState.SUBMITTED)
    draft.submitted_by = actor.id
    session.flush()
    _record(session, "submit", policy, actor, at, version=draft.version)


def decide_version(
    session: Session, *, policy_id: str, is_approved: bool, reason: str, actor: Actor, at: dt.datetime
) -> None:
    """Approve a version, which publishes it, or send it back with the reason; never who wrote it."""
    policy = queries.get_policy(session, policy_id, actor, lock=True)
    actor.demand("personnel.policies.decide", policy.agency_id)
    version = _undecided(policy, VersionState.SUBMITTED)
    rules.demand_second_person(actor.id, [row.written_by for row in version.writers], version.submitted_by)
    if not is_approved:
        if not reason.strip():
            raise Invalid(reason="Enter why it is sent back")
        version.state = move(version.state, VersionState.DRAFT)
    else:
        before = policy.versions[-2].effective_on if len(policy.versions) > 1 else None
        rules.check_effective(version.effective_on, before, _today(policy, at))
        _apply(policy, values_of(policy))
        version.state = move(version.state, VersionState.PUBLISHED)
        version.published_at = at
        version.decided_by = str(actor.id)
    version.decision_reason = reason.strip()
    session.flush()
    _record(session, "decide", policy, actor, at, version=version.version, approved=is_approved)


def acknowledge(session: Session, *, policy_id: str, version_id: str, actor: Actor, at: dt.datetime) -> None:
    """Say to have read the version in force; a version that was replaced is not acknowledged any more."""
    employee = get_own(session, actor.id)
    today = clock.local_date(at, employee.agency.time_zone)
    policy = queries.get_own_policy(session, policy_id, employee, today)
    current = queries.current_of(policy, today)
    if current is None or current.id != version_id:
        raise Conflict("A newer version is in force. Read it first.")
    if queries.find_acknowledgement(session, current.id, employee.id) is not None:
        raise Conflict("You have acknowledged this version already.")
    session.add(PolicyAcknowledgement(version_id=current.id, employee_id=employee.id, acknowledged_at=at))
    session.flush()
    _record(session, "acknowledge", policy, actor, at, version=current.version, employee=employee.id)


def due_for(version: PolicyVersion, employee: Employee) -> dt.date:
    """Give the day by which somebody acknowledges a published version."""
    published_on = (version.published_at or version.written_at).date()
    return rules.due_on(version.effective_on, published_on, employee.hired_on, version.acknowledge_days or 0)


def tell(session: Session, *, at: dt.datetime) -> int:
    """Tell of each version that came into force, once, and remind who did not acknowledge; count mails."""
    sent = 0
    for version in queries.list_to_tell(session, at.date()):
        today = _today(version.policy, at)
        is_new = version.told_at is None
        waiting = {}
        for person in queries.load_standings(session, version):
            if person.acknowledged_at is not None or person.email is None:
                continue
            due = rules.reminder_of((person.due_on - today).days)
            if is_new or due is not None:
                waiting[letters.key_of(version, person, due)] = (person, due)
        promised = queries.load_promised(session, list(waiting))
        for key, (person, due) in waiting.items():
            if key not in promised:
                letters.tell(session, version, person, due, at)
                sent += 1
        if is_new:
            version.told_at = at
            _record(session, "tell", version.policy, SYSTEM, at, version=version.version)
    session.flush()
    return sent


def _check_values(policy: Policy, values: PolicyValues, actor: Actor) -> None:
    allowed = actor.agencies(MANAGE)
    before = {row.agency_id for row in policy.readers}
    if not values.agencies:
        raise Invalid(agencies="Select at least one agency")
    if allowed is not None and not set(values.agencies) ^ before <= set(allowed):
        raise Invalid(agencies="Add or take out agencies of yours alone")
    if _is_published(policy) and values.number.strip() != policy.number:
        raise Invalid(number="A policy that was published keeps its number")


def _is_published(policy: Policy) -> bool:
    return any(row.state is VersionState.PUBLISHED for row in policy.versions)


def _apply(policy: Policy, values: PolicyValues) -> None:
    policy.number, policy.title, policy.kind = values.number.strip(), values.title.strip(), values.kind
    policy.readers = [
        next((row for row in policy.readers if row.agency_id == own), None) or PolicyAgency(agency_id=own)
        for own in values.agencies
    ]
    policy.topics = [
        next((row for row in policy.topics if row.topic is topic), None) or PolicyTopic(topic=topic)
        for topic in values.topics
    ]


def _write(policy: Policy, values: VersionValues, actor: Actor, at: dt.datetime) -> PolicyVersion:
    rules.check_text(values.text)
    if _is_published(policy) and not values.change_note.strip():
        raise Invalid(change_note="Enter what is new in this version")
    draft = next((row for row in policy.versions if row.state is not VersionState.PUBLISHED), None)
    if draft is not None and draft.state is VersionState.SUBMITTED:
        raise Conflict("This version waits for approval. Somebody has to decide on it first.")
    if draft is None:
        draft = PolicyVersion(
            id=new_id("plv"),
            version=len(policy.versions) + 1,
            state=VersionState.DRAFT,
            decision_reason="",
            writers=[],
        )
        policy.versions.append(draft)
    draft.text, draft.change_note = values.text.strip(), values.change_note.strip()
    draft.search_text = values.text.casefold()
    draft.effective_on, draft.acknowledge_days = values.effective_on, values.acknowledge_days
    draft.written_by, draft.written_at = str(actor.id), at
    own = next((row for row in draft.writers if row.written_by == actor.id), None)
    if own is None:
        own = PolicyVersionWriter(written_by=str(actor.id))
        draft.writers.append(own)
    own.written_at = at
    return draft


def _managed(session: Session, policy_id: str, actor: Actor) -> Policy:
    policy = queries.get_policy(session, policy_id, actor, lock=True)
    actor.demand(MANAGE, policy.agency_id)
    return policy


def _undecided(policy: Policy, state: VersionState) -> PolicyVersion:
    found = next((row for row in policy.versions if row.state is state), None)
    if found is None:
        raise Conflict("There is no version for this now.")
    return found


def _today(policy: Policy, at: dt.datetime) -> dt.date:
    return clock.local_date(at, policy.agency.time_zone)


def _record(
    session: Session, act: str, policy: Policy, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"personnel.policies.{act}",
        actor=actor,
        at=at,
        subject=policy.id,
        agency_id=policy.agency_id,
        **details,
    )
