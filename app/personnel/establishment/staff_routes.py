"""The establishment for the staff: posts by agency and grade on a day, and the organisation chart."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.accounts.queries import list_agencies_for
from app.personnel.actions.sights import hours
from app.personnel.establishment import queries, rules
from app.personnel.establishment.forms import ChartFilterForm, EstablishmentFilterForm
from app.personnel.positions.queries import list_grades, list_units
from app.platform import clock
from app.platform.actors import Actor
from app.platform.db import reading
from app.platform.errors import NotFound
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.forms import as_choices, named
from app.web.pages import render

bp = Blueprint("establishment", __name__)
MOST_VACANT = 400
navigation.add("Establishment", "personnel.establishment.list_staff", area="staff", order=11)


@bp.get("/staff/establishment")
@requires("personnel.establishment.list_staff")
def list_staff() -> ResponseReturnValue:
    """Show authorised, filled and vacant posts on a day, by agency and grade, and each vacancy."""
    actor = current_actor()
    with reading() as session:
        filters = read_filters(session, actor)
        wanted = read_wanted(filters)
        lines = queries.count_by_grade(session, actor, wanted)
        vacancies = replace(wanted, is_vacant_only=True)
        vacant = queries.list_posts(session, actor, vacancies, MOST_VACANT)
    return render(filters=filters, wanted=wanted, lines=lines, vacant=vacant, hours=hours)


@bp.get("/staff/organisation")
@requires("personnel.establishment.show_chart")
def show_chart() -> ResponseReturnValue:
    """Draw who reports to whom, from the head of an agency or from a chosen post."""
    actor = current_actor()
    with reading() as session:
        agencies = list_agencies_for(session, actor, queries.CHART)
        filters = ChartFilterForm(choices={"agency": named(agencies)})
        chosen = filters.agency.data or (agencies[0].id if agencies else "")
        agency = next((one for one in agencies if one.id == chosen), None)
        posts = queries.load_posts(session, actor, chosen) if agency else []
    heads = rules.find_heads(posts)
    wanted = request.args.get("post", "")
    root = rules.grow(posts, wanted or (heads[0].id if heads else ""))
    if wanted and root is None:
        raise NotFound("There is no such position in this organisation.")
    return render(
        filters=filters,
        agency=agency,
        root=root,
        heads=heads,
        above=rules.line_above(posts, root.post.id) if root else [],
        picture=rules.draw(root) if root else None,
    )


def read_filters(session: Session, actor: Actor) -> EstablishmentFilterForm:
    """Read what the address narrows the establishment to."""
    agencies = list_agencies_for(session, actor, queries.LIST)
    return EstablishmentFilterForm(
        choices={
            "agency": named(agencies),
            "unit": as_choices(list_units(session, actor, queries.LIST)),
            "grade": as_choices(list_grades(session, actor, queries.LIST)),
        }
    )


def read_wanted(filters: EstablishmentFilterForm) -> queries.Wanted:
    """Give what the establishment is narrowed to; today where no day is named."""
    return queries.Wanted(
        on=filters.on.data or clock.now().date(),
        agency_id=filters.agency.data or "",
        unit=filters.unit.data or "",
        grade=filters.grade.data or "",
    )
