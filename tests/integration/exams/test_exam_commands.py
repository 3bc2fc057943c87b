"""The commands: a dry run, an import told line by line, and a draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from app.exams.examinations.commands import exams
from app.exams.merit_lists.models import MeritList
from app.exams.responses.models import ResponseImport
from tests.integration.exams import world as office


@pytest.fixture
def world(session):
    made = office.make_world(session)
    office.hold(made)
    office.set_key(made)
    return made


@pytest.fixture
def run(tmp_path: Path):
    """Run a command of the group on a file with this content, and give the result."""

    def call(command: str, exam: str, content: bytes | None = None, *options: str):
        arguments = [exam]
        if content is not None:
            file = tmp_path / "answers.csv"
            file.write_bytes(content)
            arguments.append(str(file))
        return CliRunner().invoke(exams.commands[command], [*arguments, *options], catch_exceptions=False)

    return call


def imports(session) -> int:
    return session.scalar(select(func.count()).select_from(ResponseImport))


def test_a_dry_run_stores_nothing(session, world, run):
    result = run("import-responses", world.exam.number, office.answers_of(world), "--dry-run")
    assert (result.exit_code, result.output) == (
        0,
        "6 sheets read, 0 candidates without a sheet.\nNothing was stored.\n",
    )
    assert imports(session) == 0


def test_an_import_is_stored_once(session, world, run):
    content = office.answers_of(world)
    first = run("import-responses", world.exam.number, content)
    assert (first.exit_code, first.output) == (
        0,
        "6 sheets read, 0 candidates without a sheet.\nAnswers stored.\n",
    )
    again = run("import-responses", world.exam.number, content)
    assert again.output.endswith("This file was imported before. Nothing changed.\n")
    assert imports(session) == 1


def test_each_bad_row_is_told_and_nothing_stored(session, world, run):
    lines = office.answers_of(world).decode().splitlines()
    lines[2] = lines[2].replace(",A", ",Z", 1)
    lines.append(lines[1])
    result = run("import-responses", world.exam.number, "\n".join(lines).encode())
    number = lines[1].partition(",")[0]
    assert (result.exit_code, result.output) == (
        2,
        "line 3, column 1: “Z” is not an answer of this examination.\n"
        f"line 8, column candidate: {number} already stands in line 2.\n"
        "Nothing was stored: 2 faults.\n",
    )
    assert imports(session) == 0


def test_absentees_have_to_be_declared(session, world, run):
    some = office.answers_of(world, {"Ada": 10})
    refused = run("import-responses", world.exam.number, some)
    assert refused.exit_code == 1
    assert "5 candidates have no sheet in this file" in refused.output
    assert run("import-responses", world.exam.number, some, "--absent").exit_code == 0


def test_a_draft_is_made_for_a_person_to_approve(session, world, run):
    run("import-responses", world.exam.number, office.answers_of(world))
    without = run("rank", world.exam.number)
    assert without.exit_code == 1
    assert "Enter the seed that was drawn in public" in without.output
    result = run("rank", world.exam.number, None, "--seed", office.SEED)
    merit_list = session.scalars(select(MeritList)).one()
    assert result.output == (
        f"Version 1: 6 ranked, 5 passed.\nFingerprint of the list: {merit_list.digest}\n"
    )
    office.approve(world, merit_list)


def test_an_unknown_examination_is_said_plainly(world, run):
    result = run("rank", "EX-1999-0001")
    assert (result.exit_code, result.output) == (1, "Error: There is no such examination.\n")
