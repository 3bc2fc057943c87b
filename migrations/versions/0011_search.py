"""The search: a narrow row for each public posting, its words in the engine's own index, kept by triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.platform.types import Moment
from app.platform.words import cut, fold, marked

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

IS_PUBLIC = (
    "{0}.state IN ('published', 'closed', 'cancelled') AND {0}.published_at IS NOT NULL"
    " AND {0}.opens_at IS NOT NULL AND {0}.closes_at IS NOT NULL"
)
# entry's column -> where its value is taken from
COLUMNS = {
    "posting_id": "{0}.id",
    "is_open": "{0}.state = 'published'",
    "agency_id": "{0}.agency_id",
    "class_code": "{0}.class_code",
    "grade": "{0}.grade",
    "category": "{0}.category",
    "location": "{0}.location",
    "employment_type": "{0}.employment_type",
    "audience": "{0}.audience",
    "takes_applications": "{0}.source = 'meritum'",
    "opens_at": "{0}.opens_at",
    "closes_at": "{0}.closes_at",
    "published_at": "{0}.published_at",
    "pay": "coalesce({0}.pay_year_minor, -1)",
    "title_key": "{0}.title_key",
}
NAMES = ", ".join(COLUMNS)
AGAIN = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS if name != "posting_id")


def _values(row: str) -> str:
    return ", ".join(value.format(row) for value in COLUMNS.values())


PUBLIC_NEW, PUBLIC_OLD = IS_PUBLIC.format("NEW"), IS_PUBLIC.format("OLD")
OWN_KEY = "(SELECT key FROM posting_entries WHERE posting_id = NEW.id)"
ADD_WORDS = (
    "INSERT INTO open_posting_words (rowid, words) SELECT key, NEW.search_words FROM posting_entries"
    " WHERE posting_id = NEW.id AND is_open = 1; "
    "INSERT INTO past_posting_words (rowid, words) SELECT key, NEW.search_words FROM posting_entries"
    " WHERE posting_id = NEW.id AND is_open = 0; "
)
# A word is a run of anything but spaces: app.platform.words has cut and folded them already.
FTS5 = "fts5(words, content='', contentless_delete=1, detail=none, tokenize=\"ascii tokenchars '=@#'\")"
# ruff: noqa: S608 - the statements are put together from the constants of this file alone
SQLITE = (
    f"CREATE VIRTUAL TABLE open_posting_words USING {FTS5}",
    f"CREATE VIRTUAL TABLE past_posting_words USING {FTS5}",
    f"CREATE TRIGGER postings_entered AFTER INSERT ON postings WHEN {PUBLIC_NEW} BEGIN "
    f"INSERT INTO posting_entries ({NAMES}) VALUES ({_values('NEW')}); {ADD_WORDS} END",
    f"CREATE TRIGGER postings_changed AFTER UPDATE ON postings WHEN ({PUBLIC_NEW}) OR ({PUBLIC_OLD}) BEGIN "
    f"DELETE FROM open_posting_words WHERE rowid = {OWN_KEY}; "
    f"DELETE FROM past_posting_words WHERE rowid = {OWN_KEY}; "
    f"DELETE FROM posting_entries WHERE posting_id = NEW.id AND NOT ({PUBLIC_NEW}); "
    f"INSERT INTO posting_entries ({NAMES}) SELECT {_values('NEW')} WHERE {PUBLIC_NEW} "
    f"ON CONFLICT (posting_id) DO UPDATE SET {AGAIN}; {ADD_WORDS} END",
    "CREATE TRIGGER posting_entries_removed AFTER DELETE ON posting_entries BEGIN "
    "DELETE FROM open_posting_words WHERE rowid = OLD.key; "
    "DELETE FROM past_posting_words WHERE rowid = OLD.key; END",
)
WORDS = "array_to_tsvector(array_remove(regexp_split_to_array({0}.search_words, '\\s+'), ''))"
POSTGRESQL = (
    # the words lie beside the row, not in it, so that the rows stay narrow
    "ALTER TABLE posting_entries ADD COLUMN words tsvector NOT NULL",
    "ALTER TABLE posting_entries ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE posting_entries SET (toast_tuple_target = 128)",
    "CREATE INDEX ix_posting_entries_open_words ON posting_entries USING gin (words) "
    "WITH (fastupdate = off) WHERE is_open",
    "CREATE INDEX ix_posting_entries_past_words ON posting_entries USING gin (words) "
    "WITH (fastupdate = off) WHERE NOT is_open",
    "CREATE FUNCTION enter_posting() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF {PUBLIC_NEW} THEN "
    f"INSERT INTO posting_entries ({NAMES}, words) VALUES ({_values('NEW')}, {WORDS.format('NEW')}) "
    f"ON CONFLICT (posting_id) DO UPDATE SET {AGAIN}, words = excluded.words; "
    "ELSE DELETE FROM posting_entries WHERE posting_id = NEW.id; END IF; RETURN NULL; END $$",
    "CREATE TRIGGER postings_entered AFTER INSERT OR UPDATE ON postings "
    "FOR EACH ROW EXECUTE FUNCTION enter_posting()",
)


def upgrade() -> None:
    """Make the table and the indexes of words, cut the words of what stands, and set the triggers."""
    _create_entries()
    op.add_column("postings", sa.Column("search_words", sa.Text(), server_default="", nullable=False))
    _cut_words()
    dialect = op.get_context().dialect.name
    for statement in SQLITE if dialect == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement.replace(":", "\\:")))
    # each standing posting is entered by its trigger
    op.execute(sa.text("UPDATE postings SET search_words = search_words WHERE published_at IS NOT NULL"))


def _create_entries() -> None:
    op.create_table(
        "posting_entries",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("posting_id", sa.String(length=40), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("agency_id", sa.String(length=40), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=200), nullable=False),
        sa.Column("location", sa.String(length=200), nullable=False),
        sa.Column(
            "employment_type",
            sa.Enum(
                "full_time",
                "part_time",
                "temporary",
                "intern",
                name="employment_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "everyone",
                "employees",
                name="audience",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("takes_applications", sa.Boolean(), nullable=False),
        sa.Column("opens_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("published_at", Moment(), nullable=False),
        sa.Column("pay", sa.BigInteger(), nullable=False),
        sa.Column("title_key", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["postings.id"],
            name=op.f("fk_posting_entries_posting_id_postings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_posting_entries")),
        sa.UniqueConstraint("posting_id", name=op.f("uq_posting_entries_posting_id")),
    )
    for name, column in INDEXES.items():
        op.create_index(name, "posting_entries", ["is_open", column, "posting_id"], unique=False)


INDEXES = {
    "ix_posting_entries_newest": "published_at",
    "ix_posting_entries_closing": "closes_at",
    "ix_posting_entries_pay": "pay",
    "ix_posting_entries_title": "title_key",
    "ix_posting_entries_agency": "agency_id",
    "ix_posting_entries_category": "category",
    "ix_posting_entries_class": "class_code",
}


def _cut_words() -> None:
    connection = op.get_bind()
    table = sa.table(
        "postings",
        *(sa.column(name) for name in ("id", "title", "title_key", "class_code", "class_title")),
        *(sa.column(name) for name in ("location", "search_text", "search_words")),
    )
    own_id, words, key = sa.bindparam("own_id"), sa.bindparam("words"), sa.bindparam("folded")
    change = table.update().where(table.c.id == own_id).values(search_words=words, title_key=key)
    for row in connection.execute(sa.select(table)).mappings().all():
        grade = f"{row['class_code']} {row['class_title']}"
        found = [
            *marked("=", row["title"]),
            *marked("#", grade),
            *marked("@", row["location"]),
            *cut("\n".join((row["title"], grade, row["location"], row["search_text"]))),
        ]
        given = {"own_id": row["id"], "words": " ".join(found), "folded": fold(row["title"])}
        connection.execute(change, given)


def downgrade() -> None:
    """Drop them."""
    if op.get_context().dialect.name == "sqlite":
        for name in ("postings_entered", "postings_changed", "posting_entries_removed"):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE open_posting_words")
        op.execute("DROP TABLE past_posting_words")
    else:
        op.execute("DROP TRIGGER postings_entered ON postings")
        op.execute("DROP FUNCTION enter_posting()")
    for name in INDEXES:
        op.drop_index(name, table_name="posting_entries")
    op.drop_table("posting_entries")
    op.drop_column("postings", "search_words")
