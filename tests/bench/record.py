"""What was measured, kept beside the page that shows it, so that a part of it can be measured anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import machine
from tests.bench.measuring import Measure

FILE = Path(__file__).parents[2] / "docs" / "performance.json"


@dataclass(frozen=True)
class Record:
    """The measures of one run, when and where they were taken, and further facts by name."""

    day: str
    machine: str
    load: str
    measures: tuple[Measure, ...]
    facts: dict[str, str]

    @classmethod
    def now(cls, measures: Sequence[Measure], facts: dict[str, str]) -> Record:
        """Make the record of a run that ends now."""
        day = datetime.now(UTC).date().isoformat()
        return cls(day, machine.describe(), machine.load(), tuple(measures), facts)


def read() -> dict[str, Record]:
    """Read the kept records: "default" and "large"."""
    kept = json.loads(FILE.read_text()) if FILE.exists() else {}
    return {
        name: Record(**{**one, "measures": tuple(Measure(**measure) for measure in one["measures"])})
        for name, one in kept.items()
    }


def keep(name: str, record: Record) -> dict[str, Record]:
    """Put one record in the place of the former of its name; give all."""
    records = read() | {name: record}
    data = {name: asdict(one) for name, one in sorted(records.items())}
    FILE.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    return records
