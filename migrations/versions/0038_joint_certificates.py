"""Certificates from several lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import JsonObject, Moment

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('drafted', 'issued')")


def upgrade() -> None:
    """Make the tables; a requisition may have one open certificate from each list."""
    op.drop_index("uq_certificates_open", table_name="certificates")
    op.create_index(
        "uq_certificates_open",
        "certificates",
        ["requisition_id", "merit_list_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "joint_requests",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("requisition_id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("order", sa.String(length=40), nullable=False),
        sa.Column("vacancies", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.CheckConstraint("vacancies >= 2", name=op.f("ck_joint_requests_vacancies")),
        sa.ForeignKeyConstraint(
            ["requisition_id"],
            ["requisitions.id"],
            name=op.f("fk_joint_requests_requisition_id_requisitions"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_joint_requests_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_joint_requests_asked_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_requests")),
    )
    op.create_index(op.f("ix_joint_requests_requisition_id"), "joint_requests", ["requisition_id"])
    op.create_index(op.f("ix_joint_requests_agency_id"), "joint_requests", ["agency_id"])
    op.create_table(
        "joint_parts",
        sa.Column("certificate_id", sa.String(length=40), nullable=False),
        sa.Column("joint_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("available", sa.Integer(), nullable=False),
        sa.Column("elsewhere", JsonObject, nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_joint_parts_place")),
        sa.CheckConstraint("available >= 1", name=op.f("ck_joint_parts_available")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_joint_parts_certificate_id_certificates")
        ),
        sa.ForeignKeyConstraint(
            ["joint_id"], ["joint_requests.id"], name=op.f("fk_joint_parts_joint_id_joint_requests")
        ),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_joint_parts")),
        sa.UniqueConstraint("joint_id", "place", name="uq_joint_parts_place"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("joint_parts")
    op.drop_table("joint_requests")
    op.drop_index("uq_certificates_open", table_name="certificates")
    op.create_index(
        "uq_certificates_open",
        "certificates",
        ["requisition_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
