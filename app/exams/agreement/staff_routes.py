"""How far raters agree, for the exam office."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.exams.agreement import queries, rules
from app.exams.agreement.pictures import leniency, two_ratings
from app.exams.panels.queries import get_panel
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.pages import render

bp = Blueprint("agreement", __name__)


@bp.get("/staff/panels/<id('pnl'):panel_id>/agreement")
@requires("exams.agreement.show")
def show(panel_id: str) -> ResponseReturnValue:
    """Show how far the raters of a panel agree, and who is stricter than the others."""
    with reading() as session:
        panel = get_panel(session, panel_id, current_actor(), permission="exams.agreement.show")
        given = queries.load_given(session, panel_id)
    scales = [rules.Scale(own.id, own.title, own.maximum) for own in panel.criteria]
    by_script = rules.totals(given)
    severities = rules.severities(by_script, panel.points, panel.denominator)
    names = {member.id: member.account.name for member in panel.members}
    return render(
        panel=panel,
        examination=panel.examination,
        overall=rules.overall(by_script, panel.raters) if panel.raters > 1 else None,
        criteria=rules.by_criterion(given, scales),
        severities=severities,
        names=names,
        strength=rules.strength,
        picture=leniency(severities, names) if severities else None,
        pairs=two_ratings(by_script, panel.denominator) if severities else None,
        few=(rules.FEW_SCRIPTS, rules.FEW_PAIRS),
    )
