"""What training holds about a person."""

from __future__ import annotations

from app.platform.personal_data import Fate, hold, leave_out
from app.platform.sentences import say

OURS = "Says who in the office did it."
EMPLOYED = say("Your personnel file is kept while you serve and for two years after.")

hold(
    "course_enrolments", say("Your enrolments in courses"),
    link="employee_id", to="employees.id",
    columns="id session_id employee_id agency_id state why requested_at decided_at reason waiting_since seat"
    " left_at result score has_answered",
    fate=Fate.KEPT, why=EMPLOYED,
    withheld={"requested_by": OURS, "approver_id": OURS, "decided_by": OURS},
)  # fmt: skip
hold(
    "course_completions", say("Courses that you completed"),
    link="employee_id", to="employees.id",
    columns="id employee_id course_id agency_id completed_on expires_on score source evidence recorded_at"
    " notice_id",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"recorded_by": OURS},
)  # fmt: skip
hold(
    "training_duties", say("Training that you must have"),
    link="employee_id", to="employees.id",
    columns="id requirement_id employee_id agency_id begins_on due_on completed_on ended_on",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"reminded": "Which reminder was sent last, to send it once."},
)  # fmt: skip
hold(
    "competency_assessments", say("What was found about your competencies"),
    link="employee_id", to="employees.id",
    columns="id employee_id competency_id agency_id serial is_own level evidence assessed_at",
    fate=Fate.KEPT, why=EMPLOYED, withheld={"assessed_by": OURS},
)  # fmt: skip
hold(
    "development_plans", say("Your development plans"),
    link="employee_id", to="employees.id",
    columns="id employee_id agency_id starts_on ends_on state proposed_at returned agreed_at reviewed_at"
    " review",
    fate=Fate.KEPT, why=EMPLOYED,
    withheld={"approver_id": OURS, "proposed_by": OURS, "agreed_by": OURS, "reviewed_by": OURS},
)  # fmt: skip
hold(
    "development_goals", say("Goals in those plans"),
    link="plan_id", to="development_plans.id", columns="id plan_id position goal competency_id level",
    fate=Fate.KEPT, why=EMPLOYED,
)  # fmt: skip
hold(
    "development_activities", say("What you do towards those goals"),
    link="goal_id", to="development_goals.id", columns="id goal_id activity course_id by_on done_on",
    fate=Fate.KEPT, why=EMPLOYED,
)  # fmt: skip
leave_out("What people say about a course is kept without their names.", "course_feedback")
leave_out(
    "About courses and posts, not about people.",
    "class_competencies", "competencies", "competency_levels", "course_competencies", "course_sessions",
    "courses", "training_requirements",
)  # fmt: skip
