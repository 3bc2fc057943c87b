"""Keeping lists from elsewhere, and recording who took a list away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.exams.list_files.models import OutsideList, OutsideName
from app.exams.list_files.rules import ReadList
from app.platform import audit
from app.platform.actors import Actor
from app.platform.ids import new_id

BATCH = 1000
DAYS = {
    "published_date": "published_on",
    "established_date": "established_on",
    "anniversary_date": "anniversary_on",
    "extension_date": "extension_on",
    "termination_date": "terminated_on",
}


def import_lists(
    session: Session, *, agency_id: str, lists: Sequence[ReadList], digest: str, actor: Actor, at: dt.datetime
) -> int:
    """Keep the lists of a file, all or none, and tell how many; the same file twice adds nothing."""
    actor.demand("exams.list_files.import_file", agency_id)
    known = select(OutsideList.id).where(OutsideList.agency_id == agency_id, OutsideList.digest == digest)
    if session.scalar(known.limit(1)) is not None:
        return 0
    for one in lists:
        made = OutsideList(
            id=new_id("oul"),
            agency_id=agency_id,
            exam_no=one.exam_no,
            title_code=one.title_code,
            title=one.title,
            names=len(one.names),
            digest=digest,
            imported_by=actor.id,
            imported_at=at,
            **{DAYS[heading]: day for heading, day in one.dates.items()},
        )
        session.add(made)
        session.flush()
        rows = [
            {
                "list_id": made.id,
                "place": row.place,
                "name": row.name,
                "average": row.average,
                "cells": row.cells,
            }
            for row in one.names
        ]
        for start in range(0, len(rows), BATCH):
            session.execute(insert(OutsideName), rows[start : start + BATCH])
    audit.record(
        session,
        "exams.list_files.import_file",
        actor=actor,
        at=at,
        subject=agency_id,
        agency_id=agency_id,
        digest=digest,
        lists=len(lists),
        names=sum(len(one.names) for one in lists),
    )
    return len(lists)


def record_download(
    session: Session, *, subject: str, agency_id: str, names: int, actor: Actor, at: dt.datetime
) -> None:
    """Record that a list went out as a file."""
    audit.record(
        session,
        "exams.list_files.download",
        actor=actor,
        at=at,
        subject=subject,
        agency_id=agency_id,
        names=names,
    )
