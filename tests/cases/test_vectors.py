"""Every worked case that stands beside the project is run here, at a known place."""

import json

from tests.cases import test_cases
from tests.cases.calls import Case, shared
from tests.cases.psychometrics import test_world

PLACES: dict[str, list[Case]] = {
    test_cases.__name__: test_cases.CASES,
    test_world.__name__: test_world.CASES,
}


def places() -> dict[str, list[str]]:
    """Map the id of each worked case to where it is run; "US-15 set number" is a part of US-15."""
    found: dict[str, list[str]] = {}
    for place, cases in PLACES.items():
        for case in cases:
            found.setdefault(case["id"].split()[0], []).append(f"{place}[{case['id']}]")
    return found


def test_every_worked_case_is_run() -> None:
    known = {case["id"]: case for case in json.loads(shared("cases/merit_vectors.json").read_text())}
    run = places()
    assert len(known) == 72
    assert {name: case["system"] for name, case in known.items() if name not in run} == {}


def test_a_case_of_two_parts_is_found_at_both() -> None:
    prefix = f"{test_cases.__name__}[WA-01"
    assert places()["WA-01"] == [f"{prefix} dense]", f"{prefix} competition]"]
