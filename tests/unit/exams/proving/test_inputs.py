from __future__ import annotations

import ast
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from app.exams import merit, proving
from app.exams.proving import NotProvable, Sheets
from app.exams.proving.inputs import gather

BOOK = merit.rulebook.in_force("city-civil-service", date(2026, 1, 1))
PARTS = sorted(Path(proving.__file__).parent.glob("*.py"))


def case(**changes):
    given = {name: {} for name in ("claims", "attributes", "facts", "maxima", "key_digests")}
    given |= {"list_id": "L", "seed": "s"}
    positional = {"sheets": {}, "keys": {}, "marks": {}} | {
        name: changes.pop(name) for name in ("sheets", "keys", "marks") if name in changes
    }
    return gather(BOOK, *positional.values(), **(given | changes))


def test_sheets_from_rows_and_from_responses_hold_the_same_answers():
    rows = [["A", None, "*"], ["", "B", "A"], ["-", "A", "B"]]
    own = Sheets.from_rows(["b", "a", "c"], ["1", "2", "3"], rows, blank=["", "-"], series=["", "X", ""])
    core = merit.Responses.from_rows(
        ["b", "a", "c"], ["1", "2", "3"], rows, blank=["", "-"], series=["", "X", ""]
    )
    taken = Sheets.from_responses(core)
    assert (own.ids, own.series) == (taken.ids, taken.series) == (("b", "a", "c"), ("", "X", ""))
    for sheets in (own, taken):
        texts = {code: [sheets.options[place] for place in column] for code, column in sheets.answers.items()}
        assert texts == {"1": ["A", "", ""], "2": ["", "B", "A"], "3": ["*", "A", "B"]}


def test_people_stand_by_code_point_and_absent_people_have_nought():
    made = case(marks={"oral": {"b": "7.5", "B": None, "é": Fraction(1, 3)}}, claims={"b": ["v"]},
                attributes={"é": {"on": date(2026, 1, 2)}})  # fmt: skip
    assert made.ids == ("B", "b", "é")
    oral = made.given["oral"]
    assert (oral.numerators.tolist(), oral.denominator, oral.absent.tolist()) == (
        [0, 45, 2],
        6,
        [True, False, False],
    )
    assert made.claims["v"].tolist() == [False, True, False]
    assert made.attributes == {"on": [None, None, date(2026, 1, 2)]}
    assert made.absent["oral"].tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"claims": {"x": ["v"]}}, "x has a claim or an attribute and neither sheet nor mark."),
        ({"attributes": {"x": {"on": 1}}}, "x has a claim or an attribute and neither sheet nor mark."),
        (
            {"sheets": {"w": Sheets.from_rows(["a", "a"], ["1"], [["A"], ["B"]])},
             "keys": {"w": merit.Key(1, (merit.Item("1", ("A",)),))}},
            "Somebody has two answer sheets for one component.",
        ),
        (
            {"sheets": {"w": Sheets.from_rows([], ["1"], [])}},
            "There must be one key for each set of answer sheets.",
        ),
        ({"marks": {"w": {"a": 2**62}}}, "The given marks are too fine for 62 bits."),
    ],
)  # fmt: skip
def test_inputs_that_do_not_fit_are_refused(changes, sentence):
    with pytest.raises(NotProvable) as refusal:
        case(**changes)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.name)
def test_nothing_is_taken_from_the_core_but_its_front_door(path):
    """Types may be named for a reader; whatever runs must be written twice."""
    tree = ast.parse(path.read_text())
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    imported = {
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types and node.module
    }
    assert not [name for name in imported if name.startswith("app.exams.merit")]
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "merit"
    }
    # Data that both computations read, and how a number is written; no scoring, no order, no rounding.
    assert used <= {"Rulebook", "Key", "Item", "Responses", "MeritList", "plain"}


def test_the_engines_are_loaded_only_when_a_list_is_proved():
    code = "import sys, app.exams.proving; print({'ibis', 'duckdb', 'pyarrow'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "set()\n"
