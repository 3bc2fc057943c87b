"""The catalogue of training, sessions, enrolments, certificates, development plans, competencies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "competencies",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_competencies_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competencies")),
        sa.UniqueConstraint("agency_id", "name", name="uq_competencies_name"),
    )
    op.create_table(
        "courses",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_courses_minutes")),
        sa.CheckConstraint("pass_mark BETWEEN 1 AND 100", name=op.f("ck_courses_pass_mark")),
        sa.CheckConstraint("valid_months > 0", name=op.f("ck_courses_valid_months")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_courses_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("agency_id", "code", name="uq_courses_code"),
    )
    op.create_index("ix_courses_title", "courses", ["title", "id"], unique=False)
    op.create_table(
        "class_competencies",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("class_code", sa.String(length=20), nullable=False),
        sa.Column("competency_id", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_class_competencies_level")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_class_competencies_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competencies.id"],
            name=op.f("fk_class_competencies_competency_id_competencies"),
        ),
        sa.PrimaryKeyConstraint(
            "agency_id", "class_code", "competency_id", name=op.f("pk_class_competencies")
        ),
    )
    op.create_table(
        "competency_assessments",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("competency_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("assessed_by", sa.String(length=40), nullable=False),
        sa.Column("assessed_at", Moment(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_competency_assessments_level")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_competency_assessments_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by"], ["accounts.id"], name=op.f("fk_competency_assessments_assessed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competencies.id"],
            name=op.f("fk_competency_assessments_competency_id_competencies"),
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_competency_assessments_employee_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competency_assessments")),
        sa.UniqueConstraint(
            "employee_id", "competency_id", "is_own", "serial", name="uq_competency_assessments_serial"
        ),
    )
    op.create_index(
        "ix_competency_assessments_agency",
        "competency_assessments",
        ["agency_id", "competency_id"],
        unique=False,
    )
    op.create_table(
        "competency_levels",
        sa.Column("competency_id", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_competency_levels_level")),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competencies.id"],
            name=op.f("fk_competency_levels_competency_id_competencies"),
        ),
        sa.PrimaryKeyConstraint("competency_id", "level", name=op.f("pk_competency_levels")),
    )
    op.create_table(
        "course_competencies",
        sa.Column("course_id", sa.String(length=40), nullable=False),
        sa.Column("competency_id", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_course_competencies_level")),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competencies.id"],
            name=op.f("fk_course_competencies_competency_id_competencies"),
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_competencies_course_id_courses")
        ),
        sa.PrimaryKeyConstraint("course_id", "competency_id", name=op.f("pk_course_competencies")),
    )
    op.create_table(
        "course_completions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("course_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("notice_id", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(source IS NULL) = (evidence IS NOT NULL)", name=op.f("ck_course_completions_source_or_evidence")
        ),
        sa.CheckConstraint("expires_on > completed_on", name=op.f("ck_course_completions_expires_after")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_course_completions_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_completions_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_course_completions_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_course_completions_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_course_completions_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_completions")),
        sa.UniqueConstraint("employee_id", "course_id", "completed_on", name="uq_course_completions_day"),
        sa.UniqueConstraint("source", name="uq_course_completions_source"),
    )
    op.create_index(
        "ix_course_completions_course",
        "course_completions",
        ["course_id", "employee_id", "completed_on"],
        unique=False,
    )
    op.create_index("ix_course_completions_expiry", "course_completions", ["expires_on", "id"], unique=False)
    op.create_table(
        "course_sessions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("course_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("enrol_until", Moment(), nullable=False),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("trainer", sa.String(length=200), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancel_reason IS NOT NULL)",
            name=op.f("ck_course_sessions_cancelled_iff_reasoned"),
        ),
        sa.CheckConstraint("enrol_until <= starts_at", name=op.f("ck_course_sessions_enrol_before_start")),
        sa.CheckConstraint("seats BETWEEN 1 AND 5000", name=op.f("ck_course_sessions_seats")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_course_sessions_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_course_sessions_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_sessions_course_id_courses")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_sessions")),
    )
    op.create_index(
        "ix_course_sessions_agency", "course_sessions", ["agency_id", "starts_at", "id"], unique=False
    )
    op.create_index(
        "ix_course_sessions_course", "course_sessions", ["course_id", "starts_at", "id"], unique=False
    )
    op.create_table(
        "development_plans",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "agreed",
                "reviewed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("approver_id", sa.String(length=40), nullable=True),
        sa.Column("proposed_by", sa.String(length=40), nullable=True),
        sa.Column("proposed_at", Moment(), nullable=True),
        sa.Column("returned", sa.Text(), nullable=True),
        sa.Column("agreed_by", sa.String(length=40), nullable=True),
        sa.Column("agreed_at", Moment(), nullable=True),
        sa.Column("reviewed_by", sa.String(length=40), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("review", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'reviewed') = (reviewed_at IS NOT NULL)", name=op.f("ck_development_plans_reviewed")
        ),
        sa.CheckConstraint(
            "(state IN ('agreed', 'reviewed')) = (agreed_at IS NOT NULL)",
            name=op.f("ck_development_plans_agreed"),
        ),
        sa.CheckConstraint(
            "agreed_by IS NULL OR agreed_by <> proposed_by", name=op.f("ck_development_plans_two_people")
        ),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_development_plans_ends_after")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_development_plans_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by"], ["accounts.id"], name=op.f("fk_development_plans_agreed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["accounts.id"], name=op.f("fk_development_plans_approver_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_development_plans_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_development_plans_proposed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["accounts.id"], name=op.f("fk_development_plans_reviewed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_plans")),
    )
    op.create_index(
        "ix_development_plans_agency", "development_plans", ["agency_id", "state", "ends_on"], unique=False
    )
    op.create_index(
        "ix_development_plans_employee", "development_plans", ["employee_id", "starts_on", "id"], unique=False
    )
    op.create_index(
        "uq_development_plans_open",
        "development_plans",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'reviewed'"),
        postgresql_where=sa.text("state <> 'reviewed'"),
    )
    op.create_table(
        "training_requirements",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("course_id", sa.String(length=40), nullable=False),
        sa.Column("class_code", sa.String(length=20), nullable=False),
        sa.Column("duty_station", sa.String(length=200), nullable=False),
        sa.Column("mandate", sa.String(length=60), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint("ended_on >= begins_on", name=op.f("ck_training_requirements_ended_after")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_training_requirements_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_training_requirements_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["accounts.id"], name=op.f("fk_training_requirements_set_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_requirements")),
    )
    op.create_index(
        "uq_training_requirements_once",
        "training_requirements",
        ["agency_id", "course_id", "class_code", "duty_station"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "course_enrolments",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "refused",
                "waiting",
                "enrolled",
                "withdrawn",
                "lapsed",
                "cancelled",
                "attended",
                "absent",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.String(length=40), nullable=False),
        sa.Column("requested_at", Moment(), nullable=False),
        sa.Column("approver_id", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("waiting_since", Moment(), nullable=True),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column(
            "result",
            sa.Enum("passed", "failed", name="result", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("has_answered", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('enrolled', 'attended', 'absent')) = (seat IS NOT NULL)",
            name=op.f("ck_course_enrolments_seated"),
        ),
        sa.CheckConstraint(
            "result IS NULL OR state = 'attended'", name=op.f("ck_course_enrolments_result_of_attended")
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR reason IS NOT NULL", name=op.f("ck_course_enrolments_refused_with_reason")
        ),
        sa.CheckConstraint(
            "state <> 'waiting' OR waiting_since IS NOT NULL", name=op.f("ck_course_enrolments_waiting_since")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_course_enrolments_decided")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> requested_by", name=op.f("ck_course_enrolments_two_people")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_course_enrolments_score")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_course_enrolments_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["accounts.id"], name=op.f("fk_course_enrolments_approver_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_course_enrolments_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_course_enrolments_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["accounts.id"], name=op.f("fk_course_enrolments_requested_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["course_sessions.id"],
            name=op.f("fk_course_enrolments_session_id_course_sessions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_enrolments")),
    )
    op.create_index(
        "ix_course_enrolments_approver", "course_enrolments", ["approver_id", "state"], unique=False
    )
    op.create_index(
        "ix_course_enrolments_employee",
        "course_enrolments",
        ["employee_id", "requested_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_course_enrolments_queue",
        "course_enrolments",
        ["session_id", "state", "waiting_since", "id"],
        unique=False,
    )
    op.create_index(
        "uq_course_enrolments_live",
        "course_enrolments",
        ["session_id", "employee_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('requested', 'waiting', 'enrolled', 'attended', 'absent')"),
        postgresql_where=sa.text("state IN ('requested', 'waiting', 'enrolled', 'attended', 'absent')"),
    )
    op.create_index("uq_course_enrolments_seat", "course_enrolments", ["session_id", "seat"], unique=True)
    op.create_table(
        "course_feedback",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("course_id", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("ratings", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_feedback_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["course_sessions.id"], name=op.f("fk_course_feedback_session_id_course_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_feedback")),
    )
    op.create_index("ix_course_feedback_course", "course_feedback", ["course_id", "session_id"], unique=False)
    op.create_table(
        "development_goals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("competency_id", sa.String(length=40), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(competency_id IS NULL) = (level IS NULL)", name=op.f("ck_development_goals_level_of_competency")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_development_goals_level")),
        sa.ForeignKeyConstraint(
            ["competency_id"],
            ["competencies.id"],
            name=op.f("fk_development_goals_competency_id_competencies"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["development_plans.id"], name=op.f("fk_development_goals_plan_id_development_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_goals")),
    )
    op.create_index("ix_development_goals_plan", "development_goals", ["plan_id", "position"], unique=False)
    op.create_table(
        "training_duties",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("requirement_id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("reminded", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "due_on IS NOT NULL OR completed_on IS NOT NULL", name=op.f("ck_training_duties_due_or_done")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_training_duties_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_training_duties_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["requirement_id"],
            ["training_requirements.id"],
            name=op.f("fk_training_duties_requirement_id_training_requirements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_duties")),
        sa.UniqueConstraint("requirement_id", "employee_id", name="uq_training_duties_once"),
    )
    op.create_index(
        "ix_training_duties_agency",
        "training_duties",
        ["agency_id", "ended_on", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_training_duties_employee", "training_duties", ["employee_id", "ended_on"], unique=False
    )
    op.create_table(
        "development_activities",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("goal_id", sa.String(length=40), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("course_id", sa.String(length=40), nullable=True),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_development_activities_course_id_courses")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"],
            ["development_goals.id"],
            name=op.f("fk_development_activities_goal_id_development_goals"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_activities")),
    )
    op.create_index(
        "ix_development_activities_goal", "development_activities", ["goal_id", "by_on"], unique=False
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_development_activities_goal", table_name="development_activities")
    op.drop_table("development_activities")
    op.drop_index("ix_training_duties_agency", table_name="training_duties")
    op.drop_index("ix_training_duties_employee", table_name="training_duties")
    op.drop_table("training_duties")
    op.drop_index("ix_development_goals_plan", table_name="development_goals")
    op.drop_table("development_goals")
    op.drop_index("ix_course_feedback_course", table_name="course_feedback")
    op.drop_table("course_feedback")
    op.drop_index("ix_course_enrolments_approver", table_name="course_enrolments")
    op.drop_index("ix_course_enrolments_employee", table_name="course_enrolments")
    op.drop_index("ix_course_enrolments_queue", table_name="course_enrolments")
    op.drop_index("uq_course_enrolments_live", table_name="course_enrolments")
    op.drop_index("uq_course_enrolments_seat", table_name="course_enrolments")
    op.drop_table("course_enrolments")
    op.drop_index("uq_training_requirements_once", table_name="training_requirements")
    op.drop_table("training_requirements")
    op.drop_index("ix_development_plans_agency", table_name="development_plans")
    op.drop_index("ix_development_plans_employee", table_name="development_plans")
    op.drop_index("uq_development_plans_open", table_name="development_plans")
    op.drop_table("development_plans")
    op.drop_index("ix_course_sessions_agency", table_name="course_sessions")
    op.drop_index("ix_course_sessions_course", table_name="course_sessions")
    op.drop_table("course_sessions")
    op.drop_index("ix_course_completions_course", table_name="course_completions")
    op.drop_index("ix_course_completions_expiry", table_name="course_completions")
    op.drop_table("course_completions")
    op.drop_table("course_competencies")
    op.drop_table("competency_levels")
    op.drop_index("ix_competency_assessments_agency", table_name="competency_assessments")
    op.drop_table("competency_assessments")
    op.drop_table("class_competencies")
    op.drop_index("ix_courses_title", table_name="courses")
    op.drop_table("courses")
    op.drop_table("competencies")
