"""What holds for every explanation that a test of the core asks for."""

from __future__ import annotations

from typing import Any

import pytest

from app.exams import merit

# Lists of the tests are short; of a long one the first are looked at.
FEW = 20


@pytest.fixture(autouse=True)
def _all_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Demand of each explanation that the derivations of the whole list hold the same one."""
    one_by_one = merit.explain

    def both(listing: merit.MeritList, own: str, *scores: merit.Scores, **more: Any) -> merit.Explanation:
        everybody = list(merit.explain_all(listing, *scores))
        assert [told.row for told in everybody] == list(listing.rows)
        for told in everybody[:FEW]:
            assert told == one_by_one(listing, told.candidate_id, *scores)
        return one_by_one(listing, own, *scores, **more)

    monkeypatch.setattr(merit, "explain", both)
