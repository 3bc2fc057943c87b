"""Benefit plans, enrolments, dependants, contributions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "benefit_regimes",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_benefit_regimes_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["accounts.id"], name=op.f("fk_benefit_regimes_set_by_accounts")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_benefit_regimes")),
    )
    op.create_table(
        "benefit_plans",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "health",
                "dental",
                "life",
                "retirement",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("carrier", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=1000), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("offered", "closed", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_benefit_plans_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_benefit_plans_created_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_plans")),
        sa.UniqueConstraint("agency_id", "code", name="uq_benefit_plans_code"),
    )
    op.create_index(
        "uq_benefit_plans_default",
        "benefit_plans",
        ["agency_id", "kind"],
        unique=True,
        sqlite_where=sa.text("is_default AND state = 'offered'"),
        postgresql_where=sa.text("is_default AND state = 'offered'"),
    )
    op.create_table(
        "benefit_plan_versions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_benefit_plan_versions_decided")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by",
            name=op.f("ck_benefit_plan_versions_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_benefit_plan_versions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["benefit_plans.id"], name=op.f("fk_benefit_plan_versions_plan_id_benefit_plans")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_benefit_plan_versions_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_plan_versions")),
        sa.UniqueConstraint("plan_id", "version", name="uq_benefit_plan_versions_version"),
    )
    op.create_table(
        "benefit_rates",
        sa.Column("version_id", sa.String(length=40), nullable=False),
        sa.Column(
            "tier",
            sa.Enum(
                "self",
                "self_plus_one",
                "family",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("employee_minor", sa.Integer(), nullable=False),
        sa.Column("employer_minor", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "employee_minor >= 0 AND employer_minor >= 0", name=op.f("ck_benefit_rates_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["benefit_plan_versions.id"],
            name=op.f("fk_benefit_rates_version_id_benefit_plan_versions"),
        ),
        sa.PrimaryKeyConstraint("version_id", "tier", name=op.f("pk_benefit_rates")),
    )
    op.create_table(
        "dependants",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "spouse",
                "child",
                "stepchild",
                "foster_child",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("evidence_digest", sa.String(length=64), nullable=True),
        sa.Column("evidence_name", sa.String(length=200), nullable=True),
        sa.Column("evidence_type", sa.String(length=100), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "claimed",
                "verified",
                "refused",
                "ended",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("claimed_at", Moment(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=400), nullable=True),
        sa.CheckConstraint("(state = 'ended') = (ended_on IS NOT NULL)", name=op.f("ck_dependants_ended")),
        sa.CheckConstraint(
            "(state IN ('verified', 'refused')) <= (decided_at IS NOT NULL)",
            name=op.f("ck_dependants_decided"),
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_dependants_ended_with_reason")
        ),
        sa.CheckConstraint(
            "(evidence_digest IS NULL) = (evidence_name IS NULL)",
            name=op.f("ck_dependants_evidence_has_name"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_dependants_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_dependants_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_dependants_employee_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dependants")),
    )
    op.create_index("ix_dependants_agency", "dependants", ["agency_id", "state", "claimed_at"], unique=False)
    op.create_index("ix_dependants_employee", "dependants", ["employee_id", "id"], unique=False)
    op.create_index("ix_dependants_ends", "dependants", ["state", "ends_on"], unique=False)
    op.create_index(
        "uq_dependants_spouse",
        "dependants",
        ["employee_id"],
        unique=True,
        sqlite_where=sa.text("relation = 'spouse' AND state IN ('claimed', 'verified')"),
        postgresql_where=sa.text("relation = 'spouse' AND state IN ('claimed', 'verified')"),
    )
    op.create_table(
        "life_events",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "marriage",
                "divorce",
                "birth",
                "death",
                "dependant_ends",
                "loss_of_cover",
                "other_cover",
                "move",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("elects_until", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("evidence_digest", sa.String(length=64), nullable=True),
        sa.Column("evidence_name", sa.String(length=200), nullable=True),
        sa.Column("evidence_type", sa.String(length=100), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "reported",
                "approved",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reported_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_at IS NOT NULL)",
            name=op.f("ck_life_events_decided"),
        ),
        sa.CheckConstraint(
            "(evidence_digest IS NULL) = (evidence_name IS NULL)",
            name=op.f("ck_life_events_evidence_has_name"),
        ),
        sa.CheckConstraint("elects_until >= happened_on", name=op.f("ck_life_events_elects_after")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_life_events_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_life_events_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_life_events_employee_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_life_events")),
    )
    op.create_index(
        "ix_life_events_agency", "life_events", ["agency_id", "state", "reported_at"], unique=False
    )
    op.create_index("ix_life_events_employee", "life_events", ["employee_id", "happened_on"], unique=False)
    op.create_table(
        "enrolment_windows",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("plan_year", sa.Integer(), nullable=False),
        sa.Column("opens_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("concluded_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "concluded_at IS NULL OR concluded_at >= closes_at",
            name=op.f("ck_enrolment_windows_concluded_after"),
        ),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_enrolment_windows_opens_before_it_closes")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_enrolment_windows_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["accounts.id"], name=op.f("fk_enrolment_windows_created_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_windows")),
        sa.UniqueConstraint("agency_id", "plan_year", name="uq_enrolment_windows_plan_year"),
    )
    op.create_index(
        "ix_enrolment_windows_clock", "enrolment_windows", ["concluded_at", "opens_at"], unique=False
    )
    op.create_table(
        "enrolment_reminders",
        sa.Column("window_id", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["enrolment_windows.id"],
            name=op.f("fk_enrolment_reminders_window_id_enrolment_windows"),
        ),
        sa.PrimaryKeyConstraint("window_id", "days", name=op.f("pk_enrolment_reminders")),
    )
    op.create_table(
        "benefit_elections",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "health",
                "dental",
                "life",
                "retirement",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(length=40), nullable=True),
        sa.Column(
            "tier",
            sa.Enum(
                "self",
                "self_plus_one",
                "family",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "window",
                "new_hire",
                "life_event",
                "default",
                "correction",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("window_id", sa.String(length=40), nullable=True),
        sa.Column("event_id", sa.String(length=40), nullable=True),
        sa.Column("made_by", sa.String(length=40), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(source = 'life_event') = (event_id IS NOT NULL)", name=op.f("ck_benefit_elections_of_event")
        ),
        sa.CheckConstraint(
            "(source = 'window') = (window_id IS NOT NULL)", name=op.f("ck_benefit_elections_of_window")
        ),
        sa.CheckConstraint(
            "(plan_id IS NULL) = (tier IS NULL)", name=op.f("ck_benefit_elections_plan_has_tier")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_benefit_elections_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_benefit_elections_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["life_events.id"], name=op.f("fk_benefit_elections_event_id_life_events")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["accounts.id"], name=op.f("fk_benefit_elections_made_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["benefit_plans.id"], name=op.f("fk_benefit_elections_plan_id_benefit_plans")
        ),
        sa.ForeignKeyConstraint(
            ["window_id"],
            ["enrolment_windows.id"],
            name=op.f("fk_benefit_elections_window_id_enrolment_windows"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_elections")),
        sa.UniqueConstraint("employee_id", "kind", "version", name="uq_benefit_elections_version"),
    )
    op.create_index(
        "ix_benefit_elections_agency", "benefit_elections", ["agency_id", "effective_from"], unique=False
    )
    op.create_index(
        "ix_benefit_elections_window", "benefit_elections", ["window_id", "employee_id"], unique=False
    )
    op.create_table(
        "covered_dependants",
        sa.Column("election_id", sa.String(length=40), nullable=False),
        sa.Column("dependant_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["dependant_id"], ["dependants.id"], name=op.f("fk_covered_dependants_dependant_id_dependants")
        ),
        sa.ForeignKeyConstraint(
            ["election_id"],
            ["benefit_elections.id"],
            name=op.f("fk_covered_dependants_election_id_benefit_elections"),
        ),
        sa.PrimaryKeyConstraint("election_id", "dependant_id", name=op.f("pk_covered_dependants")),
    )
    op.create_table(
        "enrolment_corrections",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "health",
                "dental",
                "life",
                "retirement",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("plan_id", sa.String(length=40), nullable=True),
        sa.Column(
            "tier",
            sa.Enum(
                "self",
                "self_plus_one",
                "family",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("election_id", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "(state = 'approved') = (election_id IS NOT NULL)",
            name=op.f("ck_enrolment_corrections_approved_has_election"),
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_enrolment_corrections_decided")
        ),
        sa.CheckConstraint(
            "(plan_id IS NULL) = (tier IS NULL)", name=op.f("ck_enrolment_corrections_plan_has_tier")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by",
            name=op.f("ck_enrolment_corrections_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_enrolment_corrections_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_enrolment_corrections_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["election_id"],
            ["benefit_elections.id"],
            name=op.f("fk_enrolment_corrections_election_id_benefit_elections"),
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_enrolment_corrections_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["benefit_plans.id"], name=op.f("fk_enrolment_corrections_plan_id_benefit_plans")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_enrolment_corrections_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_corrections")),
    )
    op.create_index(
        "ix_enrolment_corrections_agency",
        "enrolment_corrections",
        ["agency_id", "state", "proposed_at", "id"],
        unique=False,
    )
    op.create_table(
        "contribution_runs",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("posted_at", Moment(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_contribution_runs_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("agency_id", "period_on", name=op.f("pk_contribution_runs")),
    )
    op.create_table(
        "contributions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "health",
                "dental",
                "life",
                "retirement",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(length=40), nullable=True),
        sa.Column(
            "tier",
            sa.Enum(
                "self",
                "self_plus_one",
                "family",
                name="tier",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("employee_minor", sa.Integer(), nullable=False),
        sa.Column("employer_minor", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("posted_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_contributions_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_contributions_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["benefit_plans.id"], name=op.f("fk_contributions_plan_id_benefit_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
        sa.UniqueConstraint("employee_id", "kind", "period_on", "position", name="uq_contributions_entry"),
    )
    op.create_index(
        "ix_contributions_agency", "contributions", ["agency_id", "period_on", "id"], unique=False
    )


def downgrade() -> None:
    """Remove them."""

    op.drop_index("ix_contributions_agency", table_name="contributions")
    op.drop_table("contributions")
    op.drop_table("contribution_runs")
    op.drop_index("ix_enrolment_corrections_agency", table_name="enrolment_corrections")
    op.drop_table("enrolment_corrections")
    op.drop_table("covered_dependants")
    op.drop_index("ix_benefit_elections_agency", table_name="benefit_elections")
    op.drop_index("ix_benefit_elections_window", table_name="benefit_elections")
    op.drop_table("benefit_elections")
    op.drop_table("enrolment_reminders")
    op.drop_index("ix_enrolment_windows_clock", table_name="enrolment_windows")
    op.drop_table("enrolment_windows")
    op.drop_index("ix_life_events_agency", table_name="life_events")
    op.drop_index("ix_life_events_employee", table_name="life_events")
    op.drop_table("life_events")
    op.drop_index(
        "uq_dependants_spouse",
        table_name="dependants",
        sqlite_where=sa.text("relation = 'spouse' AND state IN ('claimed', 'verified')"),
        postgresql_where=sa.text("relation = 'spouse' AND state IN ('claimed', 'verified')"),
    )
    op.drop_index("ix_dependants_agency", table_name="dependants")
    op.drop_index("ix_dependants_employee", table_name="dependants")
    op.drop_index("ix_dependants_ends", table_name="dependants")
    op.drop_table("dependants")
    op.drop_table("benefit_rates")
    op.drop_table("benefit_plan_versions")
    op.drop_index(
        "uq_benefit_plans_default",
        table_name="benefit_plans",
        sqlite_where=sa.text("is_default AND state = 'offered'"),
        postgresql_where=sa.text("is_default AND state = 'offered'"),
    )
    op.drop_table("benefit_plans")
    op.drop_table("benefit_regimes")
