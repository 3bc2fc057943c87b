"""A person's own pay over time."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.personnel import desk
from app.personnel.pay_scales import sights
from app.personnel.serving import get_own
from app.platform import clock
from app.platform.db import reading
from app.web.access import current_actor, signed_in
from app.web.pages import render

bp = Blueprint("pay_scales", __name__)
desk.add_own("Pay and steps", "personnel.pay_scales.own", order=25, told=sights.say_pay)


@bp.get("/my/pay")
@signed_in
def own() -> ResponseReturnValue:
    """Show one's own grade, step and pay over time."""
    with reading() as session:
        employee = get_own(session, current_actor().id)
        sight = sights.look(session, employee, clock.now())
    return render(employee=employee, sight=sight)
