"""Performance cycles, plans, ratings, improvement plans, within-grade increases, awards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "performance_cycles",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("plans_due_on", sa.Date(), nullable=False),
        sa.Column("progress_due_on", sa.Date(), nullable=False),
        sa.Column("ratings_due_on", sa.Date(), nullable=False),
        sa.Column("regime", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "running",
                "closed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_performance_cycles_closed")
        ),
        sa.CheckConstraint(
            "plans_due_on BETWEEN starts_on AND ends_on", name=op.f("ck_performance_cycles_plans_due")
        ),
        sa.CheckConstraint(
            "progress_due_on BETWEEN plans_due_on AND ends_on",
            name=op.f("ck_performance_cycles_progress_due"),
        ),
        sa.CheckConstraint("ratings_due_on > ends_on", name=op.f("ck_performance_cycles_ratings_due")),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_performance_cycles_order")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_performance_cycles_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_performance_cycles_created_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_cycles")),
        sa.UniqueConstraint("agency_id", "title", name="uq_performance_cycles_title"),
    )
    op.create_index(
        "ix_performance_cycles_agency", "performance_cycles", ["agency_id", "ends_on"], unique=False
    )
    op.create_table(
        "performance_regimes",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_performance_regimes_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["accounts.id"], name=op.f("fk_performance_regimes_set_by_accounts")
        ),
        sa.PrimaryKeyConstraint("agency_id", "subject", name=op.f("pk_performance_regimes")),
    )
    op.create_table(
        "awards",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "performance",
                "special_act",
                "time_off",
                "honor",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("regime", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "nominated",
                "approved",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nominated_by", sa.String(length=40), nullable=False),
        sa.Column("nominated_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(kind = 'time_off') = (hours IS NOT NULL)", name=op.f("ck_awards_hours")),
        sa.CheckConstraint(
            "(kind IN ('performance', 'special_act')) = (amount_minor IS NOT NULL)",
            name=op.f("ck_awards_money"),
        ),
        sa.CheckConstraint("(state = 'nominated') = (decided_at IS NULL)", name=op.f("ck_awards_decided")),
        sa.CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name=op.f("ck_awards_currency")),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_awards_decider_dated")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_awards_amount")),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> nominated_by", name=op.f("ck_awards_two_people")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_awards_agency_id_agencies")),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name=op.f("fk_awards_decided_by_accounts")),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_awards_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["nominated_by"], ["accounts.id"], name=op.f("fk_awards_nominated_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awards")),
        sa.UniqueConstraint("number", name="uq_awards_number"),
    )
    op.create_index("ix_awards_agency", "awards", ["agency_id", "state", "nominated_at"], unique=False)
    op.create_index("ix_awards_employee", "awards", ["employee_id", "nominated_at"], unique=False)
    op.create_table(
        "performance_plans",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("cycle_id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("supervisor_id", sa.String(length=40), nullable=True),
        sa.Column("position_title", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "issued",
                "acknowledged",
                "rated",
                "void",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("issued_by", sa.String(length=40), nullable=True),
        sa.Column("issued_at", Moment(), nullable=True),
        sa.Column("acknowledged_at", Moment(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'void') = (void_reason IS NOT NULL)", name=op.f("ck_performance_plans_void")
        ),
        sa.CheckConstraint(
            "state <> 'acknowledged' OR acknowledged_at IS NOT NULL",
            name=op.f("ck_performance_plans_acknowledged"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'void') OR issued_at IS NOT NULL", name=op.f("ck_performance_plans_issued")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_performance_plans_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["performance_cycles.id"],
            name=op.f("fk_performance_plans_cycle_id_performance_cycles"),
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_performance_plans_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["accounts.id"], name=op.f("fk_performance_plans_issued_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["employees.id"], name=op.f("fk_performance_plans_supervisor_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_plans")),
        sa.UniqueConstraint("cycle_id", "employee_id", name="uq_performance_plans_employee"),
    )
    op.create_index(
        "ix_performance_plans_cycle", "performance_plans", ["cycle_id", "person", "id"], unique=False
    )
    op.create_index("ix_performance_plans_employee", "performance_plans", ["employee_id"], unique=False)
    op.create_table(
        "step_increases",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("from_step", sa.Integer(), nullable=False),
        sa.Column("to_step", sa.Integer(), nullable=False),
        sa.Column("waiting_from", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("regime", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "due",
                "determined",
                "granted",
                "denied",
                "asked",
                "upheld",
                "lapsed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found_at", Moment(), nullable=False),
        sa.Column("is_acceptable", sa.Boolean(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=True),
        sa.Column("determined_by", sa.String(length=40), nullable=True),
        sa.Column("determined_at", Moment(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("reply_until", sa.Date(), nullable=True),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column("requested_at", Moment(), nullable=True),
        sa.Column("reconsidered_by", sa.String(length=40), nullable=True),
        sa.Column("reconsidered_at", Moment(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('granted', 'denied') OR decided_by IS NOT NULL",
            name=op.f("ck_step_increases_decided"),
        ),
        sa.CheckConstraint(
            "(is_acceptable IS NULL) = (determined_by IS NULL)", name=op.f("ck_step_increases_determined")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> determined_by", name=op.f("ck_step_increases_two_people")
        ),
        sa.CheckConstraint(
            "reconsidered_by IS NULL OR (reconsidered_by <> determined_by AND reconsidered_by <> decided_by)",
            name=op.f("ck_step_increases_third_person"),
        ),
        sa.CheckConstraint("to_step = from_step + 1", name=op.f("ck_step_increases_one_step")),
        sa.CheckConstraint("waiting_from < due_on", name=op.f("ck_step_increases_order")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_step_increases_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_step_increases_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["determined_by"], ["accounts.id"], name=op.f("fk_step_increases_determined_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_step_increases_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["reconsidered_by"], ["accounts.id"], name=op.f("fk_step_increases_reconsidered_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_increases")),
        sa.UniqueConstraint("employee_id", "grade", "to_step", "waiting_from", name="uq_step_increases_once"),
    )
    op.create_index(
        "ix_step_increases_agency", "step_increases", ["agency_id", "state", "due_on"], unique=False
    )
    op.create_table(
        "improvement_plans",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("instances", sa.Text(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("assistance", sa.Text(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "assessed",
                "concluded",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opened_by", sa.String(length=40), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "acceptable",
                "unacceptable",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("assessed_by", sa.String(length=40), nullable=True),
        sa.Column("assessed_at", Moment(), nullable=True),
        sa.Column("concluded_by", sa.String(length=40), nullable=True),
        sa.Column("concluded_at", Moment(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("notice_id", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancel_reason IS NOT NULL)", name=op.f("ck_improvement_plans_cancelled")
        ),
        sa.CheckConstraint(
            "(state = 'concluded') = (concluded_at IS NOT NULL)", name=op.f("ck_improvement_plans_concluded")
        ),
        sa.CheckConstraint(
            "state NOT IN ('assessed', 'concluded') OR outcome IS NOT NULL",
            name=op.f("ck_improvement_plans_found"),
        ),
        sa.CheckConstraint(
            "(concluded_at IS NULL) = (concluded_by IS NULL)",
            name=op.f("ck_improvement_plans_concluder_dated"),
        ),
        sa.CheckConstraint(
            "concluded_by IS NULL OR concluded_by <> assessed_by",
            name=op.f("ck_improvement_plans_two_people"),
        ),
        sa.CheckConstraint("delivered_on < ends_on", name=op.f("ck_improvement_plans_order")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_improvement_plans_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by"], ["accounts.id"], name=op.f("fk_improvement_plans_assessed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["concluded_by"], ["accounts.id"], name=op.f("fk_improvement_plans_concluded_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_improvement_plans_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_improvement_plans_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["accounts.id"], name=op.f("fk_improvement_plans_opened_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["performance_plans.id"], name=op.f("fk_improvement_plans_plan_id_performance_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_plans")),
        sa.UniqueConstraint("number", name="uq_improvement_plans_number"),
    )
    op.create_index(
        "ix_improvement_plans_agency", "improvement_plans", ["agency_id", "state", "ends_on"], unique=False
    )
    op.create_index("ix_improvement_plans_employee", "improvement_plans", ["employee_id"], unique=False)
    op.create_index(
        "uq_improvement_plans_live",
        "improvement_plans",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'assessed')"),
        postgresql_where=sa.text("state IN ('open', 'assessed')"),
    )
    op.create_table(
        "performance_ratings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("summary_level", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("because", sa.String(length=600), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "returned",
                "approved",
                "acknowledged",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rated_by", sa.String(length=40), nullable=False),
        sa.Column("rated_at", Moment(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=40), nullable=True),
        sa.Column("reviewed_at", Moment(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("acknowledged_at", Moment(), nullable=True),
        sa.Column("notice_id", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(state = 'acknowledged') = (acknowledged_at IS NOT NULL)",
            name=op.f("ck_performance_ratings_acknowledged"),
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'acknowledged')) = (reviewed_at IS NOT NULL)",
            name=op.f("ck_performance_ratings_reviewed"),
        ),
        sa.CheckConstraint(
            "state <> 'returned' OR return_reason IS NOT NULL", name=op.f("ck_performance_ratings_returned")
        ),
        sa.CheckConstraint(
            "(reviewed_by IS NULL) = (reviewed_at IS NULL)",
            name=op.f("ck_performance_ratings_reviewer_dated"),
        ),
        sa.CheckConstraint(
            "reviewed_by IS NULL OR reviewed_by <> rated_by", name=op.f("ck_performance_ratings_two_people")
        ),
        sa.CheckConstraint(
            "summary_level BETWEEN 1 AND 5", name=op.f("ck_performance_ratings_summary_level")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_performance_ratings_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_performance_ratings_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_performance_ratings_notice_id_notices")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["performance_plans.id"],
            name=op.f("fk_performance_ratings_plan_id_performance_plans"),
        ),
        sa.ForeignKeyConstraint(
            ["rated_by"], ["accounts.id"], name=op.f("fk_performance_ratings_rated_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"], ["accounts.id"], name=op.f("fk_performance_ratings_reviewed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_ratings")),
        sa.UniqueConstraint("plan_id", name="uq_performance_ratings_plan_id"),
    )
    op.create_index(
        "ix_performance_ratings_agency",
        "performance_ratings",
        ["agency_id", "state", "rated_at"],
        unique=False,
    )
    op.create_index(
        "ix_performance_ratings_employee", "performance_ratings", ["employee_id", "reviewed_at"], unique=False
    )
    op.create_table(
        "plan_elements",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "weight IS NULL OR weight BETWEEN 1 AND 100", name=op.f("ck_plan_elements_weight")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["performance_plans.id"], name=op.f("fk_plan_elements_plan_id_performance_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_elements")),
        sa.UniqueConstraint("plan_id", "position", name="uq_plan_elements_position"),
    )
    op.create_table(
        "progress_reviews",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["performance_plans.id"], name=op.f("fk_progress_reviews_plan_id_performance_plans")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f("fk_progress_reviews_written_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_reviews")),
    )
    op.create_index("ix_progress_reviews_plan", "progress_reviews", ["plan_id", "held_on"], unique=False)
    op.create_table(
        "self_assessments",
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["performance_plans.id"], name=op.f("fk_self_assessments_plan_id_performance_plans")
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_self_assessments")),
    )
    op.create_table(
        "element_ratings",
        sa.Column("rating_id", sa.String(length=40), nullable=False),
        sa.Column("element_id", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("narrative", sa.Text(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_element_ratings_level")),
        sa.ForeignKeyConstraint(
            ["element_id"], ["plan_elements.id"], name=op.f("fk_element_ratings_element_id_plan_elements")
        ),
        sa.ForeignKeyConstraint(
            ["rating_id"],
            ["performance_ratings.id"],
            name=op.f("fk_element_ratings_rating_id_performance_ratings"),
        ),
        sa.PrimaryKeyConstraint("rating_id", "element_id", name=op.f("pk_element_ratings")),
    )
    op.create_table(
        "improvement_check_ins",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("improvement_id", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("help_given", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=40), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement_plans.id"],
            name=op.f("fk_improvement_check_ins_improvement_id_improvement_plans"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["accounts.id"], name=op.f("fk_improvement_check_ins_written_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_check_ins")),
    )
    op.create_index(
        "ix_improvement_check_ins_plan", "improvement_check_ins", ["improvement_id", "held_on"], unique=False
    )
    op.create_table(
        "improvement_elements",
        sa.Column("improvement_id", sa.String(length=40), nullable=False),
        sa.Column("element_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["plan_elements.id"],
            name=op.f("fk_improvement_elements_element_id_plan_elements"),
        ),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement_plans.id"],
            name=op.f("fk_improvement_elements_improvement_id_improvement_plans"),
        ),
        sa.PrimaryKeyConstraint("improvement_id", "element_id", name=op.f("pk_improvement_elements")),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("improvement_elements")
    op.drop_index("ix_improvement_check_ins_plan", table_name="improvement_check_ins")
    op.drop_table("improvement_check_ins")
    op.drop_table("element_ratings")
    op.drop_table("self_assessments")
    op.drop_index("ix_progress_reviews_plan", table_name="progress_reviews")
    op.drop_table("progress_reviews")
    op.drop_table("plan_elements")
    op.drop_index("ix_performance_ratings_employee", table_name="performance_ratings")
    op.drop_index("ix_performance_ratings_agency", table_name="performance_ratings")
    op.drop_table("performance_ratings")
    op.drop_index(
        "uq_improvement_plans_live",
        table_name="improvement_plans",
        sqlite_where=sa.text("state IN ('open', 'assessed')"),
        postgresql_where=sa.text("state IN ('open', 'assessed')"),
    )
    op.drop_index("ix_improvement_plans_employee", table_name="improvement_plans")
    op.drop_index("ix_improvement_plans_agency", table_name="improvement_plans")
    op.drop_table("improvement_plans")
    op.drop_index("ix_step_increases_agency", table_name="step_increases")
    op.drop_table("step_increases")
    op.drop_index("ix_performance_plans_employee", table_name="performance_plans")
    op.drop_index("ix_performance_plans_cycle", table_name="performance_plans")
    op.drop_table("performance_plans")
    op.drop_index("ix_awards_employee", table_name="awards")
    op.drop_index("ix_awards_agency", table_name="awards")
    op.drop_table("awards")
    op.drop_table("performance_regimes")
    op.drop_index("ix_performance_cycles_agency", table_name="performance_cycles")
    op.drop_table("performance_cycles")
