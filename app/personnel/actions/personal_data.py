"""What the history of service holds about a person; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold
from app.platform.sentences import say

OURS = "Says who in the office did it."
EMPLOYED = say("Your personnel file is kept while you serve and for two years after.")

hold(
    "personnel_actions", say("Personnel actions about you"),
    link="employee_id", to="employees.id", only="state <> 'proposed'",
    columns="id employee_id agency_id kind state effective_on ends_on effect authority_code authority reason "
    "late_reason source corrects_id proposed_at decided_at outcome_reason effected_at notice_id",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"proposed_by": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "service_records", say("Your service, day by day"),
    link="employee_id", to="employees.id",
    columns="id employee_id action_id valid_from valid_to recorded_at superseded_at position_id agency_id "
    "grade step pay_minor pay_currency pay_period weekly_minutes duty_station standing",
    fate=Fate.KEPT, why=EMPLOYED,
)  # fmt: skip
