"""The workforce as pictures for those who plan it."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel.workforce import pictures, queries
from app.personnel.workforce.forms import WorkforceForm
from app.personnel.workforce.pictures import Figure, Workforce
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import reading
from app.web import navigation, tables
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import render
from app.web.tables import Column, Table

bp = Blueprint("workforce", __name__)
navigation.add("Workforce", queries.SHOW, area="staff", order=19)


@bp.get("/staff/workforce")
@requires(queries.SHOW)
def show() -> ResponseReturnValue:
    """Show headcount, vacancies, turnover, time in grade and length of service as of a day."""
    with reading() as session:
        filters, found = _count(session, current_actor())
    return render(filters=filters, found=found, drawn=pictures.draw(found))


def _count(session: Session, actor: Actor) -> tuple[WorkforceForm, Workforce]:
    agencies = list_agencies_for(session, actor, queries.SHOW)
    filters = WorkforceForm(choices={"agency": named(agencies)})
    chosen, today = filters.agency.data or "", clock.now().date()
    found = pictures.count(
        queries.load_stretches(session, actor, chosen),
        queries.load_posts(session, actor, chosen),
        queries.count_by_grade(session, actor, chosen),
        min(filters.on.data or today, today),
    )
    return filters, found


def _figures(session: Session, actor: Actor) -> list[Figure]:
    return _count(session, actor)[1].figures()


tables.add(
    Table(
        queries.SHOW,
        "Workforce",
        (
            Column("measure", "Figure", lambda row: row.measure),
            Column("agency", "Agency", lambda row: row.agency),
            Column("of", "Of", lambda row: row.of),
            Column("value", "Value", lambda row: row.value),
        ),
        _figures,
    )
)
