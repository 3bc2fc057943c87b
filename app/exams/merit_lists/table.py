"""A merit list as a file, by candidate number."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from app.exams.merit_lists import queries
from app.exams.merit_lists.forms import EntryFilterForm
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table

GROUPS = {"passed": True, "failed": False}


def rows(session: Session, actor: Actor) -> Iterable[dict[str, Any]]:
    """Read every entry that the list shows under its filters, in its order."""
    filters = EntryFilterForm()
    merit_list = queries.get_list(session, tables.asked("list_id"), actor)
    text, is_passed = (filters.text.data or "").lower(), GROUPS.get(filters.group.data or "")
    for row in queries.load_rows(session, merit_list.id):
        if text in row["number"].lower() and is_passed in (None, row["is_passed"]):
            yield row


def _amount(name: str) -> Any:
    return lambda row: Fraction(row[name], row["denominator"])


tables.add(
    Table(
        "exams.merit_lists.show",
        "Merit list",
        (
            Column("place", "Place", lambda row: row["place"]),
            Column("rank", "Rank", lambda row: row["rank"]),
            Column("number", "Candidate", lambda row: row["number"]),
            Column("score", "Score as shown", lambda row: row["derivation"]["score"]),
            Column("marks", "Marks, exact", _amount("marks")),
            Column("preference", "Preference, exact", _amount("preference")),
            Column("final", "Final score, exact", _amount("final")),
            Column("passed", "Passed", lambda row: row["is_passed"]),
            Column("tier", "Tier", lambda row: row["tier"]),
            Column("category", "Category", lambda row: row["category"]),
            Column("order_key", "Put in order by", lambda row: row["derivation"]["order_key"]),
        ),
        rows,
        place="list_id",
    )
)
