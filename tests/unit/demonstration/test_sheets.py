"""Answer sheets: marks follow from ability; key and file are read by the same rules as real ones."""

from __future__ import annotations

import random

from app.demonstration import sheets
from app.exams.keys.rules import read_key
from app.exams.responses.rules import Sheet, read_file


def _paper() -> sheets.Paper:
    return sheets.write_paper(random.Random("paper"), 60)


def _share_right(theta: float) -> float:
    paper, dice = _paper(), random.Random("people")
    marked = [sheets.mark(dice, paper, theta) for _ in range(40)]
    right = sum(
        given in (key, paper.second if code == paper.doubtful else key)
        for row in marked
        for given, (code, key) in zip(row, paper.key.items(), strict=True)
    )
    return right / (40 * 60)


def test_who_is_able_has_more_right():
    weak, middling, strong = (_share_right(theta) for theta in (-2, 0.5, 3))
    assert weak < 0.5 < middling < 0.85 < strong


def test_the_doubtful_item_has_a_second_answer_that_can_be_defended():
    paper = _paper()
    assert paper.second in sheets.OPTIONS
    assert paper.second != paper.key[paper.doubtful]


def test_the_wrong_key_differs_in_the_named_item():
    paper = _paper()
    first = read_key(paper.key_text(), paper.codes, sheets.OPTIONS)
    wrong = read_key(paper.key_text(wrong="5"), paper.codes, sheets.OPTIONS)
    assert [code for code in paper.codes if first[code] != wrong[code]] == ["5"]


def test_the_file_is_read_without_fault():
    paper, dice = _paper(), random.Random("people")
    rows = [(f"C{number:05d}", sheets.mark(dice, paper, 0.5)) for number in range(200)]
    numbers = [number for number, _ in rows]
    read = read_file(
        sheets.write_file(paper, rows),
        Sheet(paper.codes, numbers, sheets.OPTIONS, (sheets.BLANK,), (sheets.SEVERAL,)),
    )
    assert read.problems == []
    assert list(read.answers) == numbers
    stored = {answer for answers in read.answers.values() for answer in answers.values()}
    assert stored == {"A", "B", "C", "D", "", "*"}
