"""Applications for the office: which vacancies have them, one vacancy's list, one application as received."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from app.notices.queries import list_notices_about
from app.platform import clock
from app.platform.db import reading, transaction
from app.recruitment.applications import forms, queries, services, snapshots
from app.recruitment.applications.differences import difference
from app.recruitment.applications.history import timeline
from app.recruitment.applications.routes import bp
from app.recruitment.applications.states import Screening
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.pages import render

navigation.add("Applications", "recruitment.applications.list_staff", area="staff", order=30)


@bp.get("/staff/applications")
@requires("recruitment.applications.list_staff")
def list_staff() -> ResponseReturnValue:
    """List the vacancies that people applied to, with how far screening has come."""
    filters, actor = forms.PostingsFilter(), current_actor()
    with reading() as session:
        rows, before = queries.list_postings(session, actor, before=filters.before.data or "")
        counts = queries.count_by_outcome(session, [row.id for row in rows])
    following = url_for(".list_staff", before=before) if before else ""
    return render(rows=rows, counts=counts, following=following, filters=filters)


@bp.get("/staff/postings/<id('pst'):posting_id>/applications")
@requires("recruitment.applications.list_posting")
def list_posting(posting_id: str) -> ResponseReturnValue:
    """List the applications to one vacancy, in the order in which they came in."""
    filters, actor = forms.ListFilter(), current_actor()
    outcome, text = filters.outcome.data or "", filters.text.data or ""
    wanted = queries.Filters(
        screening=Screening(outcome) if outcome not in ("", "withdrawn") else None,
        is_withdrawn=outcome == "withdrawn",
        text=text,
    )
    with reading() as session:
        posting = queries.get_posting(session, posting_id, actor)
        page = queries.list_for_posting(session, posting_id, actor, wanted, after=filters.after.data or "")
        counts = queries.count_by_outcome(session, [posting_id])[posting_id]
    kept: dict[str, Any] = {"posting_id": posting_id, "outcome": outcome or None, "text": text or None}
    following = url_for(".list_posting", after=page.next_after, **kept) if page.next_after else ""
    return render(posting=posting, rows=page.rows, counts=counts, filters=filters, following=following)


@bp.get("/staff/applications/<id('app'):application_id>")
@requires("recruitment.applications.show_staff")
def show_staff(application_id: str) -> ResponseReturnValue:
    """Show one application exactly as it was received; the view is recorded."""
    actor = current_actor()
    with transaction() as session:
        application = queries.get_application(session, application_id, actor)
        services.record_view(session, application=application, actor=actor, at=clock.now())
        events = queries.list_events(session, application_id)
        letters = list_notices_about(session, application_id, actor)
        versions = queries.list_versions(session, application_id)
    return render(
        application=application,
        received=application.snapshot,
        versions=versions,
        changes=difference(versions[-2].snapshot, versions[-1].snapshot) if len(versions) > 1 else [],
        is_intact=snapshots.digest_of(application.snapshot or {}) == application.snapshot_digest,
        events=timeline(events, application.posting.time_zone, names=True),
        letters=letters,
    )
