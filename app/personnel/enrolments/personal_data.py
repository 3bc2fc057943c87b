"""What the benefits hold about a person and the family; see app/platform/personal_data.py."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
KEPT = say("Your benefits are kept while you serve and for two years after.")

hold(
    "dependants", say("Your dependants"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id name relation born_on is_disabled evidence_digest evidence_name "
    "evidence_type state "
    "claimed_at ends_on decided_at reason ended_on end_reason",
    fate=Fate.KEPT, why=KEPT, withheld={"decided_by": OURS},
    file="evidence_digest", filename="evidence_name",
)  # fmt: skip
hold(
    "life_events", say("Your life events"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id kind happened_on elects_until note evidence_digest evidence_name "
    "evidence_type state "
    "reported_at decided_at reason",
    fate=Fate.KEPT, why=KEPT, withheld={"decided_by": OURS},
    file="evidence_digest", filename="evidence_name",
)  # fmt: skip
hold(
    "benefit_elections", say("Your choices of benefits"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id kind version plan_id tier effective_from source window_id event_id "
    "made_at",
    fate=Fate.KEPT, why=KEPT, withheld={"made_by": OURS},
)  # fmt: skip
hold(
    "covered_dependants", say("Whom your plans cover"),
    link="election_id", to="benefit_elections.id", columns="election_id dependant_id",
    fate=Fate.KEPT, why=KEPT,
)  # fmt: skip
hold(
    "enrolment_corrections", say("Corrections of your benefits"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id kind plan_id tier effective_from reason state proposed_at decided_at "
    "decision_reason election_id",
    fate=Fate.KEPT, why=KEPT, withheld={"proposed_by": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "contributions", say("Your contributions"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id kind period_on position plan_id tier employee_minor employer_minor "
    "currency reason posted_at",
    fate=Fate.KEPT, why=KEPT,
)  # fmt: skip
leave_out(
    "About agencies: what they offer, what it costs, when it can be chosen, what was posted and told.",
    "benefit_regimes", "benefit_plans", "benefit_plan_versions", "benefit_rates",
    "enrolment_windows", "enrolment_reminders", "contribution_runs",
)  # fmt: skip
