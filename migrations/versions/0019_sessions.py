"""Sessions: centres, rooms, seats, attendance and incidents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_ATTENDANCE = ("expected", "present", "absent")


def upgrade() -> None:
    """Make the tables, and admit candidates who are excused."""
    _admit((*_ATTENDANCE, "excused"))
    op.create_table(
        "centres",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("latitude", sa.Integer(), nullable=True),
        sa.Column("longitude", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_centres_whole_place")),
        sa.CheckConstraint(
            "latitude IS NULL OR (latitude BETWEEN -90000000 AND 90000000 AND longitude BETWEEN -180000000 AND 180000000)",
            name=op.f("ck_centres_on_earth"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_centres_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centres")),
        sa.UniqueConstraint("agency_id", "code", name="uq_centres_code"),
    )
    op.create_table(
        "photographs",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", Moment(), nullable=False),
        sa.Column("removed_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_photographs_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photographs")),
    )
    op.create_index(op.f("ix_photographs_account_id"), "photographs", ["account_id"], unique=False)
    op.create_index(
        "uq_photographs_live",
        "photographs",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "postcode_places",
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("postcode", sa.String(length=20), nullable=False),
        sa.Column("latitude", sa.Integer(), nullable=False),
        sa.Column("longitude", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "latitude BETWEEN -90000000 AND 90000000 AND longitude BETWEEN -180000000 AND 180000000",
            name=op.f("ck_postcode_places_on_earth"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_postcode_places_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("agency_id", "postcode", name=op.f("pk_postcode_places")),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("centre_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("directions", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seats_per_row", sa.Integer(), nullable=False),
        sa.Column("accessible_seats", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("accessible_seats BETWEEN 0 AND capacity", name=op.f("ck_rooms_accessible_seats")),
        sa.CheckConstraint("capacity BETWEEN 1 AND 2000", name=op.f("ck_rooms_capacity")),
        sa.CheckConstraint("seats_per_row BETWEEN 1 AND 60", name=op.f("ck_rooms_seats_per_row")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_rooms_centre_id_centres")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("centre_id", "code", name="uq_rooms_code"),
    )
    op.create_table(
        "exam_shifts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("doors_open_at", Moment(), nullable=False),
        sa.Column("doors_close_at", Moment(), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.CheckConstraint("doors_close_at <= starts_at", name=op.f("ck_exam_shifts_doors_close_first")),
        sa.CheckConstraint("doors_open_at < doors_close_at", name=op.f("ck_exam_shifts_doors_open_first")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_exam_shifts_starts_first")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_exam_shifts_examination_id_examinations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_shifts")),
        sa.UniqueConstraint("examination_id", "name", name="uq_exam_shifts_name"),
    )
    op.create_table(
        "seating_plans",
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("wishes_until", Moment(), nullable=True),
        sa.Column("bring", sa.Text(), nullable=False),
        sa.Column("seed", sa.String(length=200), nullable=True),
        sa.Column("inputs_digest", sa.String(length=64), nullable=True),
        sa.Column("seats_digest", sa.String(length=64), nullable=True),
        sa.Column("fixed_by", sa.String(length=40), nullable=True),
        sa.Column("fixed_at", Moment(), nullable=True),
        sa.Column("released_by", sa.String(length=40), nullable=True),
        sa.Column("released_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(fixed_at IS NULL) = (seed IS NULL) AND (fixed_at IS NULL) = (inputs_digest IS NULL) AND (fixed_at IS NULL) = (seats_digest IS NULL)",
            name=op.f("ck_seating_plans_fixed_whole"),
        ),
        sa.CheckConstraint(
            "released_at IS NULL OR fixed_at IS NOT NULL", name=op.f("ck_seating_plans_fixed_before_released")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_seating_plans_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["fixed_by"], ["accounts.id"], name=op.f("fk_seating_plans_fixed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["accounts.id"], name=op.f("fk_seating_plans_released_by_accounts")
        ),
        sa.PrimaryKeyConstraint("examination_id", name=op.f("pk_seating_plans")),
    )
    op.create_table(
        "accommodations",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column(
            "need",
            sa.Enum(
                "extra_time",
                "accessible_seat",
                "reader",
                "own_room",
                name="need",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=True),
        sa.Column("document_name", sa.String(length=200), nullable=True),
        sa.Column("document_type", sa.String(length=100), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "granted",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_at", Moment(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(need = 'extra_time' AND state = 'granted') = (extra_minutes IS NOT NULL)",
            name=op.f("ck_accommodations_minutes"),
        ),
        sa.CheckConstraint(
            "(state IN ('granted', 'refused')) = (decided_at IS NOT NULL)",
            name=op.f("ck_accommodations_decided"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL)", name=op.f("ck_accommodations_decided_by_someone")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (reason IS NULL)", name=op.f("ck_accommodations_decided_with_reason")
        ),
        sa.CheckConstraint(
            "(document_digest IS NULL) = (document_name IS NULL)",
            name=op.f("ck_accommodations_document_has_name"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_accommodations_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_accommodations_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_accommodations_examination_id_examinations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accommodations")),
        sa.UniqueConstraint("candidate_id", "need", name="uq_accommodations_need"),
    )
    op.create_index(
        "ix_accommodations_examination",
        "accommodations",
        ["examination_id", "state", "requested_at", "id"],
        unique=False,
    )
    op.create_table(
        "attendance_marks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum(
                "expected",
                "present",
                "absent",
                "excused",
                name="attendance",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum(
                "scan",
                "typed",
                "list",
                "file",
                "correction",
                "resit",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("arrived_at", Moment(), nullable=True),
        sa.Column("marked_by", sa.String(length=40), nullable=True),
        sa.Column("marked_at", Moment(), nullable=False),
        sa.CheckConstraint(
            "arrived_at IS NULL OR attendance = 'present'",
            name=op.f("ck_attendance_marks_arrived_is_present"),
        ),
        sa.CheckConstraint(
            "way <> 'correction' OR reason IS NOT NULL",
            name=op.f("ck_attendance_marks_corrected_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_attendance_marks_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["marked_by"], ["accounts.id"], name=op.f("fk_attendance_marks_marked_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_marks")),
    )
    op.create_index(
        "ix_attendance_marks_candidate", "attendance_marks", ["candidate_id", "marked_at", "id"], unique=False
    )
    op.create_table(
        "centre_wishes",
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.String(length=40), nullable=False),
        sa.Column("named_at", Moment(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_centre_wishes_position")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_centre_wishes_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["centres.id"], name=op.f("fk_centre_wishes_centre_id_centres")
        ),
        sa.PrimaryKeyConstraint("candidate_id", "position", name=op.f("pk_centre_wishes")),
        sa.UniqueConstraint("candidate_id", "centre_id", name="uq_centre_wishes_centre"),
    )
    op.create_table(
        "exam_sessions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("shift_id", sa.String(length=40), nullable=False),
        sa.Column("room_id", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("is_apart", sa.Boolean(), nullable=False),
        sa.CheckConstraint("capacity >= 1", name=op.f("ck_exam_sessions_capacity")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_exam_sessions_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_exam_sessions_room_id_rooms")),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["exam_shifts.id"], name=op.f("fk_exam_sessions_shift_id_exam_shifts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_sessions")),
        sa.UniqueConstraint("shift_id", "room_id", name="uq_exam_sessions_room"),
    )
    op.create_index(
        op.f("ix_exam_sessions_examination_id"), "exam_sessions", ["examination_id"], unique=False
    )
    op.create_index(op.f("ix_exam_sessions_room_id"), "exam_sessions", ["room_id"], unique=False)
    op.create_table(
        "identity_doubts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "cleared",
                "confirmed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("raised_by", sa.String(length=40), nullable=True),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("finding", sa.String(length=1000), nullable=True),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at IS NULL)", name=op.f("ck_identity_doubts_settled")
        ),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (finding IS NULL)", name=op.f("ck_identity_doubts_settled_with_finding")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_identity_doubts_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["raised_by"], ["accounts.id"], name=op.f("fk_identity_doubts_raised_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["accounts.id"], name=op.f("fk_identity_doubts_settled_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_doubts")),
    )
    op.create_index(
        op.f("ix_identity_doubts_candidate_id"), "identity_doubts", ["candidate_id"], unique=False
    )
    op.create_index(
        "uq_identity_doubts_open",
        "identity_doubts",
        ["candidate_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "power_cut",
                "late_start",
                "disturbance",
                "suspected_copying",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_at", Moment(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reported",
                "proposed",
                "decided",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reported_by", sa.String(length=40), nullable=True),
        sa.Column("reported_at", Moment(), nullable=False),
        sa.Column(
            "remedy",
            sa.Enum(
                "none",
                "extra_time",
                "resit",
                name="remedy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("proposed_by", sa.String(length=40), nullable=True),
        sa.Column("proposed_at", Moment(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(state = 'decided') = (decided_at IS NOT NULL)", name=op.f("ck_incidents_decided")
        ),
        sa.CheckConstraint(
            "state = 'reported' OR (remedy IS NOT NULL AND proposal IS NOT NULL AND proposed_at IS NOT NULL)",
            name=op.f("ck_incidents_proposed"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by <> proposed_by", name=op.f("ck_incidents_two_people")
        ),
        sa.CheckConstraint("minutes IS NULL OR minutes >= 1", name=op.f("ck_incidents_minutes")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_incidents_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_incidents_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["accounts.id"], name=op.f("fk_incidents_proposed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["reported_by"], ["accounts.id"], name=op.f("fk_incidents_reported_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["exam_sessions.id"], name=op.f("fk_incidents_session_id_exam_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(
        "ix_incidents_examination",
        "incidents",
        ["examination_id", "state", "happened_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_incidents_session_id"), "incidents", ["session_id"], unique=False)
    op.create_table(
        "seat_moves",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("from_session_id", sa.String(length=40), nullable=True),
        sa.Column("from_place", sa.Integer(), nullable=True),
        sa.Column("to_session_id", sa.String(length=40), nullable=False),
        sa.Column("to_place", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("moved_by", sa.String(length=40), nullable=True),
        sa.Column("moved_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_seat_moves_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["from_session_id"],
            ["exam_sessions.id"],
            name=op.f("fk_seat_moves_from_session_id_exam_sessions"),
        ),
        sa.ForeignKeyConstraint(["moved_by"], ["accounts.id"], name=op.f("fk_seat_moves_moved_by_accounts")),
        sa.ForeignKeyConstraint(
            ["to_session_id"], ["exam_sessions.id"], name=op.f("fk_seat_moves_to_session_id_exam_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_moves")),
    )
    op.create_index("ix_seat_moves_candidate", "seat_moves", ["candidate_id", "moved_at"], unique=False)
    op.create_table(
        "seats",
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("assigned_at", Moment(), nullable=False),
        sa.CheckConstraint("extra_minutes >= 0", name=op.f("ck_seats_extra_minutes")),
        sa.CheckConstraint("place >= 1", name=op.f("ck_seats_place")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_seats_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["exam_sessions.id"], name=op.f("fk_seats_session_id_exam_sessions")
        ),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_seats")),
        sa.UniqueConstraint("session_id", "place", name="uq_seats_place"),
    )
    op.create_table(
        "incident_people",
        sa.Column("incident_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_incident_people_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_people_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("incident_id", "candidate_id", name=op.f("pk_incident_people")),
    )
    op.create_index(
        op.f("ix_incident_people_candidate_id"), "incident_people", ["candidate_id"], unique=False
    )


def downgrade() -> None:
    """Drop them; who was excused counts as absent again."""
    op.drop_index(op.f("ix_incident_people_candidate_id"), table_name="incident_people")
    op.drop_table("incident_people")
    op.drop_table("seats")
    op.drop_index("ix_seat_moves_candidate", table_name="seat_moves")
    op.drop_table("seat_moves")
    op.drop_index(op.f("ix_incidents_session_id"), table_name="incidents")
    op.drop_index("ix_incidents_examination", table_name="incidents")
    op.drop_table("incidents")
    op.drop_index(
        "uq_identity_doubts_open",
        table_name="identity_doubts",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_identity_doubts_candidate_id"), table_name="identity_doubts")
    op.drop_table("identity_doubts")
    op.drop_index(op.f("ix_exam_sessions_room_id"), table_name="exam_sessions")
    op.drop_index(op.f("ix_exam_sessions_examination_id"), table_name="exam_sessions")
    op.drop_table("exam_sessions")
    op.drop_table("centre_wishes")
    op.drop_index("ix_attendance_marks_candidate", table_name="attendance_marks")
    op.drop_table("attendance_marks")
    op.drop_index("ix_accommodations_examination", table_name="accommodations")
    op.drop_table("accommodations")
    op.drop_table("seating_plans")
    op.drop_table("exam_shifts")
    op.drop_table("rooms")
    op.drop_table("postcode_places")
    op.drop_index(
        "uq_photographs_live",
        table_name="photographs",
        sqlite_where=sa.text("removed_at IS NULL"),
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.drop_index(op.f("ix_photographs_account_id"), table_name="photographs")
    op.drop_table("photographs")
    op.drop_table("centres")
    op.execute("UPDATE candidates SET attendance = 'absent' WHERE attendance = 'excused'")
    _admit(_ATTENDANCE)


def _admit(attendance: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{state}'" for state in attendance)
    with op.batch_alter_table("candidates") as batch:
        batch.drop_constraint(op.f("ck_candidates_attendance"), type_="check")
        batch.create_check_constraint(op.f("ck_candidates_attendance"), sa.text(f"attendance IN ({listed})"))
