"""Status 2, and the file, the row and the column named; rows count as a spreadsheet counts them."""

from __future__ import annotations

import pytest

from tests.integration.exams.merit_commands.files import (
    ANSWERS,
    CITY,
    KEY,
    answered,
    examination,
    refused,
    write,
)

LINES = ANSWERS.splitlines()


def changed(row: int, line: str) -> str:
    return "\n".join([*LINES[: row - 1], line, *LINES[row:]]) + "\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "answers.csv, row 1: The headings are missing."),
        ("candidate,1,2,3,4\n", "answers.csv, row 1: There is nothing below the headings."),
        ("candidate,1,2,3,4\n\n,,,,\n", "answers.csv, row 1: There is nothing below the headings."),
        (changed(3, "a2,A,C,D"), "answers.csv, row 3: The row has 4 values and the headings are 7."),
        (changed(4, "a3,A,C,D,B,,x,y"), "answers.csv, row 4: The row has 8 values and the headings are 7."),
        (changed(5, 'a4,A,"B,D",B,,x'), "answers.csv, row 5: The row has 6 values and the headings are 7."),
        (changed(1, "candidate,1,2,3,4,,claims"), "answers.csv, row 1, column 6: The column has no heading."),
        (
            changed(1, "candidate,1,2,3,4,2,claims"),
            "answers.csv, row 1, column 2: The column stands in the file twice.",
        ),
        (
            changed(1, "candidate,1,2,3,5,claims,applied_on"),
            "answers.csv, row 1, column 5: This is no item of the key and nothing that the rulebook asks "
            "for. To pass it over, add --ignore '5'.",
        ),
        (
            "candidate,1,2,3\na,A,B,D\n",
            "answers.csv, row 1, column 4: The column of this item of the key is missing.",
        ),
        (
            changed(1, "name,1,2,3,4,claims,applied_on"),
            "answers.csv, row 1, column name: There is no column of candidates; head it with candidate, "
            "candidate id, candidate number or id.",
        ),
        (
            changed(3, "a1,A,C,D,,veteran,2026-01-02"),
            "answers.csv, row 3, column candidate: a1 already stands in row 2.",
        ),
        (
            changed(3, " ,A,C,D,,veteran,2026-01-02"),
            "answers.csv, row 3, column candidate: The candidate is missing.",
        ),
        (
            changed(3, "a2,A,C,D,,admiral,2026-01-02"),
            "answers.csv, row 3, column claims: 'admiral' is no claim of this rulebook; known are "
            "disabled-veteran, veteran.",
        ),
        (
            changed(5, "a4,A,,A,B,,1 May"),
            "answers.csv, row 5, column applied_on: '1 May' is no date; write it as 2026-01-31.",
        ),
    ],
)  # fmt: skip
def test_answers_that_cannot_be_used(tmp_path, text, sentence):
    _answers, *key = examination(tmp_path)
    assert refused("rank", write(tmp_path, "answers.csv", text), *key, *CITY) == sentence


def test_answers_that_are_no_text(tmp_path):
    _answers, *key = examination(tmp_path)
    latin = tmp_path / "latin.csv"
    latin.write_bytes(ANSWERS.replace("a3", "é3").encode("latin-1"))
    assert refused("rank", latin, *key, *CITY) == (
        "latin.csv, row 4: The row is not written in UTF-8. Save the file as CSV in UTF-8."
    )
    wide = tmp_path / "wide.csv"
    wide.write_text(ANSWERS, encoding="utf-16")
    assert refused("rank", wide, *key, *CITY).startswith("wide.csv, row 1: The file is no text in UTF-8.")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("answers.txt", "answers.txt: The name must end in one of .csv, .parquet, .xlsx."),
        ("answers.parquet", "answers.parquet: The file is no Parquet file."),
        ("answers.xlsx", "answers.xlsx: The file is no XLSX workbook."),
    ],
)
def test_files_that_are_not_what_their_name_says(tmp_path, name, sentence):
    _answers, *key = examination(tmp_path)
    (tmp_path / name).write_text(ANSWERS)
    assert refused("rank", tmp_path / name, *key, *CITY) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("item\n1\n", "key.csv, row 1, column key: The column 'key' is missing."),
        (
            "item,key,weight\n1,A,2\n",
            "key.csv, row 1, column weight: A key has no such column; known are item, key, treatment, "
            "section, right, wrong, blank, credits.",
        ),
        ("item,key\n1,A\n,B\n", "key.csv, row 3, column item: The item has no code."),
        ("item,key\n1,A\n1,B\n", "key.csv, row 3, column item: The item 1 already stands in row 2."),
        ("item,key\n1,\n", "key.csv, row 2, column key: A normal item needs exactly one accepted option."),
        (
            "item,key,treatment\n1,A,void\n",
            "key.csv, row 2, column treatment: 'void' is no treatment; known are normal, several, all, "
            "full-credit-all, answered, full-credit-answered, cancelled, neutralised.",
        ),
        (
            "item,key,right\n1,A,one\n",
            "key.csv, row 2, column right: 'one' is no exact number, such as 78, 78.5 or 1/3.",
        ),
        (
            "item,key,credits\n1,A,C\n",
            "key.csv, row 2, column credits: 'C' is no credit; write it as C=1/2.",
        ),
    ],
)
def test_keys_that_cannot_be_used(tmp_path, text, sentence):
    answers, *_key = examination(tmp_path)
    assert refused("rank", answers, "--key", write(tmp_path, "key.csv", text), *CITY) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("series,printed\nR,1\n", "series.csv, row 1, column item: The column 'item' is missing."),
        ("series,printed,item\nR,,1\n", "series.csv, row 2, column printed: The cell is empty."),
        (
            "series,printed,item\nR,1,1\nR,1,2\n",
            "series.csv, row 3, column printed: 1 stands in the series R twice.",
        ),
        (
            "series,printed,item\nR,1,1\n",
            "key.csv: series R: its order must name each item of the key exactly once.",
        ),
    ],
)
def test_series_that_cannot_be_used(tmp_path, text, sentence):
    series = write(tmp_path, "series.csv", text)
    assert refused("rank", *examination(tmp_path), *CITY, "--series", series) == sentence


