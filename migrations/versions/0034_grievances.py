"""Grievances, their steps, extensions, remedies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "grievance_procedures",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_grievance_procedures_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["accounts.id"], name=op.f("fk_grievance_procedures_set_by_accounts")
        ),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_grievance_procedures")),
    )
    op.create_table(
        "grievances",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "working_time",
                "pay",
                "leave",
                "assessment",
                "discipline",
                "safety",
                "treatment",
                "other",
                name="matter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("remedy_sought", sa.Text(), nullable=False),
        sa.Column("provisions", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("about_id", sa.String(length=40), nullable=True),
        sa.Column("representative_name", sa.String(length=200), nullable=False),
        sa.Column("representative_contact", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "at_step",
                "answered",
                "outside",
                "remedy",
                "closed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("filed_at", Moment(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("appeal_due_on", sa.Date(), nullable=True),
        sa.Column(
            "ending",
            sa.Enum(
                "accepted",
                "decided",
                "settled",
                "award",
                "withdrawn",
                "lapsed",
                name="ending",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("ending_note", sa.Text(), nullable=False),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'answered') = (appeal_due_on IS NOT NULL)",
            name=op.f("ck_grievances_appeal_iff_answered"),
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_grievances_closed_iff_dated")
        ),
        sa.CheckConstraint(
            "(state IN ('remedy', 'closed')) = (ending IS NOT NULL)",
            name=op.f("ck_grievances_ending_iff_over"),
        ),
        sa.CheckConstraint("happened_on <= filed_on", name=op.f("ck_grievances_happened_before")),
        sa.ForeignKeyConstraint(["about_id"], ["accounts.id"], name=op.f("fk_grievances_about_id_accounts")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_grievances_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_grievances_employee_id_employees")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grievances")),
        sa.UniqueConstraint("number", name="uq_grievances_number"),
    )
    op.create_index(
        "ix_grievances_agency", "grievances", ["agency_id", "state", "filed_at", "id"], unique=False
    )
    op.create_index("ix_grievances_employee", "grievances", ["employee_id", "filed_at", "id"], unique=False)
    op.create_table(
        "grievance_agreements",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("grievance_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "extension", "settlement", name="kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum("grievant", "office", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "agreed",
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
        sa.Column("answered_by", sa.String(length=40), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (answered_at IS NULL)", name=op.f("ck_grievance_agreements_answered")
        ),
        sa.CheckConstraint(
            "answered_by IS NULL OR answered_by <> proposed_by",
            name=op.f("ck_grievance_agreements_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["accounts.id"], name=op.f("fk_grievance_agreements_answered_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["grievance_id"], ["grievances.id"], name=op.f("fk_grievance_agreements_grievance_id_grievances")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_grievance_agreements_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grievance_agreements")),
    )
    op.create_index(
        "uq_grievance_agreements_waiting",
        "grievance_agreements",
        ["grievance_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "grievance_files",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("grievance_id", sa.String(length=40), nullable=False),
        sa.Column(
            "side",
            sa.Enum("grievant", "office", name="side", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by"], ["accounts.id"], name=op.f("fk_grievance_files_added_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["grievance_id"], ["grievances.id"], name=op.f("fk_grievance_files_grievance_id_grievances")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grievance_files")),
    )
    op.create_index("ix_grievance_files_grievance", "grievance_files", ["grievance_id", "id"], unique=False)
    op.create_table(
        "grievance_recusals",
        sa.Column("grievance_id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recused_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_grievance_recusals_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["grievance_id"], ["grievances.id"], name=op.f("fk_grievance_recusals_grievance_id_grievances")
        ),
        sa.PrimaryKeyConstraint("grievance_id", "account_id", name=op.f("pk_grievance_recusals")),
    )
    op.create_table(
        "grievance_hearings",
        sa.Column("grievance_id", sa.String(length=40), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("arbitrator", sa.String(length=200), nullable=False),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("award_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partly",
                "denied",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("award", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "award_on IS NULL OR arbitrator <> ''", name=op.f("ck_grievance_hearings_award_by_somebody")
        ),
        sa.CheckConstraint(
            "(award_on IS NULL) = (outcome IS NULL)", name=op.f("ck_grievance_hearings_outcome_iff_award")
        ),
        sa.ForeignKeyConstraint(
            ["grievance_id"], ["grievances.id"], name=op.f("fk_grievance_hearings_grievance_id_grievances")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_grievance_hearings_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("grievance_id", name=op.f("pk_grievance_hearings")),
    )
    op.create_table(
        "grievance_remedies",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("grievance_id", sa.String(length=40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("promised_at", Moment(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(length=40), nullable=True),
        sa.Column("done_note", sa.Text(), nullable=False),
        sa.CheckConstraint("(done_on IS NULL) = (done_by IS NULL)", name=op.f("ck_grievance_remedies_done")),
        sa.ForeignKeyConstraint(
            ["done_by"], ["accounts.id"], name=op.f("fk_grievance_remedies_done_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["grievance_id"], ["grievances.id"], name=op.f("fk_grievance_remedies_grievance_id_grievances")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grievance_remedies")),
    )
    op.create_index("ix_grievance_remedies_due", "grievance_remedies", ["done_on", "due_on"], unique=False)
    op.create_table(
        "grievance_steps",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("grievance_id", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("decider_id", sa.String(length=40), nullable=True),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("appeal", sa.Text(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "answered",
                "missed",
                "ended",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "granted",
                "partly",
                "denied",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("remedy_due_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(remedy = '') = (remedy_due_on IS NULL)", name=op.f("ck_grievance_steps_remedy_dated")
        ),
        sa.CheckConstraint(
            "(state = 'answered') = (decided_at IS NOT NULL)",
            name=op.f("ck_grievance_steps_decided_iff_answered"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (outcome IS NULL)", name=op.f("ck_grievance_steps_outcome_iff_decided")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by = decider_id", name=op.f("ck_grievance_steps_by_decider")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_grievance_steps_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decider_id"], ["accounts.id"], name=op.f("fk_grievance_steps_decider_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["grievance_id"], ["grievances.id"], name=op.f("fk_grievance_steps_grievance_id_grievances")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grievance_steps")),
        sa.UniqueConstraint("grievance_id", "decider_id", name="uq_grievance_steps_decider"),
        sa.UniqueConstraint("grievance_id", "level", name="uq_grievance_steps_level"),
    )
    op.create_index("ix_grievance_steps_decider", "grievance_steps", ["decider_id", "state"], unique=False)
    op.create_index("ix_grievance_steps_due", "grievance_steps", ["state", "due_on"], unique=False)


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_grievance_steps_due", table_name="grievance_steps")
    op.drop_index("ix_grievance_steps_decider", table_name="grievance_steps")
    op.drop_table("grievance_steps")
    op.drop_index("ix_grievance_remedies_due", table_name="grievance_remedies")
    op.drop_table("grievance_remedies")
    op.drop_table("grievance_hearings")
    op.drop_table("grievance_recusals")
    op.drop_index("ix_grievance_files_grievance", table_name="grievance_files")
    op.drop_table("grievance_files")
    op.drop_index(
        "uq_grievance_agreements_waiting",
        table_name="grievance_agreements",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_table("grievance_agreements")
    op.drop_index("ix_grievances_employee", table_name="grievances")
    op.drop_index("ix_grievances_agency", table_name="grievances")
    op.drop_table("grievances")
    op.drop_table("grievance_procedures")
