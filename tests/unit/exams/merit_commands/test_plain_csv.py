"""The fast reader of plain files gives what the general one gives, or leaves the file to it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.exams.merit_commands import plain_csv
from app.exams.merit_commands.faults import BadInput
from app.exams.merit_commands.tables import FrameTable, PlainTable, _new_categories, _read_csv, read_table
from app.exams.merit_commands.writing import write_csv

CODED = {"1", "2", "3"}
HEAD = "candidate,1,2,3,born"


def general(path: Path) -> FrameTable:
    categories = _new_categories()
    return FrameTable(path, _read_csv(path, path.read_bytes(), CODED, categories), categories)


def content(table: PlainTable | FrameTable) -> dict[str, object]:
    """Read a table as texts, whatever the codes of its answers are."""
    coded = [name for name in table.columns if name in CODED]
    options, cells = table.codes(coded)
    found: dict[str, object] = {
        name: [options[code] for code in row.tolist()] for name, row in zip(coded, cells, strict=True)
    }
    for name in table.columns:
        if name not in CODED:
            column, firsts = table.distinct(name)
            assert list(column) == table.texts(name)
            assert [table.texts(name).index(value) for value in column.values] == firsts
            assert [text or None for text in table.names(name).tolist()] == table.texts(name)
            found[name] = table.texts(name)
    return found | {"rows": table.rows.tolist(), "columns": table.columns}


PLAIN = [
    f"{HEAD}\na,A,,C,2000-01-01\nb,,,,\n",
    f"{HEAD}\na,A,,C,2000-01-01\nb,B,B,*,1999-12-31",
    f"{HEAD}\r\na,A,,C,2000-01-01\r\nlonger,,,,x y\r\n",
    "candidate;1;2;3;born\na;A;,;C;x\n",
    "1,candidate,2,born,3\nA,a,,x,C\n,b,B,y,\n",
    "1,candidate,2,born,3\r\nA,a,,x,C\r\n,b,B,y,\r\n",
    "born,candidate,1,2,3\n,a,A,B,C\nx,b,,,\n",
    "candidate,1,2,3\na,A,B,C\nb,,,\n",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_file_is_read_fast_and_alike(tmp_path, text):
    path = tmp_path / "answers.csv"
    path.write_text(text, newline="")
    table = read_table(path, CODED)
    assert isinstance(table, PlainTable)
    assert content(table) == content(general(path))


OTHER = [
    f'{HEAD}\na,"A",,C,2000-01-01\n',
    f"{HEAD}\na,AB,,C,2000-01-01\n",
    f"{HEAD}\na, ,,C,2000-01-01\n",
    f"{HEAD}\n a,A,,C,2000-01-01 \n",
    f"{HEAD}\na,A,,C,2000-01-01\n\nb,,,,\n",
    f"{HEAD}\na,A,,C,2000-01-01\n,,,,\nb,,,,\n",
    f"{HEAD}\nअ,A,,C,2000-01-01\n",
    f"{HEAD}\na,é,,C,2000-01-01\n",
    f"\ufeff{HEAD}\na,A,,C,2000-01-01\n",
    f"{HEAD}\na,A,,C,2000-01-01\r\n",
]


@pytest.mark.parametrize("text", OTHER)
def test_any_other_file_is_left_to_the_general_reader(tmp_path, text):
    path = tmp_path / "answers.csv"
    path.write_text(text, newline="")
    table = read_table(path, CODED)
    assert isinstance(table, FrameTable)
    assert content(table) == content(general(path))


@pytest.mark.parametrize("line", ["a,A,,C", "a,A,,C,x,y", "a,A\nb,,,,,,,,x"])
def test_a_line_with_too_few_or_too_many_values_is_told_with_its_row(tmp_path, line):
    path = tmp_path / "answers.csv"
    path.write_text(f"{HEAD}\nz,A,B,C,x\n{line}\n")
    with pytest.raises(BadInput, match="row 3: The row has"):
        read_table(path, CODED)


def test_a_file_of_many_parts_is_read_alike(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_csv, "PART", 64)
    monkeypatch.setattr(plain_csv, "ROOM", 1)
    dice = random.Random(3)
    lines = [
        ",".join(
            [
                f"c{number}",
                *(dice.choice(["", "A", "B", "C", "D"]) for _ in range(3)),
                str(dice.randrange(99)),
            ]
        )
        for number in range(200)
    ]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([HEAD, *lines, "last,Z,0,a,"]))
    table = read_table(path, CODED)
    assert isinstance(table, PlainTable)
    assert content(table) == content(general(path))
    assert table.codes(["1"])[0] == ("", "0", "A", "B", "C", "D", "Z", "a")
    assert table.codes(["3", "1"])[1].tolist() == table.codes(["1", "2", "3"])[1][[2, 0]].tolist()


def test_more_different_signs_than_codes_are_left_to_the_general_reader(tmp_path, monkeypatch):
    monkeypatch.setattr(plain_csv, "UNKNOWN", 3)
    path = tmp_path / "answers.csv"
    path.write_text(f"{HEAD}\na,A,B,C,x\n")
    assert isinstance(read_table(path, CODED), FrameTable)


def test_what_is_written_at_once_is_what_is_written_row_by_row(tmp_path):
    import numpy as np

    from app.exams.merit.columns import Coded, Picked
    from app.exams.merit_commands.writing import Names, Whole, _frame

    ids = np.array(["a", "b c", "d"])
    columns = {
        "rank, or place": Whole(np.array([-5, 123]), 3),
        "candidate": Names(Picked(ids, np.array([2, 0, 1]))),
        "said": Coded(("", 'a "word"', None, "1,5", True), np.array([1, 3, 0])),
        "none": Coded((None, False), np.array([0, 1, 0])),
    }
    assert write_csv(columns) == _frame(columns).write_csv().encode()
    named = {"candidate": Names(Picked(np.array(["a,b", "c"]), np.array([0, 1])))}
    assert write_csv(named) == b'candidate\n"a,b"\nc\n'
    assert [list(column[:2]) for column in columns.values()] == [
        [-5, 123], ["d", "a"], ['a "word"', "1,5"], [None, False]
    ]  # fmt: skip


LONG = "x" * (plain_csv.WIDEST + 1)
FURTHER = [
    "candidate,1,2,3\na,A,B,C\n" + "b" * 300_000 + ",A,B,C\n",
    f"{HEAD}\na,A,,C,{LONG}\n",
    f"{HEAD}\r\na,A,,C,x\r\nb,A,,\rC,x\n",
    f"{HEAD}\na,A,,C,x\0y\n",
    f"{HEAD}\na,A,,C,x\ty\n",
    "1,2,3\nA,B,C\n",
]


@pytest.mark.parametrize("text", FURTHER)
def test_a_file_that_is_not_quite_plain_is_left_to_the_general_reader(tmp_path, text):
    path = tmp_path / "answers.csv"
    path.write_text(text, newline="")
    with path.open("rb") as file:
        head = file.readline()
    names = head.decode().strip().split(",")
    assert plain_csv.read_plain(path, names, CODED, ",", head) is None


def test_headings_alone_are_left_to_the_general_reader(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(f"{HEAD}\n")
    assert plain_csv.read_plain(path, HEAD.split(","), CODED, ",", path.read_bytes()) is None
    with pytest.raises(BadInput, match="There is nothing below the headings"):
        read_table(path, CODED)
