"""The engines that the same expressions run on; each loads tables, keeps results and reads them back.

Ibis writes the SQL and knows the columns; the statements themselves go to each engine's own driver. Every
table that is made here lives as long as the engine is open.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import ibis
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

# What one COPY message of PostgreSQL carries.
COPIED_ROWS = 20_000


class Engine(Protocol):
    """Where expressions are computed."""

    def load(self, table: pa.Table) -> ibis.Table:
        """Make a table of the engine from columns of whole numbers, true and false."""

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute an expression and keep its rows."""

    def read(self, expression: ibis.Table) -> pa.Table:
        """Compute an expression and fetch its rows, in its order."""

    def close(self) -> None:
        """Give back what was opened."""


class DuckEngine:
    """DuckDB inside this process, in memory."""

    def __init__(self) -> None:
        import duckdb

        self._base = duckdb.connect()
        self._names = (f"kept_{number}" for number in count())

    def load(self, table: pa.Table) -> ibis.Table:
        """Make a table from columns."""
        name = next(self._names)
        self._base.register(f"given_{name}", table)
        self._base.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM given_{name}")  # noqa: S608
        self._base.unregister(f"given_{name}")
        return ibis.table(ibis.Schema.from_pyarrow(table.schema), name=name)

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute and keep."""
        name = next(self._names)
        self._base.execute(f"CREATE TEMP TABLE {name} AS {ibis.to_sql(expression, dialect='duckdb')}")
        return ibis.table(expression.schema(), name=name)

    def read(self, expression: ibis.Table) -> pa.Table:
        """Compute and fetch."""
        return self._base.sql(ibis.to_sql(expression, dialect="duckdb")).to_arrow_table()

    def close(self) -> None:
        """Give the memory back."""
        self._base.close()


class PostgresEngine:
    """A PostgreSQL server, in temporary tables of one connection."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._base = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))
        self._names = (f"kept_{number}" for number in count())

    def load(self, table: pa.Table) -> ibis.Table:
        """Make a table from columns, by COPY: single INSERTs would take minutes for a million people."""
        name, schema = next(self._names), ibis.Schema.from_pyarrow(table.schema)
        columns = ", ".join(column.sql("postgres") for column in schema.to_sqlglot_column_defs("postgres"))
        with self._base.cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE {name} ({columns})".encode())
            with cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)".encode()) as copy:
                for start in range(0, len(table), COPIED_ROWS):
                    text = io.BytesIO()
                    options = pyarrow.csv.WriteOptions(include_header=False)
                    pyarrow.csv.write_csv(table.slice(start, COPIED_ROWS), text, options)
                    copy.write(text.getvalue())
            cursor.execute(f"ANALYZE {name}".encode())
        return ibis.table(schema, name=name)

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute and keep."""
        name = next(self._names)
        sql = ibis.to_sql(expression, dialect="postgres")
        self._base.execute(f"CREATE TEMP TABLE {name} AS {sql}".encode())
        return ibis.table(expression.schema(), name=name)

    def read(self, expression: ibis.Table) -> pa.Table:
        """Compute and fetch."""
        text, sql = io.BytesIO(), ibis.to_sql(expression, dialect="postgres")
        with (
            self._base.cursor() as cursor,
            cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)".encode()) as copy,
        ):
            for part in copy:
                text.write(part)
        schema = expression.schema().to_pyarrow()
        if not text.tell():
            return schema.empty_table()
        text.seek(0)
        return pyarrow.csv.read_csv(
            text,
            read_options=pyarrow.csv.ReadOptions(column_names=schema.names),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=schema, true_values=["t"], false_values=["f"]
            ),
        )

    def close(self) -> None:
        """Close the connection, which drops its tables."""
        self._base.rollback()
        self._base.close()


class SparkEngine:
    """Apache Spark; what is kept stands in Parquet files, which the workers of a cluster share."""

    def __init__(self, session: Any, folder: Path) -> None:
        self._session, self._folder = session, folder
        self._names = (f"kept_{number}" for number in count())

    def load(self, table: pa.Table) -> ibis.Table:
        """Make a table from columns."""
        name = next(self._names)
        pyarrow.parquet.write_table(table, self._folder / name)
        return self._view(name, ibis.Schema.from_pyarrow(table.schema))

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute and keep."""
        return self._view(self._write(expression), expression.schema())

    def read(self, expression: ibis.Table) -> pa.Table:
        """Compute and fetch; the parts of a sorted result are numbered in its order."""
        parts = sorted((self._folder / self._write(expression)).glob("part-*.parquet"))
        return pa.concat_tables([pyarrow.parquet.read_table(part) for part in parts])

    def _write(self, expression: ibis.Table) -> str:
        name = next(self._names)
        rows = self._session.sql(ibis.to_sql(expression, dialect="pyspark"))
        rows.write.parquet(str(self._folder / name))
        return name

    def _view(self, name: str, schema: ibis.Schema) -> ibis.Table:
        self._session.read.parquet(str(self._folder / name)).createOrReplaceTempView(name)
        return ibis.table(schema, name=name)

    def close(self) -> None:
        """Leave the session to whoever opened it."""


@contextmanager
def open_engine(where: str | Any = "") -> Iterator[Engine]:
    """Open DuckDB (""), a PostgreSQL server by its URL, or use a Spark session."""
    with tempfile.TemporaryDirectory(prefix="meritum-proof-") as folder:
        engine: Engine
        if not isinstance(where, str):
            engine = SparkEngine(where, Path(folder))
        else:
            engine = PostgresEngine(where) if where else DuckEngine()
        try:
            yield engine
        finally:
            engine.close()
