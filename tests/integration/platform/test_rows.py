"""A row that is wanted twice is made once."""

from __future__ import annotations

import datetime as dt

from app.platform.antivirus import Verdict
from app.platform.rows import insert_once
from app.recruitment.scanning.models import ScannedFile


def test_the_second_of_two_equal_rows_is_not_made(session, at):
    later = at + dt.timedelta(minutes=1)
    assert insert_once(session, ScannedFile, digest="a" * 64, verdict=Verdict.CLEAN, asked_at=at) is True
    assert (
        insert_once(session, ScannedFile, digest="a" * 64, verdict=Verdict.WAITING, asked_at=later) is False
    )
    row = session.get_one(ScannedFile, "a" * 64)
    assert (row.verdict, row.asked_at) == (Verdict.CLEAN, at)
