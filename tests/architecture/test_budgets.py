"""The house's budgets: small files, small functions, one commit, no drawers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.factory import ROOT

FILES = sorted((ROOT / "app").rglob("*.py"))
DRAWERS = {"common", "utils", "util", "helpers", "misc", "manager", "managers", "tools"}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_keeps_its_budget(path: Path):
    text = path.read_text()
    assert text.count("\n") <= 400
    limit = 25 if path.stem in ("routes", "staff_routes") else 60
    assert {name: size for name, size in functions(path) if size > limit} == {}
    # the composition root and a package's own list of parts bring everything together, and a package's front
    # door names what is inside
    if path.name not in ("factory.py", "parts.py", "__init__.py"):
        imports = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
        assert len([node for node in imports if getattr(node, "module", "") != "__future__"]) <= 20
    assert path.stem not in DRAWERS


def test_one_place_commits():
    found = [str(path.relative_to(ROOT)) for path in FILES if ".commit(" in path.read_text()]
    assert found == ["app/platform/db.py"]


def test_only_the_clock_reads_the_clock():
    marks = ("datetime.now(", "date.today(", "utcnow(")
    found = {str(path.relative_to(ROOT)) for path in FILES if any(mark in path.read_text() for mark in marks)}
    assert found == {"app/platform/clock.py"}


def test_services_and_rules_know_no_web():
    forbidden = ("from flask", "import flask", "from app.web")
    stems = {"services", "rules", "states", "queries", "models", "tasks"}
    found = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path.stem in stems and any(mark in path.read_text() for mark in forbidden)
    ]
    assert found == []


def test_rules_and_states_know_no_database():
    found = [
        str(path.relative_to(ROOT))
        for path in FILES
        if path.stem in {"rules", "states"} and "sqlalchemy" in path.read_text()
    ]
    assert found == []
