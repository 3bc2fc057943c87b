"""What performance, ratings, improvement plans, increases and awards hold about a person."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
KEPT = say("Your performance file is kept for four years, and awards as long as your personnel file.")
PLANS = say("Your performance plans")
RATINGS = say("Your performance ratings")
IMPROVEMENT = say("Your improvement plans")

hold(
    "performance_plans", PLANS,
    link="employee_id", to="employees.id",
    columns="id cycle_id employee_id agency_id person position_title unit state issued_at acknowledged_at "
    "void_reason",
    fate=Fate.KEPT, why=KEPT, withheld={"supervisor_id": OURS, "issued_by": OURS},
)  # fmt: skip
hold(
    "plan_elements", PLANS,
    link="plan_id", to="performance_plans.id",
    columns="id plan_id position title standard is_critical weight", fate=Fate.KEPT, why=KEPT,
)  # fmt: skip
hold(
    "progress_reviews", PLANS,
    link="plan_id", to="performance_plans.id", columns="id plan_id held_on narrative written_at",
    fate=Fate.KEPT, why=KEPT, withheld={"written_by": OURS},
)  # fmt: skip
hold(
    "self_assessments", PLANS,
    link="plan_id", to="performance_plans.id", columns="plan_id narrative written_at",
    fate=Fate.KEPT, why=KEPT,
)  # fmt: skip
hold(
    "performance_ratings", RATINGS,
    link="employee_id", to="employees.id", only="state IN ('approved', 'acknowledged')",
    columns="id plan_id employee_id agency_id summary_level points because narrative state rated_at "
    "reviewed_at return_reason comment acknowledged_at notice_id",
    fate=Fate.KEPT, why=KEPT, withheld={"rated_by": OURS, "reviewed_by": OURS},
)  # fmt: skip
hold(
    "element_ratings", RATINGS,
    link="rating_id", to="performance_ratings.id", columns="rating_id element_id level narrative",
    fate=Fate.KEPT, why=KEPT,
)  # fmt: skip
hold(
    "improvement_plans", IMPROVEMENT,
    link="employee_id", to="employees.id",
    columns="id number plan_id employee_id agency_id instances requirement assistance delivered_on ends_on "
    "state opened_at outcome findings assessed_at concluded_at cancel_reason notice_id",
    fate=Fate.KEPT, why=KEPT,
    withheld={"opened_by": OURS, "assessed_by": OURS, "concluded_by": OURS},
)  # fmt: skip
hold(
    "improvement_elements", IMPROVEMENT,
    link="improvement_id", to="improvement_plans.id", columns="improvement_id element_id",
    fate=Fate.KEPT, why=KEPT,
)  # fmt: skip
hold(
    "improvement_check_ins", IMPROVEMENT,
    link="improvement_id", to="improvement_plans.id",
    columns="id improvement_id held_on progress help_given written_at",
    fate=Fate.KEPT, why=KEPT, withheld={"written_by": OURS},
)  # fmt: skip
hold(
    "step_increases", say("Your increases within the grade"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id grade from_step to_step waiting_from due_on regime state found_at "
    "is_acceptable grounds determined_at decided_at effective_on reply_until request requested_at "
    "reconsidered_at answer",
    fate=Fate.KEPT, why=KEPT,
    withheld={"determined_by": OURS, "decided_by": OURS, "reconsidered_by": OURS},
)  # fmt: skip
hold(
    "awards", say("Your awards"),
    link="employee_id", to="employees.id",
    columns="id number employee_id agency_id kind amount_minor currency hours grade to_step effective_on "
    "reason regime state nominated_at decided_at decision_reason",
    fate=Fate.KEPT, why=KEPT, withheld={"nominated_by": OURS, "decided_by": OURS},
)  # fmt: skip
leave_out(
    "About agencies: their rules of performance, and the periods in which they rate.",
    "performance_regimes",
    "performance_cycles",
)
