"""Result letters: promised together and one by one, and drawn."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.notices import batches, compose, services
from app.notices.models import Notice
from app.platform.actors import SYSTEM
from app.platform.db import reading, transaction
from tests.bench.publishing.data import AT

BATCH = 500
TEMPLATE = "examination_result"


def together() -> float:
    """Promise a batch of letters; give the seconds of processor time for each."""
    drafts = [
        batches.Draft(f"together:{row.id}", row.subject, row.account_id, "A", "a@b.example", _letter(row))
        for row in _some(BATCH)
    ]

    agency_id = _some(1)[0].agency_id

    def promise(session: Session) -> None:
        batches.promise_many(
            session, template=TEMPLATE, agency_id=agency_id, drafts=drafts, actor=SYSTEM, at=AT
        )

    return _each(promise)


def one_by_one() -> float:
    """Promise the same letters as single acts do; give the seconds of processor time for each."""
    rows = _some(BATCH)

    def promise(session: Session) -> None:
        for row in rows:
            services.promise(
                session,
                template=TEMPLATE,
                subject=row.subject,
                agency_id=row.agency_id,
                account_id=row.account_id,
                name="A",
                email="a@b.example",
                letter=_letter(row),
                actor=SYSTEM,
                at=AT,
                key=f"alone:{row.id}",
            )

    return _each(promise)


def draw(count: int) -> None:
    """Draw letters as the worker does: a page and a PDF of each."""
    for row in _some(count):
        compose.render_html(TEMPLATE, row.context)
        compose.render_pdf(TEMPLATE, row.context)


def _some(count: int) -> list[Notice]:
    query = select(Notice).where(Notice.template == TEMPLATE).order_by(Notice.id).limit(count)
    with reading() as session:
        return list(session.scalars(query))


def _letter(row: Notice) -> dict[str, Any]:
    letter: dict[str, Any] = row.context["letter"]
    return letter


def _each(promise: Callable[[Session], None]) -> float:
    start = time.process_time()
    with transaction() as session:
        promise(session)
    return (time.process_time() - start) / BATCH
