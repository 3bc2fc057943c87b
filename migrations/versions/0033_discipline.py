"""The whole of a disciplinary case: investigation, delivery, reply, decision, appeal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

STATES = ("draft", "proposed", "withdrawn")
NEW_STATES = ("delivered", "decided", "carried_out", "appealed", "closed")


def upgrade() -> None:
    """Make the tables; cases that stand ran under the federal rulebook, by the procedure of their action."""
    op.create_table(
        "discipline_regimes",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_discipline_regimes_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["set_by"], ["accounts.id"], name=op.f("fk_discipline_regimes_set_by_accounts")
        ),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_discipline_regimes")),
    )
    op.create_table(
        "allegations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("employee_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "supervisor",
                "colleague",
                "public",
                "audit",
                "anonymous",
                "other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(length=4000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "investigated",
                "reported",
                "closed",
                "led_to_case",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column("investigator_id", sa.String(length=40), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("plan", sa.String(length=4000), nullable=False),
        sa.Column("findings", sa.String(length=10000), nullable=False),
        sa.Column("reported_at", Moment(), nullable=True),
        sa.Column("closing_reason", sa.String(length=4000), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closing_reason IS NOT NULL)",
            name=op.f("ck_allegations_closed_iff_reasoned"),
        ),
        sa.CheckConstraint(
            "(state IN ('closed', 'led_to_case')) = (ended_at IS NOT NULL)",
            name=op.f("ck_allegations_ended_iff_dated"),
        ),
        sa.CheckConstraint(
            "state IN ('received', 'closed') OR investigator_id IS NOT NULL",
            name=op.f("ck_allegations_investigator_named"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('reported', 'led_to_case') OR findings <> ''",
            name=op.f("ck_allegations_findings_stand"),
        ),
        sa.CheckConstraint("due_on >= received_on", name=op.f("ck_allegations_due_after_receipt")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_allegations_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employees.id"], name=op.f("fk_allegations_employee_id_employees")
        ),
        sa.ForeignKeyConstraint(["ended_by"], ["accounts.id"], name=op.f("fk_allegations_ended_by_accounts")),
        sa.ForeignKeyConstraint(
            ["investigator_id"], ["accounts.id"], name=op.f("fk_allegations_investigator_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_allegations_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allegations")),
        sa.UniqueConstraint("number", name="uq_allegations_number"),
    )
    op.create_index("ix_allegations_agency", "allegations", ["agency_id", "recorded_at", "id"], unique=False)
    op.create_index("ix_allegations_employee", "allegations", ["employee_id"], unique=False)
    op.create_index("ix_allegations_investigator", "allegations", ["investigator_id", "state"], unique=False)
    op.create_table(
        "allegation_files",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("allegation_id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_allegation_files_size")),
        sa.ForeignKeyConstraint(
            ["added_by"], ["accounts.id"], name=op.f("fk_allegation_files_added_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["allegation_id"], ["allegations.id"], name=op.f("fk_allegation_files_allegation_id_allegations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allegation_files")),
        sa.UniqueConstraint("allegation_id", "digest", name="uq_allegation_files_digest"),
    )
    op.create_table(
        "allegation_interviews",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("allegation_id", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=4000), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["allegation_id"],
            ["allegations.id"],
            name=op.f("fk_allegation_interviews_allegation_id_allegations"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_allegation_interviews_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allegation_interviews")),
    )
    op.create_index(
        "ix_allegation_interviews_allegation",
        "allegation_interviews",
        ["allegation_id", "held_on", "id"],
        unique=False,
    )
    op.create_table(
        "case_appeals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column(
            "forum",
            sa.Enum(
                "board",
                "grievance",
                "commission",
                "court",
                name="forum",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("docket", sa.String(length=100), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "sustained",
                "mitigated",
                "reversed",
                "dismissed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "action",
            sa.Enum(
                "reprimand",
                "suspension",
                "long_suspension",
                "demotion",
                "removal",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.String(length=4000), nullable=False),
        sa.Column("remedy", sa.String(length=4000), nullable=False),
        sa.Column("remedied_by", sa.String(length=40), nullable=True),
        sa.Column("remedied_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "coalesce(outcome, '') = 'mitigated' OR action IS NULL",
            name=op.f("ck_case_appeals_lighter_iff_mitigated"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (decided_on IS NULL)", name=op.f("ck_case_appeals_outcome_iff_dated")
        ),
        sa.CheckConstraint("decided_on >= filed_on", name=op.f("ck_case_appeals_decided_after_filing")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["disciplinary_cases.id"], name=op.f("fk_case_appeals_case_id_disciplinary_cases")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_case_appeals_recorded_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["remedied_by"], ["accounts.id"], name=op.f("fk_case_appeals_remedied_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_appeals")),
        sa.UniqueConstraint("case_id", name="uq_case_appeals_case_id"),
    )
    op.create_table(
        "case_decisions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "reprimand",
                "suspension",
                "long_suspension",
                "demotion",
                "removal",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("reasons", sa.String(length=10000), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decided_at", Moment(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("notice_id", sa.String(length=40), nullable=False),
        sa.Column("carried_out_by", sa.String(length=40), nullable=True),
        sa.Column("carried_out_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN action = 'suspension' THEN coalesce(days, 0) BETWEEN 1 AND 14 WHEN action = 'long_suspension' THEN coalesce(days, 0) > 14 ELSE days IS NULL END",
            name=op.f("ck_case_decisions_days_fit_action"),
        ),
        sa.CheckConstraint(
            "(action IS NULL) = (effective_on IS NULL)", name=op.f("ck_case_decisions_effect_iff_action")
        ),
        sa.ForeignKeyConstraint(
            ["carried_out_by"], ["accounts.id"], name=op.f("fk_case_decisions_carried_out_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["disciplinary_cases.id"], name=op.f("fk_case_decisions_case_id_disciplinary_cases")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_case_decisions_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notices.id"], name=op.f("fk_case_decisions_notice_id_notices")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_decisions")),
        sa.UniqueConstraint("case_id", name="uq_case_decisions_case_id"),
    )
    op.create_table(
        "case_deliveries",
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "in_person",
                "courier",
                "registered_mail",
                "electronic",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("delivered_by", sa.String(length=200), nullable=False),
        sa.Column("proof", sa.String(length=1000), nullable=False),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["disciplinary_cases.id"], name=op.f("fk_case_deliveries_case_id_disciplinary_cases")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_case_deliveries_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_deliveries")),
    )
    op.create_table(
        "case_files",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "evidence",
                "delivery",
                "reply",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_by", sa.String(length=40), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_case_files_size")),
        sa.ForeignKeyConstraint(["added_by"], ["accounts.id"], name=op.f("fk_case_files_added_by_accounts")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["disciplinary_cases.id"], name=op.f("fk_case_files_case_id_disciplinary_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_files")),
        sa.UniqueConstraint("case_id", "purpose", "digest", name="uq_case_files_digest"),
    )
    op.create_table(
        "case_replies",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "written",
                "oral",
                "hearing",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=10000), nullable=False),
        sa.Column("heard_by_name", sa.String(length=200), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=False),
        sa.Column("recorded_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'written') = (heard_by_name IS NULL)", name=op.f("ck_case_replies_heard_iff_spoken")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["disciplinary_cases.id"], name=op.f("fk_case_replies_case_id_disciplinary_cases")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_case_replies_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_replies")),
    )
    op.create_index("ix_case_replies_case", "case_replies", ["case_id", "given_on", "id"], unique=False)
    op.create_table(
        "case_representatives",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "named",
                "refused",
                "replaced",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("named_by", sa.String(length=40), nullable=False),
        sa.Column("named_at", Moment(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "conflict_of_interest",
                "conflict_of_position",
                "priority_needs",
                "unreasonable_costs",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("refusal", sa.String(length=2000), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'refused') = (ground IS NOT NULL)",
            name=op.f("ck_case_representatives_refused_iff_grounded"),
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal IS NOT NULL)",
            name=op.f("ck_case_representatives_refused_iff_reasoned"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["disciplinary_cases.id"],
            name=op.f("fk_case_representatives_case_id_disciplinary_cases"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["accounts.id"], name=op.f("fk_case_representatives_ended_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["named_by"], ["accounts.id"], name=op.f("fk_case_representatives_named_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_representatives")),
    )
    op.create_index(
        "uq_case_representatives_named",
        "case_representatives",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("state = 'named'"),
        postgresql_where=sa.text("state = 'named'"),
    )
    op.create_table(
        "penalty_factors",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "proposal", "decision", name="stage", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("factor", sa.Integer(), nullable=False),
        sa.Column(
            "weight",
            sa.Enum(
                "aggravating",
                "mitigating",
                "neutral",
                name="weight",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("answered_at", Moment(), nullable=False),
        sa.CheckConstraint("answer <> ''", name=op.f("ck_penalty_factors_answered")),
        sa.CheckConstraint("factor BETWEEN 1 AND 12", name=op.f("ck_penalty_factors_twelve")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["accounts.id"], name=op.f("fk_penalty_factors_answered_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["disciplinary_cases.id"], name=op.f("fk_penalty_factors_case_id_disciplinary_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_factors")),
        sa.UniqueConstraint("case_id", "stage", "factor", name="uq_penalty_factors_factor"),
    )
    op.create_table(
        "reply_extensions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("was_due_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "agreed",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL)", name=op.f("ck_reply_extensions_decided_iff_dated")
        ),
        sa.CheckConstraint("until_on > was_due_on", name=op.f("ck_reply_extensions_longer")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_reply_extensions_asked_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["disciplinary_cases.id"],
            name=op.f("fk_reply_extensions_case_id_disciplinary_cases"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_reply_extensions_decided_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_extensions")),
    )
    op.create_index(
        "uq_reply_extensions_asked",
        "reply_extensions",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "case_findings",
        sa.Column("decision_id", sa.String(length=40), nullable=False),
        sa.Column("charge_id", sa.String(length=40), nullable=False),
        sa.Column("specification", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_sustained", sa.Boolean(), nullable=False),
        sa.CheckConstraint("specification >= 1", name=op.f("ck_case_findings_numbered")),
        sa.ForeignKeyConstraint(
            ["charge_id"], ["charges.id"], name=op.f("fk_case_findings_charge_id_charges")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["case_decisions.id"], name=op.f("fk_case_findings_decision_id_case_decisions")
        ),
        sa.PrimaryKeyConstraint("decision_id", "charge_id", "specification", name=op.f("pk_case_findings")),
    )
    with op.batch_alter_table("disciplinary_cases") as batch:
        batch.add_column(sa.Column("regime", sa.String(length=40), nullable=False, server_default="federal"))
        batch.add_column(
            sa.Column("procedure", sa.String(length=40), nullable=False, server_default="adverse-action")
        )
        batch.add_column(sa.Column("allegation_id", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("effective_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("closed_at", Moment(), nullable=True))
        batch.add_column(sa.Column("closing_note", sa.String(length=2000), nullable=True))
        batch.add_column(sa.Column("retained_until", sa.Date(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_disciplinary_cases_allegation_id_allegations"),
            "allegations",
            ["allegation_id"],
            ["id"],
        )
        batch.create_check_constraint(
            "closed_iff_dated", sa.text("(state = 'closed') = (closed_at IS NOT NULL)")
        )
        batch.create_check_constraint(
            "closed_iff_retained", sa.text("(closed_at IS NULL) = (retained_until IS NULL)")
        )
    op.execute("UPDATE disciplinary_cases SET procedure = 'reprimand' WHERE action = 'reprimand'")
    op.execute("UPDATE disciplinary_cases SET procedure = 'short-suspension' WHERE action = 'suspension'")
    with op.batch_alter_table("disciplinary_cases") as batch:
        batch.alter_column("regime", server_default=None)
        batch.alter_column("procedure", server_default=None)
    _admit((*STATES, *NEW_STATES))


def downgrade() -> None:
    """Remove them; what came after a proposal is forgotten."""
    op.execute(
        "UPDATE disciplinary_cases SET state = 'proposed', closed_at = NULL, retained_until = NULL"
        " WHERE state IN ('delivered', 'decided', 'carried_out', 'appealed', 'closed')"
    )
    _admit(STATES)
    with op.batch_alter_table("disciplinary_cases") as batch:
        batch.drop_constraint("closed_iff_dated", type_="check")
        batch.drop_constraint("closed_iff_retained", type_="check")
        batch.drop_constraint(op.f("fk_disciplinary_cases_allegation_id_allegations"), type_="foreignkey")
        for column in (
            "retained_until",
            "closing_note",
            "closed_at",
            "effective_on",
            "allegation_id",
            "procedure",
            "regime",
        ):
            batch.drop_column(column)
    op.drop_table("case_findings")
    op.drop_index(
        "uq_reply_extensions_asked",
        table_name="reply_extensions",
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.drop_table("reply_extensions")
    op.drop_table("penalty_factors")
    op.drop_index(
        "uq_case_representatives_named",
        table_name="case_representatives",
        sqlite_where=sa.text("state = 'named'"),
        postgresql_where=sa.text("state = 'named'"),
    )
    op.drop_table("case_representatives")
    op.drop_index("ix_case_replies_case", table_name="case_replies")
    op.drop_table("case_replies")
    op.drop_table("case_files")
    op.drop_table("case_deliveries")
    op.drop_table("case_decisions")
    op.drop_table("case_appeals")
    op.drop_index("ix_allegation_interviews_allegation", table_name="allegation_interviews")
    op.drop_table("allegation_interviews")
    op.drop_table("allegation_files")
    op.drop_index("ix_allegations_investigator", table_name="allegations")
    op.drop_index("ix_allegations_employee", table_name="allegations")
    op.drop_index("ix_allegations_agency", table_name="allegations")
    op.drop_table("allegations")
    op.drop_table("discipline_regimes")


def _admit(states: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("disciplinary_cases") as batch:
        batch.drop_constraint(op.f("ck_disciplinary_cases_state"), type_="check")
        batch.create_check_constraint(op.f("ck_disciplinary_cases_state"), sa.text(f"state IN ({listed})"))
