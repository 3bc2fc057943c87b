"""The team of whoever leads one: who belongs to it, and how things stand for each."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.contacts.queries import find_contacts
from app.personnel.team import queries
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("team", __name__)
desk.add_own("My team", "personnel.team.list_own", order=1, told=queries.say_team)


@bp.get("/my/team")
@signed_in
def list_own() -> ResponseReturnValue:
    """List the people who report to the reader, who of them is away today, and what waits for the reader."""
    actor, at = current_actor(), clock.now()
    with reading() as session:
        team = queries.list_own(session, actor)
        positions = queries.map_positions(session, [one.id for one in team])
        away = queries.map_away(session, team, at)
        errands = desk.list_errands(session, actor, at) if team else []
    return render(team=team, positions=positions, away=away, errands=errands)


@bp.get("/my/team/<id('emp'):employee_id>")
@signed_in
def show(employee_id: str) -> ResponseReturnValue:
    """Show how things stand for somebody of the own team."""
    with reading() as session:
        employee = queries.get_member(session, employee_id, current_actor())
        position = queries.map_positions(session, [employee_id]).get(employee_id)
        contacts = find_contacts(session, employee_id)
        lines = desk.list_team(session, employee)
    return render(employee=employee, position=position, contacts=contacts, lines=lines)
