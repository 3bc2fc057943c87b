"""Situations from the law of several countries, written as data, each with its citation."""

import tomllib
from pathlib import Path

import pytest

from tests.cases.calls import CALLS, Case

CASES: list[Case] = [
    case
    for file in sorted(Path(__file__).parent.glob("*.toml"))
    for case in tomllib.loads(file.read_text("utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_law_gives_this_list(case: Case) -> None:
    assert CALLS[case["call"]](case) == case["expect"]


def test_every_case_has_an_id_of_its_own_and_a_citation() -> None:
    ids = [case["id"] for case in CASES]
    assert sorted(ids) == sorted(set(ids))
    assert [case["id"] for case in CASES if not case["law"]] == []
