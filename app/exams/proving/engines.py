"""The engines that the same expressions run on; each loads tables, keeps results and reads them back.

Every table that is made here lives as long as the engine is open.
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
        """Make a table of the engine from columns of whole numbers."""

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute an expression and keep its rows."""

    def read(self, expression: ibis.Table) -> pa.Table:
        """Compute an expression and fetch its rows, in its order."""


class DuckEngine:
    """DuckDB inside this process, in memory."""

    def __init__(self) -> None:
        self._base = ibis.duckdb.connect()
        self._names = (f"kept_{number}" for number in count())

    def load(self, table: pa.Table) -> ibis.Table:
        """Make a table from columns."""
        return self.keep(ibis.memtable(table))

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute and keep."""
        return self._base.create_table(next(self._names), expression, temp=True)

    def read(self, expression: ibis.Table) -> pa.Table:
        """Compute and fetch."""
        return self._base.to_pyarrow(expression)

    def close(self) -> None:
        """Give the memory back."""
        self._base.disconnect()


class PostgresEngine:
    """A PostgreSQL server, in temporary tables of one connection."""

    def __init__(self, url: str) -> None:
        self._base: Any = ibis.connect(url.replace("postgresql+psycopg://", "postgresql://"))
        self._names = (f"kept_{number}" for number in count())

    def load(self, table: pa.Table) -> ibis.Table:
        """Make a table from columns, by COPY: a row an INSERT would take minutes for a million people."""
        name = next(self._names)
        made = self._base.create_table(name, schema=ibis.Schema.from_pyarrow(table.schema), temp=True)
        with self._base.con.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
            for start in range(0, len(table), COPIED_ROWS):
                text = io.BytesIO()
                options = pyarrow.csv.WriteOptions(include_header=False)
                pyarrow.csv.write_csv(table.slice(start, COPIED_ROWS), text, options)
                copy.write(text.getvalue())
        return made

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute and keep."""
        return self._base.create_table(next(self._names), expression, temp=True)

    def read(self, expression: ibis.Table) -> pa.Table:
        """Compute and fetch."""
        return self._base.to_pyarrow(expression)

    def close(self) -> None:
        """Close the connection, which drops its tables."""
        self._base.disconnect()


class SparkEngine:
    """Apache Spark; what is kept stands in Parquet files, which the workers of a cluster share."""

    def __init__(self, session: Any, folder: Path) -> None:
        self._base: Any = ibis.pyspark.connect(session)
        self._folder = folder
        self._names = (f"kept_{number}" for number in count())

    def load(self, table: pa.Table) -> ibis.Table:
        """Make a table from columns."""
        file = self._folder / f"{next(self._names)}.parquet"
        pyarrow.parquet.write_table(table, file)
        return self._base.read_parquet(file)

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute and keep."""
        place = str(self._folder / next(self._names))
        self._base.raw_sql(self._base.compile(expression)).write.parquet(place)
        return self._base.read_parquet(place)

    def read(self, expression: ibis.Table) -> pa.Table:
        """Compute and fetch through a file, in the order of the expression."""
        place = self._folder / next(self._names)
        rows = self._base.raw_sql(self._base.compile(expression))
        rows.write.parquet(str(place))
        return pyarrow.parquet.read_table(sorted(place.glob("part-*.parquet")))

    def close(self) -> None:
        """Leave the session to whoever opened it."""


@contextmanager
def open_engine(where: str | Any = "") -> Iterator[Engine]:
    """Open DuckDB (""), a PostgreSQL server by its URL, or use a Spark session."""
    with tempfile.TemporaryDirectory(prefix="meritum-proof-") as folder:
        engine: DuckEngine | PostgresEngine | SparkEngine
        if not isinstance(where, str):
            engine = SparkEngine(where, Path(folder))
        else:
            engine = PostgresEngine(where) if where else DuckEngine()
        try:
            yield engine
        finally:
            engine.close()
