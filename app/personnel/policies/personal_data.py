"""What policies hold about people: who acknowledged which version."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

WHY = say("Who acknowledged a policy is kept for as long as the policy.")

hold(
    "policy_acknowledgements", say("Policies that you acknowledged"),
    link="employee_id", to="employees.id", columns="version_id employee_id acknowledged_at",
    fate=Fate.KEPT, why=WHY,
)  # fmt: skip
leave_out(
    "Texts of the office for everybody; nobody is named in them but who wrote and approved.",
    "policies", "policy_agencies", "policy_topics", "policy_versions", "policy_version_writers",
)  # fmt: skip
