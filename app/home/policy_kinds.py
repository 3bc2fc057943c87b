"""The kind of work that policies make: a version that waits for approval."""

from __future__ import annotations

from app.home.waiting import Kind, One, add
from app.personnel.policies.models import Policy, PolicyVersion
from app.personnel.policies.states import VersionState

POLICIES = (
    Kind(
        "Policies to approve",
        "personnel.policies.decide",
        "personnel.policies.list_staff",
        PolicyVersion,
        PolicyVersion.state == VersionState.SUBMITTED,
        Policy.agency_id,
        PolicyVersion.written_at,
        PolicyVersion.written_by,
        joins=((Policy, Policy.id == PolicyVersion.policy_id),),
        one=One("personnel.policies.decide", "policy_id", Policy.id, Policy.title),
        days=7,
        visible=lambda actor: (
            PolicyVersion.submitted_by.is_distinct_from(actor.id)
            & ~PolicyVersion.writers.any(written_by=actor.id)
        ),
    ),
)
add(POLICIES)
