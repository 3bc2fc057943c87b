"""Panels: raters, scripts, marks and ratings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_ROLES = [
    "applicant",
    "employee",
    "supervisor",
    "hr_officer",
    "exam_officer",
    "key_custodian",
    "appointing_authority",
    "records_officer",
    "auditor",
    "agency_administrator",
    "system_administrator",
]


def upgrade() -> None:
    """Make the tables, and admit raters."""
    _admit_roles([*_ROLES, "rater"])
    op.create_table(
        "panels",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("component", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "scripts",
                "interview",
                "experience",
                name="form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "open", "closed", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("instructions", sa.Text(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.Column("raters", sa.Integer(), nullable=False),
        sa.Column("is_confirmed_by_second", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.String(length=100), nullable=False),
        sa.Column("map_digest", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("opened_by", sa.String(length=40), nullable=True),
        sa.Column("opened_at", Moment(), nullable=True),
        sa.Column("closed_by", sa.String(length=40), nullable=True),
        sa.Column("closed_at", Moment(), nullable=True),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_panels_closed")),
        sa.CheckConstraint("(state = 'draft') = (opened_at IS NULL)", name=op.f("ck_panels_opened")),
        sa.CheckConstraint("(opened_at IS NULL) = (map_digest IS NULL)", name=op.f("ck_panels_sealed")),
        sa.CheckConstraint("NOT is_confirmed_by_second OR raters = 1", name=op.f("ck_panels_one_rates")),
        sa.CheckConstraint("denominator IN (1, 2, 4, 10)", name=op.f("ck_panels_denominator")),
        sa.CheckConstraint("raters >= 1", name=op.f("ck_panels_raters")),
        sa.ForeignKeyConstraint(["closed_by"], ["accounts.id"], name=op.f("fk_panels_closed_by_accounts")),
        sa.ForeignKeyConstraint(["created_by"], ["accounts.id"], name=op.f("fk_panels_created_by_accounts")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_panels_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["accounts.id"], name=op.f("fk_panels_opened_by_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panels")),
        sa.UniqueConstraint("examination_id", "component", name="uq_panels_component"),
    )
    op.create_table(
        "panel_criteria",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("panel_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("anchors", sa.JSON(none_as_null=True), nullable=False),
        sa.CheckConstraint("maximum >= 1", name=op.f("ck_panel_criteria_maximum")),
        sa.ForeignKeyConstraint(["panel_id"], ["panels.id"], name=op.f("fk_panel_criteria_panel_id_panels")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_criteria")),
        sa.UniqueConstraint("panel_id", "position", name="uq_panel_criteria_position"),
    )
    op.create_table(
        "panel_members",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("panel_id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("declared_at", Moment(), nullable=True),
        sa.Column("surnames", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("employers", sa.Text(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column("left_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(left_at IS NULL) = (left_reason IS NULL)", name=op.f("ck_panel_members_left_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_panel_members_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["accounts.id"], name=op.f("fk_panel_members_added_by_accounts")
        ),
        sa.ForeignKeyConstraint(["panel_id"], ["panels.id"], name=op.f("fk_panel_members_panel_id_panels")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_members")),
        sa.UniqueConstraint("panel_id", "account_id", name="uq_panel_members_account_id"),
    )
    op.create_index(op.f("ix_panel_members_account_id"), "panel_members", ["account_id"], unique=False)
    op.create_table(
        "scripts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("panel_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "marked", "absent", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("absence", sa.Text(), nullable=True),
        sa.Column("entered_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(state = 'absent') = (absence IS NOT NULL)", name=op.f("ck_scripts_absent_with_reason")
        ),
        sa.CheckConstraint("(state = 'marked') = (numerator IS NOT NULL)", name=op.f("ck_scripts_marked")),
        sa.CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name=op.f("ck_scripts_whole_mark")),
        sa.CheckConstraint("denominator IS NULL OR denominator >= 1", name=op.f("ck_scripts_denominator")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_scripts_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(["panel_id"], ["panels.id"], name=op.f("fk_scripts_panel_id_panels")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scripts")),
        sa.UniqueConstraint("panel_id", "candidate_id", name="uq_scripts_candidate_id"),
        sa.UniqueConstraint("panel_id", "code", name="uq_scripts_code"),
    )
    op.create_index(op.f("ix_scripts_candidate_id"), "scripts", ["candidate_id"], unique=False)
    op.create_index("ix_scripts_state", "scripts", ["panel_id", "state"], unique=False)
    op.create_table(
        "interview_slots",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("panel_id", sa.String(length=40), nullable=False),
        sa.Column("script_id", sa.String(length=40), nullable=True),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("invited_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "invited_at IS NULL OR script_id IS NOT NULL", name=op.f("ck_interview_slots_invited_somebody")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_interview_slots_minutes")),
        sa.ForeignKeyConstraint(["panel_id"], ["panels.id"], name=op.f("fk_interview_slots_panel_id_panels")),
        sa.ForeignKeyConstraint(
            ["script_id"], ["scripts.id"], name=op.f("fk_interview_slots_script_id_scripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slots")),
        sa.UniqueConstraint("panel_id", "starts_at", "place", name="uq_interview_slots_place"),
        sa.UniqueConstraint("script_id", name="uq_interview_slots_script_id"),
    )
    op.create_table(
        "panel_relations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "family",
                "household",
                "friend",
                "work",
                "business",
                "dispute",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "recused",
                "nobody",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("declared_at", Moment(), nullable=False),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at IS NULL)", name=op.f("ck_panel_relations_settled")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_members.id"], name=op.f("fk_panel_relations_member_id_panel_members")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["accounts.id"], name=op.f("fk_panel_relations_settled_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_relations")),
    )
    op.create_index(op.f("ix_panel_relations_member_id"), "panel_relations", ["member_id"], unique=False)
    op.create_table(
        "recusals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("script_id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column(
            "basis",
            sa.Enum(
                "named",
                "recognised",
                "surname_and_address",
                "employer",
                "complaint",
                "officer",
                name="basis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_recusals_made_by_accounts")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_members.id"], name=op.f("fk_recusals_member_id_panel_members")
        ),
        sa.ForeignKeyConstraint(["script_id"], ["scripts.id"], name=op.f("fk_recusals_script_id_scripts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusals")),
        sa.UniqueConstraint("script_id", "member_id", name="uq_recusals_member_id"),
    )
    op.create_index(op.f("ix_recusals_member_id"), "recusals", ["member_id"], unique=False)
    op.create_table(
        "script_assignments",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("script_id", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.String(length=40), nullable=False),
        sa.Column(
            "turn",
            sa.Enum("first", "further", name="turn", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "submitted",
                "recused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("assigned_at", Moment(), nullable=False),
        sa.Column("rated_by", sa.String(length=40), nullable=True),
        sa.Column("submitted_at", Moment(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=40), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("returned", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state <> 'submitted' OR points IS NOT NULL",
            name=op.f("ck_script_assignments_submitted_has_points"),
        ),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)",
            name=op.f("ck_script_assignments_confirmed_dated"),
        ),
        sa.CheckConstraint(
            "(points IS NULL) = (rated_by IS NULL)", name=op.f("ck_script_assignments_rated_by_someone")
        ),
        sa.CheckConstraint(
            "(points IS NULL) = (submitted_at IS NULL)", name=op.f("ck_script_assignments_submitted_dated")
        ),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> rated_by", name=op.f("ck_script_assignments_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["accounts.id"], name=op.f("fk_script_assignments_confirmed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["panel_members.id"], name=op.f("fk_script_assignments_member_id_panel_members")
        ),
        sa.ForeignKeyConstraint(
            ["rated_by"], ["accounts.id"], name=op.f("fk_script_assignments_rated_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["script_id"], ["scripts.id"], name=op.f("fk_script_assignments_script_id_scripts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script_assignments")),
        sa.UniqueConstraint("script_id", "member_id", name="uq_script_assignments_member_id"),
    )
    op.create_index(
        "ix_script_assignments_member", "script_assignments", ["member_id", "state", "id"], unique=False
    )
    op.create_table(
        "script_files",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("script_id", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.String(length=40), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.Column("removed_by", sa.String(length=40), nullable=True),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["accounts.id"], name=op.f("fk_script_files_removed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["script_id"], ["scripts.id"], name=op.f("fk_script_files_script_id_scripts")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["accounts.id"], name=op.f("fk_script_files_uploaded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script_files")),
    )
    op.create_index(op.f("ix_script_files_script_id"), "script_files", ["script_id"], unique=False)
    op.create_table(
        "mark_corrections",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("assignment_id", sa.String(length=40), nullable=False),
        sa.Column("criterion_id", sa.String(length=40), nullable=False),
        sa.Column("units_before", sa.Integer(), nullable=False),
        sa.Column("units_after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "confirmed",
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
            "(state = 'proposed') = (decided_by IS NULL)", name=op.f("ck_mark_corrections_decided")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_mark_corrections_decided_dated")
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_mark_corrections_two_people")
        ),
        sa.CheckConstraint("units_before <> units_after", name=op.f("ck_mark_corrections_changes")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["script_assignments.id"],
            name=op.f("fk_mark_corrections_assignment_id_script_assignments"),
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["panel_criteria.id"],
            name=op.f("fk_mark_corrections_criterion_id_panel_criteria"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_mark_corrections_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_mark_corrections_proposed_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_corrections")),
    )
    op.create_index(
        "uq_mark_corrections_proposed",
        "mark_corrections",
        ["assignment_id", "criterion_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_table(
        "script_marks",
        sa.Column("assignment_id", sa.String(length=40), nullable=False),
        sa.Column("criterion_id", sa.String(length=40), nullable=False),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.CheckConstraint("units IS NULL OR units >= 0", name=op.f("ck_script_marks_units")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["script_assignments.id"],
            name=op.f("fk_script_marks_assignment_id_script_assignments"),
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["panel_criteria.id"], name=op.f("fk_script_marks_criterion_id_panel_criteria")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "criterion_id", name=op.f("pk_script_marks")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("script_marks")
    op.drop_index(
        "uq_mark_corrections_proposed",
        table_name="mark_corrections",
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.drop_table("mark_corrections")
    op.drop_index(op.f("ix_script_files_script_id"), table_name="script_files")
    op.drop_table("script_files")
    op.drop_index("ix_script_assignments_member", table_name="script_assignments")
    op.drop_table("script_assignments")
    op.drop_index(op.f("ix_recusals_member_id"), table_name="recusals")
    op.drop_table("recusals")
    op.drop_index(op.f("ix_panel_relations_member_id"), table_name="panel_relations")
    op.drop_table("panel_relations")
    op.drop_table("interview_slots")
    op.drop_index("ix_scripts_state", table_name="scripts")
    op.drop_index(op.f("ix_scripts_candidate_id"), table_name="scripts")
    op.drop_table("scripts")
    op.drop_index(op.f("ix_panel_members_account_id"), table_name="panel_members")
    op.drop_table("panel_members")
    op.drop_table("panel_criteria")
    op.drop_table("panels")
    op.execute("DELETE FROM role_grants WHERE role = 'rater'")
    _admit_roles(_ROLES)


def _admit_roles(roles: list[str]) -> None:
    listed = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table("role_grants") as batch:
        batch.drop_constraint(op.f("ck_role_grants_role"), type_="check")
        batch.create_check_constraint(op.f("ck_role_grants_role"), sa.text(f"role IN ({listed})"))
