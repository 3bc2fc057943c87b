"""What is held about a person's leave."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
EMPLOYED = say("Your personnel file is kept while you serve and for two years after.")

hold(
    "leave_requests", say("Your requests for leave"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id kind starts_on ends_on minutes_a_day minutes advance_minutes note "
    "state replaces_id asked_at decided_at reason given_back_on ended_at end_reason",
    fate=Fate.KEPT, why=EMPLOYED,
    withheld={"approver_id": OURS, "asked_by": OURS, "decided_by": OURS, "ended_by": OURS},
)  # fmt: skip
hold(
    "leave_entries", say("Your ledgers of leave"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id kind sort minutes effective_on basis request_id adjustment_id "
    "reverses_id expires_on entered_at",
    fate=Fate.KEPT, why=EMPLOYED,
    withheld={"entered_by": OURS, "key": "Keeps an entry from being made twice."},
)  # fmt: skip
hold(
    "leave_adjustments", say("Corrections of your leave"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id kind sort minutes effective_on expires_on reason state proposed_at "
    "decided_at decision_reason",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"proposed_by": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "leave_certificates", say("Medical certificates to your leave"),
    link="employee_id", to="employees.id",
    columns="id request_id employee_id filename media_type size digest uploaded_at",
    fate=Fate.KEPT, why=EMPLOYED, file="digest", filename="filename",
)  # fmt: skip
leave_out("Repeats the days of your requests for leave.", "leave_request_days")
leave_out("About agencies: under which rule their people earn leave.", "leave_regimes")
leave_out("About pay by grade and step, not about persons.", "pay_scales", "pay_scale_versions", "pay_rates")
