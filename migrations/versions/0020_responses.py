"""Answers: sheets packed, files before they are imported, two readings, doubtful marks, alarms, analyses."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BEFORE = "response_sheets_before"
KEEP = "CREATE TABLE response_sheets_before AS SELECT import_id, candidate_id, answers, digest FROM response_sheets"
READ = "SELECT candidate_id, answers, digest FROM response_sheets_before WHERE import_id = :own"
BATCH = 5_000


def upgrade() -> None:
    """Pack the sheets and make the tables."""
    op.execute(KEEP)
    op.drop_table("response_sheets")
    _make_sheets()
    _pack()
    op.drop_table(BEFORE)
    _make_checks()
    _make_doubts()
    _make_alarms()
    _make_analyses()


def downgrade() -> None:
    """Unpack the sheets and drop the tables."""
    for table in (
        "item_analyses", "alarms", "alarm_runs", "second_readings", "doubtful_marks", "response_checks",
    ):  # fmt: skip
        op.drop_table(table)
    op.execute(KEEP)
    op.drop_table("response_sheets")
    op.create_table(
        "response_sheets",
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_response_sheets_digest")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_response_sheets_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_response_sheets_import_id_response_imports")
        ),
        sa.PrimaryKeyConstraint("import_id", "candidate_id", name=op.f("pk_response_sheets")),
    )
    op.create_index(
        op.f("ix_response_sheets_candidate_id"), "response_sheets", ["candidate_id"], unique=False
    )
    _unpack()
    op.drop_table(BEFORE)


def _signs(options: list[str]) -> dict[str, str]:
    """Map each answer to its sign: an option of one plain sign stands for itself."""
    plain = all(
        len(text) == 1 and text.isascii() and text.isprintable() and text not in "-* " for text in options
    )
    spare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return {"": "-", "*": "*"} | dict(zip(options, options if plain else spare, strict=False))


def _imports() -> list[tuple[str, list[str], dict[str, str]]]:
    """List each import with the codes of its items in order and the signs of its answers."""
    bind = op.get_bind()
    found = []
    rows = bind.execute(
        sa.text(
            "SELECT response_imports.id, examinations.id, examinations.options FROM response_imports"
            " JOIN examinations ON examinations.id = response_imports.examination_id"
        )
    ).all()
    for own, examination, options in rows:
        codes = bind.execute(
            sa.text("SELECT code FROM exam_items WHERE examination_id = :own ORDER BY position"),
            {"own": examination},
        ).scalars()
        texts = json.loads(options) if isinstance(options, str) else options
        found.append((own, list(codes), _signs(texts)))
    return found


def _rows(own: str) -> sa.CursorResult[tuple[str, object, str]]:
    return op.get_bind().execute(sa.text(READ), {"own": own})


def _pack() -> None:
    """Write the sheets that stand: one sign for each item; their hashes stay what they are."""
    insert = sa.text(
        "INSERT INTO response_sheets (import_id, candidate_id, answers, series, bundle, digest)"
        " VALUES (:own, :candidate, :answers, '', '', :digest)"
    )
    for own, codes, signs in _imports():
        rows = []
        for candidate, answers, digest in _rows(own):
            known = json.loads(answers) if isinstance(answers, str) else answers
            packed = "".join(signs[known[code]] for code in codes)
            rows.append({"own": own, "candidate": candidate, "answers": packed, "digest": digest})
        for start in range(0, len(rows), BATCH):
            op.get_bind().execute(insert, rows[start : start + BATCH])


def _unpack() -> None:
    sheets = sa.table(
        "response_sheets", sa.column("import_id"), sa.column("candidate_id"),
        sa.column("answers", sa.JSON(none_as_null=True)), sa.column("digest"),
    )  # fmt: skip
    for own, codes, signs in _imports():
        texts = {sign: text for text, sign in signs.items()}
        rows = [
            {
                "import_id": own,
                "candidate_id": candidate,
                "answers": {code: texts[sign] for code, sign in zip(codes, str(answers), strict=True)},
                "digest": digest,
            }
            for candidate, answers, digest in _rows(own)
        ]
        for start in range(0, len(rows), BATCH):
            op.get_bind().execute(sheets.insert(), rows[start : start + BATCH])


def _make_sheets() -> None:
    op.create_table(
        "response_sheets",
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("bundle", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_response_sheets_digest")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_response_sheets_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_response_sheets_import_id_response_imports")
        ),
        sa.PrimaryKeyConstraint("import_id", "candidate_id", name=op.f("pk_response_sheets")),
    )
    op.create_index(
        op.f("ix_response_sheets_candidate_id"), "response_sheets", ["candidate_id"], unique=False
    )


def _make_checks() -> None:
    op.create_table(
        "response_checks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "received",
                "faulty",
                "clean",
                "confirmed",
                "imported",
                "refused",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("absent", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("absent_numbers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("report", sa.String(length=64), nullable=True),
        sa.Column("accepts_absent", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("checked_at", Moment(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=40), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("import_id", sa.String(length=40), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'imported') = (import_id IS NOT NULL)", name=op.f("ck_response_checks_imported")
        ),
        sa.CheckConstraint(
            "(state = 'received') = (checked_at IS NULL)", name=op.f("ck_response_checks_checked")
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR refusal IS NOT NULL", name=op.f("ck_response_checks_refused")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_response_checks_digest")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts.id"], name=op.f("fk_response_checks_asked_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["accounts.id"], name=op.f("fk_response_checks_confirmed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["examination_id"],
            ["examinations.id"],
            name=op.f("fk_response_checks_examination_id_examinations"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_response_checks_import_id_response_imports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_checks")),
    )
    op.create_index(
        op.f("ix_response_checks_examination_id"), "response_checks", ["examination_id"], unique=False
    )


def _make_doubts() -> None:
    op.create_table(
        "doubtful_marks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("candidate_id", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column(
            "doubt",
            sa.Enum(
                "several",
                "faint",
                "unreadable",
                "differs",
                name="doubt",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("seen", sa.String(length=40), nullable=False),
        sa.Column("first", sa.String(length=40), nullable=False),
        sa.Column("second", sa.String(length=40), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=True),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_doubtful_marks_confirmed")
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (answer IS NULL)",
            name=op.f("ck_doubtful_marks_decided"),
        ),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> decided_by", name=op.f("ck_doubtful_marks_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_doubtful_marks_candidate_id_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["accounts.id"], name=op.f("fk_doubtful_marks_confirmed_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["accounts.id"], name=op.f("fk_doubtful_marks_decided_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_doubtful_marks_import_id_response_imports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubtful_marks")),
        sa.UniqueConstraint("import_id", "candidate_id", "item", name="uq_doubtful_marks_item"),
    )
    op.create_index(op.f("ix_doubtful_marks_candidate_id"), "doubtful_marks", ["candidate_id"], unique=False)
    op.create_index(
        "ix_doubtful_marks_queue", "doubtful_marks", ["import_id", "decided_at", "id"], unique=False
    )
    op.create_table(
        "second_readings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("compared_by", sa.String(length=40), nullable=True),
        sa.Column("compared_at", Moment(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_second_readings_digest")),
        sa.ForeignKeyConstraint(
            ["compared_by"], ["accounts.id"], name=op.f("fk_second_readings_compared_by_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_second_readings_import_id_response_imports")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_readings")),
        sa.UniqueConstraint("import_id", "digest", name="uq_second_readings_file"),
    )


def _make_alarms() -> None:
    op.create_table(
        "alarm_runs",
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("inputs_digest", sa.String(length=64), nullable=False),
        sa.Column("ran_at", Moment(), nullable=False),
        sa.CheckConstraint("length(inputs_digest) = 64", name=op.f("ck_alarm_runs_inputs_digest")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_alarm_runs_examination_id_examinations")
        ),
        sa.PrimaryKeyConstraint("examination_id", name=op.f("pk_alarm_runs")),
    )
    op.create_table(
        "alarms",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ranks",
                "slipped",
                "exchanged",
                "wrong_series",
                "placeholder",
                "out_of_line",
                "duplicates",
                "missing",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "cleared", "gone", name="state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("imported_by", sa.String(length=40), nullable=True),
        sa.Column("raised_at", Moment(), nullable=False),
        sa.Column("cleared_by", sa.String(length=40), nullable=True),
        sa.Column("cleared_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'cleared') = (cleared_by IS NOT NULL) AND (cleared_by IS NULL) = (reason IS NULL)",
            name=op.f("ck_alarms_cleared"),
        ),
        sa.CheckConstraint(
            "imported_by IS NULL OR cleared_by IS NULL OR cleared_by <> imported_by",
            name=op.f("ck_alarms_two_people"),
        ),
        sa.ForeignKeyConstraint(["cleared_by"], ["accounts.id"], name=op.f("fk_alarms_cleared_by_accounts")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_alarms_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["accounts.id"], name=op.f("fk_alarms_imported_by_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sa.UniqueConstraint("examination_id", "fingerprint", name="uq_alarms_fingerprint"),
    )
    op.create_index("ix_alarms_examination", "alarms", ["examination_id", "state"], unique=False)


def _make_analyses() -> None:
    op.create_table(
        "item_analyses",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("examination_id", sa.String(length=40), nullable=False),
        sa.Column("import_id", sa.String(length=40), nullable=False),
        sa.Column("key_version_id", sa.String(length=40), nullable=False),
        sa.Column("inputs_digest", sa.String(length=64), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.CheckConstraint("length(inputs_digest) = 64", name=op.f("ck_item_analyses_inputs_digest")),
        sa.ForeignKeyConstraint(
            ["examination_id"], ["examinations.id"], name=op.f("fk_item_analyses_examination_id_examinations")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["response_imports.id"], name=op.f("fk_item_analyses_import_id_response_imports")
        ),
        sa.ForeignKeyConstraint(
            ["key_version_id"], ["key_versions.id"], name=op.f("fk_item_analyses_key_version_id_key_versions")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["accounts.id"], name=op.f("fk_item_analyses_made_by_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_analyses")),
        sa.UniqueConstraint("import_id", "key_version_id", "inputs_digest", name="uq_item_analyses_inputs"),
    )
    op.create_index(
        op.f("ix_item_analyses_examination_id"), "item_analyses", ["examination_id"], unique=False
    )
