"""Reports over HTTP: choose, read, download with a recorded purpose."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.compliance.ledger.forms import PurposeForm
from app.compliance.reports import exporting
from app.compliance.reports import hiring_action_file as hiring
from app.compliance.reports.document import Report
from app.platform import audit, clock
from app.platform.db import reading, transaction
from app.platform.errors import NotFound
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import download, render

bp = Blueprint("reports", __name__)
navigation.add("Reports", "compliance.reports.list_reports", area="staff", order=85)
SHOWN_ROWS = 200


@bp.get("/staff/reports")
@requires("compliance.reports.list_reports")
def list_reports() -> ResponseReturnValue:
    """Choose the posting whose hiring action file is wanted."""
    text = request.args.get("text", "")[:80].replace("\0", "")
    with reading() as session:
        postings = hiring.list_postings(session, current_actor(), text)
    return render(postings=postings, text=text)


@bp.get("/staff/reports/hiring-action-file/<id('pst'):posting_id>")
@requires("compliance.reports.hiring_action_file")
def hiring_action_file(posting_id: str) -> ResponseReturnValue:
    """Read the hiring action file of one posting; reading is recorded."""
    report = _report(posting_id, "hiring_action_file", form="page")
    return _page(report, posting_id, PurposeForm())


@bp.post("/staff/reports/hiring-action-file/<id('pst'):posting_id>/<form>")
@requires("compliance.reports.download_hiring_action_file")
def download_hiring_action_file(posting_id: str, form: str) -> ResponseReturnValue:
    """Download the hiring action file as PDF, CSV or XLSX, with the purpose recorded."""
    if form not in exporting.MEDIA_TYPES:
        raise NotFound("There is no such form of this report.")
    purpose = PurposeForm()
    if not purpose.validate_on_submit():
        return _page(_report(posting_id, "hiring_action_file", form="page"), posting_id, purpose)
    report = _report(posting_id, "download_hiring_action_file", form=form, purpose=purpose.purpose.data)
    return download(
        exporting.write(report, form),
        filename=f"{report.name}-{report.number}.{form}",
        media_type=exporting.MEDIA_TYPES[form],
    )


def _report(posting_id: str, action: str, **details: Any) -> Report:
    actor, at = current_actor(), clock.now()
    with transaction() as session:
        report = hiring.build(session, posting_id=posting_id, actor=actor, at=at)
        audit.record(
            session, f"compliance.reports.{action}", actor=actor, at=at, subject=posting_id, **details
        )
    return report


def _page(report: Report, posting_id: str, purpose: PurposeForm) -> ResponseReturnValue:
    return render(
        form=purpose,
        template="compliance/reports/hiring_action_file.html",
        report=report,
        posting_id=posting_id,
        forms=sorted(exporting.MEDIA_TYPES),
        shown=exporting.shown,
        shown_rows=SHOWN_ROWS,
    )