def test_a_sheet_of_an_unknown_series(tmp_path):
    answers = write(tmp_path, "answers.csv", "candidate,series,1\na,,A\nb,Q,A\n")
    key = write(tmp_path, "key.csv", "item,key\n1,A\n")
    assert refused("rank", answers, "--key", key, *CITY) == (
        "answers.csv, row 3, column series: There is no booklet series 'Q'."
    )


def test_marks_that_cannot_be_used(tmp_path):
    asked = ("--rulebook", "new-york-open")
    words = write(tmp_path, "marks.csv", "id,written\na,70\nb,seventy\n")
    assert refused("rank", words, *asked) == (
        "marks.csv, row 3, column written: 'seventy' is no exact number, such as 78, 78.5 or 1/3."
    )
    none = write(tmp_path, "none.csv", "id,claims\na,veteran\n")
    assert refused("rank", none, *asked) == (
        "none.csv, row 1, column written: The column of marks of this component is missing."
    )
    high = write(tmp_path, "high.csv", "id,written\na,70\nb,100.5\n")
    assert refused("rank", high, *asked) == (
        "candidates, row b, column written: 100.5 is above the maximum of 100."
    )


def test_what_decides_ranks_may_not_be_left_out(tmp_path):
    marks = write(tmp_path, "marks.csv", "id,written,interview\na,70,80\n")
    assert refused("rank", marks, "--rulebook", "plain-office") == (
        "--seed: The rulebook gives ranks by lot; give the public seed of the draw."
    )
    paper = write(tmp_path, "paper.csv", "id,paper\na,70\n")
    assert refused("rank", paper, "--rulebook", "india-mean-sd") == (
        "paper.csv, row 1, column shift: The rulebook asks for this of each person; add the column, or give "
        "it in --people."
    )


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (("--rulebook", "atlantis"), "--rulebook: There is no rulebook 'atlantis'. Known are california"),
        (("--rulebook", "gone.toml"), "gone.toml: The file cannot be read: No such file or directory."),
        ((*CITY, "--fact", "grade"), "--fact: 'grade' is no fact; write it as name=value."),
        ((*CITY, "--on", "1999-01-01"), "No version of the rulebook 'city-civil-service' is in force on "),
        ((*CITY, "--out", "list.pdf"), "list.pdf: The name must end in one of .csv, .parquet, .xlsx."),
        (CITY[:2], "answers.csv: The component 'Written examination' is made of items; give its --key."),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used(tmp_path, words, start):
    answers, *key = examination(tmp_path)
    if words == CITY[:2]:
        answers, key = write(tmp_path, "answers.csv", "candidate,claims\na,\n"), []
    assert refused("rank", answers, *key, *words).startswith(start)


def test_a_column_may_be_passed_over_by_name(tmp_path):
    answers = write(tmp_path, "answers.csv", ANSWERS.replace("applied_on", "room"))
    assert "no item of the key" in refused("rank", answers, "--key", write(tmp_path, "key.csv", KEY), *CITY)
    found = answered("rank", answers, "--key", write(tmp_path, "key.csv", KEY), *CITY, "--ignore", "room")
    assert found["people"] == 4
