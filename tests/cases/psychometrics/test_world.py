"""Published examples of each measure, written as data, each with its source."""

import tomllib
from pathlib import Path

import pytest

from tests.cases.calls import Case
from tests.cases.psychometrics.calls import CALLS

CASES: list[Case] = tomllib.loads(Path(__file__).with_name("world.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_measure_gives_what_its_source_prints(case: Case) -> None:
    assert CALLS[case["call"]](case) == case["expect"]


def test_every_case_has_an_id_of_its_own_and_a_source() -> None:
    ids = [case["id"] for case in CASES]
    assert sorted(ids) == sorted(set(ids))
    assert [case["id"] for case in CASES if not case["law"]] == []
