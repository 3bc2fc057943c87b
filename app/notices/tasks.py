"""The worker's part: render a promised letter once, store it by digest, send it."""

from __future__ import annotations

import datetime as dt

import structlog

from app.notices import compose, late, press, queries, services
from app.notices.pdf import PdfUnavailable
from app.platform import jobs, storage
from app.platform.db import reading, transaction

log = structlog.get_logger("meritum.notices")


@jobs.task("notices.issue")
def issue(ticket: jobs.Ticket, at: dt.datetime) -> None:
    """Render the letter from its frozen fields; without Pango the HTML original stands alone."""
    notice_id = ticket.payload["notice"]
    with reading() as session:
        notice = queries.get_notice_for_issue(session, notice_id)
        context, attachments = late.complete(session, notice)
    html = compose.render_html(notice.template, context)
    html_digest = storage.current().put(html.encode())
    try:
        pdf_digest = storage.current().put(press.render_pdf(notice.template, context, attachments))
    except PdfUnavailable as error:
        log.warning("letter without PDF", number=notice.number, reason=str(error))
        pdf_digest = None
    with transaction() as session:
        services.keep_rendered(
            session, notice_id=notice_id, html_digest=html_digest, pdf_digest=pdf_digest, at=at
        )
        jobs.finish(session, ticket, at)
