"""The gaps of an office as a page and a file show them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel.competencies import pictures, queries
from app.personnel.competencies.forms import GapsForm
from app.personnel.competencies.pictures import Figure, Gaps
from app.platform import clock
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table


def read(session: Session, actor: Actor) -> tuple[GapsForm, Gaps]:
    """Read the gaps in the agencies to which the address narrows the page."""
    agencies = list_agencies_for(session, actor, queries.GAPS)
    filters = GapsForm(choices={"agency": [(agency.id, agency.name) for agency in agencies]})
    skills = queries.load_skills(session, actor, filters.agency.data or "")
    return filters, pictures.look(skills, clock.now().date())


def rows(session: Session, actor: Actor) -> Sequence[Figure]:
    """Give every figure of the page."""
    return read(session, actor)[1].figures


tables.add(
    Table(
        queries.GAPS,
        "Skills gaps",
        (
            Column("on", "As of", lambda row: row.on),
            Column("agency", "Agency (empty: all)", lambda row: row.agency),
            Column("competency", "Competency (empty: all)", lambda row: row.competency),
            Column("asked", "Asked", lambda row: row.asked),
            Column("met", "Met", lambda row: row.met),
            Column("below", "Below", lambda row: row.below),
            Column("unassessed", "Not assessed", lambda row: row.unassessed),
        ),
        rows,
    )
)
