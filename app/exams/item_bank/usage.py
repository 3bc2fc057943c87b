"""How items did where they were asked: filled once the list of the examination is published."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.exams.examinations.models import Examination
from app.exams.item_bank.models import ItemUse
from app.exams.item_bank.rules import count_right
from app.exams.keys.models import KeyVersion
from app.exams.merit_lists.models import MeritList
from app.exams.merit_lists.states import ListState
from app.exams.responses.queries import load_sheets
from app.platform import audit
from app.platform.actors import SYSTEM


def fill_figures(session: Session, *, at: dt.datetime) -> int:
    """Fill the figures of uses whose examination has a published list, and give how many were filled."""
    waiting = session.execute(
        select(MeritList.examination_id, MeritList.import_id, KeyVersion.answers)
        .join(KeyVersion, KeyVersion.id == MeritList.key_version_id)
        .where(
            MeritList.state == ListState.PUBLISHED,
            MeritList.examination_id.in_(select(ItemUse.examination_id).where(ItemUse.people.is_(None))),
        )
        .order_by(MeritList.examination_id)
    ).all()
    filled = 0
    for examination_id, import_id, answers in waiting:
        filled += _fill_one(session, examination_id, import_id, answers, at)
    return filled


def _fill_one(
    session: Session, examination_id: str, import_id: str, answers: dict[str, Any], at: dt.datetime
) -> int:
    examination = session.scalars(
        select(Examination)
        .where(Examination.id == examination_id)
        .options(
            selectinload(Examination.items),
            selectinload(Examination.posting),
            selectinload(Examination.agency),
        )
    ).one()
    sheets = load_sheets(session, examination, import_id)
    found = count_right(sheets.rows(), [answers[code]["accepted"] for code in sheets.codes])
    figures = dict(zip(sheets.codes, found, strict=True))
    uses = session.scalars(select(ItemUse).where(ItemUse.examination_id == examination_id)).all()
    for use in uses:
        own = figures[use.code]
        use.people, use.right_people, use.discrimination = own.people, own.right, own.discrimination
    audit.record(
        session,
        "exams.item_bank.fill_figures",
        actor=SYSTEM,
        at=at,
        subject=examination_id,
        agency_id=examination.agency_id,
        items=len(uses),
    )
    return len(uses)
