"""The claims that wait for an officer as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.platform import clock
from app.platform.actors import Actor
from app.recruitment.applications.kinds import claim_title
from app.recruitment.claims import queries
from app.recruitment.claims.queries import Waiting
from app.web import tables
from app.web.tables import STRETCH, Column, Table

LIST = "recruitment.claims.list_staff"


def rows(session: Session, actor: Actor) -> Iterable[Waiting]:
    """Read every claim that waits, first received first."""
    today, skip = clock.now().date(), 0
    while True:
        found = queries.list_waiting(session, actor, LIST, today, skip=skip, size=STRETCH)
        yield from found
        if len(found) < STRETCH:
            return
        skip += STRETCH


tables.add(
    Table(
        LIST,
        "Claims to decide",
        (
            Column("name", "Applicant", lambda row: row.application.applicant_name),
            Column("vacancy", "Vacancy", lambda row: row.application.posting.title),
            Column("kind", "Claim", lambda row: str(claim_title(row.claim.kind))),
            Column("appeal", "Appeal", lambda row: row.appeal is not None),
            Column("evidence", "Evidence", lambda row: "; ".join(one.filename for one in row.evidence)),
            Column("since", "Waits since", lambda row: row.since),
            Column("officer", "Verified before by", lambda row: row.earlier.officer if row.earlier else ""),
        ),
        rows,
    )
)
