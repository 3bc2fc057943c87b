"""What flexible work holds about a person."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold
from app.platform.sentences import say

OURS = "Says who in the office did it."

hold(
    "flexible_arrangements", say("Your flexible work"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id kind state rulebook pattern weekly_minutes starts_on ends_on why"
    " requested_at answers decided_at reason review_on hours_before notice_id ended_on end_reason",
    fate=Fate.KEPT, why=say("Your personnel file is kept while you serve and for two years after."),
    withheld={"requested_by": OURS, "approver_id": OURS, "decided_by": OURS},
)  # fmt: skip
