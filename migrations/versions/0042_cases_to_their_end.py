"""How a case is closed, and when its decision reached the person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

STATES = (
    "draft", "proposed", "delivered", "decided", "carried_out", "appealed", "closed", "withdrawn",
)  # fmt: skip
OPEN = sa.text("state IN ('proposed', 'approved')")


def upgrade() -> None:
    """Make the tables and columns; whoever was ever named to investigate is read from the trail."""
    op.create_table(
        "allegation_investigators",
        sa.Column("allegation_id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("named_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_allegation_investigators_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["allegation_id"],
            ["allegations.id"],
            name=op.f("fk_allegation_investigators_allegation_id_allegations"),
        ),
        sa.PrimaryKeyConstraint("allegation_id", "account_id", name=op.f("pk_allegation_investigators")),
    )
    op.create_index("ix_allegation_investigators_account", "allegation_investigators", ["account_id"])
    _read_investigators()
    op.create_table(
        "decision_deliveries",
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
            ["case_id"],
            ["disciplinary_cases.id"],
            name=op.f("fk_decision_deliveries_case_id_disciplinary_cases"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_decision_deliveries_recorded_by_accounts")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_decision_deliveries")),
    )
    _make_purges()
    _add_to_decisions()
    with op.batch_alter_table("case_appeals") as batch:
        batch.add_column(sa.Column("back_pay_from", sa.Date(), nullable=True))
        batch.add_column(sa.Column("back_pay_to", sa.Date(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_case_appeals_back_pay_is_a_time"),
            "(back_pay_from IS NULL) = (back_pay_to IS NULL)"
            " AND (back_pay_to IS NULL OR remedied_at IS NOT NULL)"
            " AND coalesce(back_pay_from <= back_pay_to, 1 = 1)",
        )
    with op.batch_alter_table("disciplinary_cases") as batch:
        batch.add_column(sa.Column("purged_at", Moment(), nullable=True))
        batch.create_check_constraint(
            op.f("ck_disciplinary_cases_purged_after_its_end"),
            "purged_at IS NULL OR state IN ('closed', 'withdrawn')",
        )
    _admit((*STATES, "not_entered"))


def downgrade() -> None:
    """Remove them; what could not be entered is decided again."""
    op.execute("UPDATE disciplinary_cases SET state = 'decided' WHERE state = 'not_entered'")
    _admit(STATES)
    with op.batch_alter_table("disciplinary_cases") as batch:
        batch.drop_constraint(op.f("ck_disciplinary_cases_purged_after_its_end"), type_="check")
        batch.drop_column("purged_at")
    with op.batch_alter_table("case_appeals") as batch:
        batch.drop_constraint(op.f("ck_case_appeals_back_pay_is_a_time"), type_="check")
        batch.drop_column("back_pay_to")
        batch.drop_column("back_pay_from")
    with op.batch_alter_table("case_decisions") as batch:
        batch.drop_constraint(op.f("ck_case_decisions_entered_or_not"), type_="check")
        batch.drop_constraint(op.f("ck_case_decisions_not_entered_is_whole"), type_="check")
        batch.drop_constraint(op.f("fk_case_decisions_not_entered_by_accounts"), type_="foreignkey")
        for column in ("refusal", "not_entered_reason", "not_entered_at", "not_entered_by"):
            batch.drop_column(column)
    op.drop_index("uq_case_purges_open", table_name="case_purges", sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_index("ix_case_purges_state", table_name="case_purges")
    op.drop_table("case_purges")
    op.drop_table("decision_deliveries")
    op.drop_index("ix_allegation_investigators_account", table_name="allegation_investigators")
    op.drop_table("allegation_investigators")


def _add_to_decisions() -> None:
    with op.batch_alter_table("case_decisions") as batch:
        batch.add_column(sa.Column("not_entered_by", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("not_entered_at", Moment(), nullable=True))
        batch.add_column(sa.Column("not_entered_reason", sa.String(length=2000), nullable=True))
        batch.add_column(sa.Column("refusal", sa.String(length=1000), nullable=True))
        batch.create_foreign_key(
            op.f("fk_case_decisions_not_entered_by_accounts"), "accounts", ["not_entered_by"], ["id"]
        )
        batch.create_check_constraint(
            op.f("ck_case_decisions_not_entered_is_whole"),
            "(not_entered_at IS NULL) = (not_entered_reason IS NULL)"
            " AND (not_entered_at IS NULL) = (not_entered_by IS NULL)"
            " AND (not_entered_at IS NULL) = (refusal IS NULL)",
        )
        batch.create_check_constraint(
            op.f("ck_case_decisions_entered_or_not"), "carried_out_at IS NULL OR not_entered_at IS NULL"
        )


def _make_purges() -> None:
    op.create_table(
        "case_purges",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "approved",
                "carried_out",
                "sent_back",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cutoff_on", sa.Date(), nullable=False),
        sa.Column("law", sa.String(length=600), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("ids_digest", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("proposal_reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.CheckConstraint("cases > 0", name=op.f("ck_case_purges_cases")),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("ck_case_purges_two_people")),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("ck_case_purges_decided")
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'carried_out') OR decided_by IS NOT NULL",
            name=op.f("ck_case_purges_approved"),
        ),
        sa.CheckConstraint(
            "(state = 'carried_out') = (done_at IS NOT NULL)", name=op.f("ck_case_purges_done")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_case_purges_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_case_purges_proposed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_case_purges_decided_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_purges")),
    )
    op.create_index("ix_case_purges_state", "case_purges", ["state", "proposed_at", "id"])
    op.create_index(
        "uq_case_purges_open",
        "case_purges",
        ["agency_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _read_investigators() -> None:
    """Name whoever investigates now, and whom the trail names as having been asked before."""
    moment = Moment()
    found = sa.table(
        "allegations", sa.column("id"), sa.column("investigator_id"), sa.column("recorded_at", moment)
    )
    named = sa.table(
        "allegation_investigators",
        sa.column("allegation_id"),
        sa.column("account_id"),
        sa.column("named_at", moment),
    )
    events = sa.table(
        "audit_events",
        sa.column("subject"),
        sa.column("action"),
        sa.column("details", sa.JSON()),
        sa.column("at", moment),
    )
    accounts = sa.table("accounts", sa.column("id"))
    connection = op.get_bind()
    known = set(connection.scalars(sa.select(accounts.c.id)))
    rows: dict[tuple[str, str], object] = {}
    assigned = sa.select(events).where(events.c.action == "personnel.allegations.assign")
    for event in connection.execute(assigned.order_by(events.c.at)):
        who = (event.details or {}).get("investigator")
        if who in known:
            rows.setdefault((event.subject, who), event.at)
    standing = set(connection.scalars(sa.select(found.c.id)))
    for row in connection.execute(sa.select(found).where(found.c.investigator_id.is_not(None))):
        rows.setdefault((row.id, row.investigator_id), row.recorded_at)
    for (allegation, account), at in rows.items():
        if allegation in standing:
            connection.execute(
                named.insert().values(allegation_id=allegation, account_id=account, named_at=at)
            )


def _admit(states: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("disciplinary_cases") as batch:
        batch.drop_constraint(op.f("ck_disciplinary_cases_state"), type_="check")
        batch.create_check_constraint(op.f("ck_disciplinary_cases_state"), sa.text(f"state IN ({listed})"))
