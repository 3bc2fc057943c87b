"""Carrying on what earlier runs found about the tests of the merit core."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation.changes import changes
from tests.mutation.keeping import Kept

BEFORE = """
def larger(one, other):
    return one > other


def least(one):
    return min(one, 5)
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "module.py"
    path.write_text(BEFORE)
    return path


def tried(kept: Kept, source: Path) -> list[str]:
    return [one.name for one in kept.open("module", source, changes(source, str(source)))]


def test_only_survivors_and_changed_functions_are_tried_again(tmp_path: Path, source: Path) -> None:
    kept = Kept(tmp_path / "kept.json")
    every = tried(kept, source)
    assert "larger: one > other: Gt to GtE" in every
    assert "least: min(one, 5): max" in every
    survivor = "least: min(one, 5): 5 to 6"
    kept.put("module", source, len(every), [(7, survivor)])
    assert tried(Kept(tmp_path / "kept.json"), source) == [survivor]

    source.write_text("# a remark\n" + BEFORE.replace("one > other", "one >= other"))
    again = tried(Kept(tmp_path / "kept.json"), source)
    assert survivor in again
    assert "larger: one >= other: GtE to Gt" in again
    assert "least: min(one, 5): max" not in again


def test_everything_is_tried_where_nothing_is_kept_or_all_is_asked_for(tmp_path: Path, source: Path) -> None:
    every = tried(Kept(None), source)
    kept = Kept(tmp_path / "kept.json")
    kept.put("module", source, len(every), [])
    assert tried(Kept(tmp_path / "kept.json"), source) == []
    kept.put("other", source, 3, [(1, "x")])
    anew = Kept(tmp_path / "kept.json", anew=True)
    assert tried(anew, source) == every
    anew.put("module", source, len(every), [])
    assert Kept(tmp_path / "kept.json").modules["other"].survivors == [[1, "x"]]
    assert Kept(tmp_path / "kept.json").modules["module"].tried == len(every)
