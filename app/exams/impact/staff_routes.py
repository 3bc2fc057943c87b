"""Adverse impact for those who may see groups: stage by stage, with pictures, small groups hidden."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from app.exams.examinations.queries import get_examination
from app.exams.impact import pictures, queries, rules
from app.exams.impact.routes import bp
from app.platform import small_groups
from app.platform.db import reading
from app.web.access import current_actor, requires
from app.web.filters import words
from app.web.pages import render


@bp.get("/staff/examinations/<id('exm'):examination_id>/impact")
@requires("exams.impact.show")
def show(examination_id: str) -> ResponseReturnValue:
    """Show how the groups of one question passed each stage of an examination."""
    chosen = request.args.get("by", next(iter(rules.DIMENSIONS)))
    with reading() as session:
        examination = get_examination(
            session, examination_id, current_actor(), permission="exams.impact.show"
        )
        claims = {rules.CLAIM + kind: words(kind) for kind in queries.list_claims(session, examination)}
        choices = rules.DIMENSIONS | {name: f"Claim: {title}" for name, title in claims.items()}
        counts = queries.count_stages(session, examination, chosen if chosen in choices else "sex")
    chosen = chosen if chosen in choices else "sex"
    least = small_groups.least_shown()
    report = rules.report(counts, least)
    return render(
        examination=examination,
        choices=choices,
        chosen=chosen,
        report=report,
        least=least,
        rates=pictures.rate_plot(report) if report else None,
        ratios=[pictures.ratio_plot(name, stage) for name, stage in report.stages] if report else [],
    )
