"""The audit trail over HTTP."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import list_agencies_for
from app.compliance.ledger import queries, services
from app.compliance.ledger.forms import LedgerFilterForm, PurposeForm
from app.platform import audit, clock
from app.platform.db import reading, transaction
from app.web import navigation
from app.web.access import current_actor, requires
from app.web.forms import named
from app.web.pages import download, render

bp = Blueprint("ledger", __name__)
navigation.add("Ledger", "compliance.ledger.list_events", area="staff", order=90)
MOST_EXPORTED = 100_000


@bp.get("/staff/ledger")
@requires("compliance.ledger.list_events")
def list_events() -> ResponseReturnValue:
    """List events with filters; looking is recorded."""
    actor, form = current_actor(), _filter_form()
    text = request.args.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
    filters = form.filters()
    with transaction() as session:
        events = queries.list_events(session, actor, filters, before=before)
        days = queries.count_by_day(session, actor, filters)
        services.record_view(session, "list_events", actor=actor, at=clock.now(), filters=filters)
    page = events[: queries.PAGE]
    following = _address(before=page[-1].index) if len(events) > queries.PAGE else ""
    return render(events=page, days=days, filters=form, purpose=PurposeForm(), following=following)


@bp.get("/staff/ledger/<int:index>")
@requires("compliance.ledger.show_event")
def show_event(index: int) -> ResponseReturnValue:
    """Show one event with its digests, and what happened to the same subject."""
    actor = current_actor()
    with transaction() as session:
        event = queries.get_event(session, min(index, 2**53), actor)
        subject = queries.Filters(subject=event.subject)
        others = queries.list_events(session, actor, subject, limit=20)
        services.record_view(session, "show_event", actor=actor, at=clock.now(), filters=subject)
    return render(event=event, others=others[:20], is_whole=_is_whole(event))


@bp.post("/staff/ledger/verify")
@requires("compliance.ledger.verify")
def verify() -> ResponseReturnValue:
    """Recompute the whole chain and say whether it holds."""
    actor = current_actor()
    with reading() as session:
        broken = audit.verify(audit.read_chain(session))
        count = audit.count_events(session)
    with transaction() as session:
        services.record_view(session, "verify", actor=actor, at=clock.now(), filters=queries.Filters())
    return render(broken=broken, count=count, checked_at=clock.now())


@bp.post("/staff/ledger/download")
@requires("compliance.ledger.download_events")
def download_events() -> ResponseReturnValue:
    """Download the filtered events as CSV, with the purpose recorded."""
    actor, form, purpose = current_actor(), _filter_form(), PurposeForm()
    filters = form.filters()
    if not purpose.validate_on_submit():
        with reading() as session:
            events = queries.list_events(session, actor, filters)[: queries.PAGE]
            days = queries.count_by_day(session, actor, filters)
        context = {"events": events, "days": days, "filters": form, "purpose": purpose, "following": ""}
        return render(form=purpose, template="compliance/ledger/list_events.html", **context)
    with transaction() as session:
        events = queries.list_events(session, actor, filters, limit=MOST_EXPORTED)[:MOST_EXPORTED]
        services.record_view(
            session,
            "download_events",
            actor=actor,
            at=clock.now(),
            filters=filters,
            purpose=purpose.purpose.data,
        )
    return download(services.write_csv(events), filename="ledger.csv", media_type="text/csv")


def _filter_form() -> LedgerFilterForm:
    with reading() as session:
        agencies = list_agencies_for(session, current_actor(), queries.PERMISSION)
    return LedgerFilterForm(choices={"agency_id": named(agencies)})


def _address(before: int) -> str:
    return f"{url_for('.list_events')}?{urlencode({**request.args.to_dict(), 'before': before})}"


def _is_whole(event: audit.AuditEvent) -> bool:
    values = {column.key: getattr(event, column.key) for column in audit.AuditEvent.__table__.columns}
    return audit.event_digest(event.previous, event.index, values) == event.digest
