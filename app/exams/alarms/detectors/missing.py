"""People who were there and have no sheet, and sheets of people who were not."""

from __future__ import annotations

from app.exams.alarms.material import Finding, Material
from app.exams.alarms.states import Kind

MOST_SHOWN = 50


def find_missing(material: Material) -> list[Finding]:
    """Compare the sheets with the attendance that was taken."""
    if not material.missing and not material.unexpected:
        return []
    said = []
    if material.missing:
        count = len(material.missing)
        said.append(
            f"{'1 person was' if count == 1 else f'{count:,} people were'} present and without a sheet."
        )
    if material.unexpected:
        count = len(material.unexpected)
        said.append(
            f"{'1 sheet belongs' if count == 1 else f'{count:,} sheets belong'} to somebody who was absent."
        )
    rows = [[number, group, "Present, no sheet"] for number, group in sorted(material.missing.items())]
    rows += [[number, group, "Absent, with a sheet"] for number, group in sorted(material.unexpected.items())]
    evidence: dict[str, object] = {
        "columns": ["Candidate", "Room or bundle", "What is so"],
        "rows": rows[:MOST_SHOWN],
        "numbers": [row[0] for row in rows[:MOST_SHOWN]],
        "count": len(rows),
    }
    return [Finding(Kind.MISSING, "attendance", " ".join(said), evidence)]
