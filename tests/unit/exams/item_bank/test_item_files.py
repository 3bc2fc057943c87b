"""Items in and out by CSV and QTI 3.0: what is written is read again, what is unknown is refused."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from app.exams.item_bank import qti
from app.exams.item_bank.csv_items import read_csv, write_csv
from app.exams.item_bank.rules import Content, count_right
from app.exams.item_bank.states import Difficulty

PLAIN = Content(
    "ARI-001",
    "Arithmetic",
    Difficulty.HARD,
    "en",
    "What is 7 × 8 & 0?",
    {"A": "54", "B": "<56>", "C": "64"},
    ("B",),
)
OPTIONS = {"A": "Sí", "B": "No"}
FOREIGN = Content("LEC-001", "Lectura", Difficulty.EASY, "es", "¿Qué dice\nel texto?", OPTIONS, ("A",))
HEAD = "code,subject,difficulty,language,question,A,B,key\n"
BOTH = [PLAIN, FOREIGN]


def read_one(data: bytes) -> qti.Reading:
    return qti.read_qti(data, "Arithmetic", Difficulty.HARD, "en")


def test_a_table_is_read_as_it_was_written():
    reading = read_csv(write_csv(BOTH))
    assert reading.faults == []
    assert [content for _, content in reading.rows] == BOTH


def test_a_package_is_read_as_it_was_written_with_subject_and_difficulty():
    data = qti.write_package([PLAIN, FOREIGN])
    assert qti.write_package([PLAIN, FOREIGN]) == data
    reading = qti.read_qti(data, "Something else", Difficulty.MEDIUM, "hi")
    assert reading.faults == []
    flat = replace(FOREIGN, stem="¿Qué dice el texto?")
    assert [content for _, content in reading.rows] == [PLAIN, flat]


def test_a_single_item_takes_what_it_does_not_say_from_the_form():
    [(line, content)] = read_one(qti.write_item(PLAIN)).rows
    assert (line, content) == (2, PLAIN)


@pytest.mark.parametrize(
    ("lines", "line", "sentence"),
    [
        ("", 1, "The column “code” is missing."),
        ("code,colour\n", 1, "There is no column “colour”."),
        (HEAD, 1, "The file has no items."),
        (HEAD + "X1,Law,hard,en,Why?,Yes,No\n", 2, "The line has 7 values and the headings are 8."),
        (HEAD + "X1,Law,tough,en,Why?,Yes,No,A\n", 2, "“tough” is not easy, medium or hard."),
        (HEAD + "X1,Law,hard,xx,Why?,Yes,No,A\n", 2, "“xx” is no language of this service."),
        (HEAD + "X1,Law,hard,en,Why?,Yes,No,C\n", 2, "The key must name exactly one option of the item."),
        (HEAD + "X1,Law,hard,en,Why?,Yes,No,A/B\n", 2, "The key must name exactly one option of the item."),
        (HEAD + "X1,Law,hard,en,Why?,Yes,yes,A\n", 2, "Two options say the same."),
        (HEAD + "X1,Law,hard,en,Why?,Yes,,A\n", 2, "Give from two to six options, from A on without a gap."),
        (
            HEAD + "=1,Law,hard,en,Why?,Yes,No,A\n",
            2,
            "Use up to 40 letters, digits, dots and dashes",
        ),
        (HEAD + 2 * "X1,Law,hard,en,Why?,Yes,No,A\n", 3, "The code “X1” stands in the file twice."),
    ],
)
def test_each_faulty_line_is_told(lines, line, sentence):
    faults = read_csv(lines.encode()).faults
    assert [(fault.line, fault.reason.startswith(sentence)) for fault in faults[:1]] == [(line, True)]


def test_a_table_in_another_coding_is_refused_with_its_line():
    assert [(fault.line, fault.reason) for fault in read_csv(b"code\nX\xe9\n").faults] == [
        (2, "The line is not written in UTF-8.")
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        (
            "<qti-prompt>",
            "<qti-prompt><img src='a.png'/>",
            12,
            "“img” is a part that this bank does not hold.",
        ),
        (
            "<qti-item-body>",
            "<qti-item-body><qti-text-entry-interaction/>",
            11,
            "“qti-text-entry-interaction” is a part",
        ),
        ("<qti-item-body>", "<qti-modal-feedback/><qti-item-body>", 10, "“qti-modal-feedback” is a part"),
        (">B</qti-value>", ">Z</qti-value>", 5, "“Z” is no choice of this item."),
        ('cardinality="single"', 'cardinality="multiple"', 3, "This bank holds single choices"),
        ('title="', 'label="x" title="', 2, "The attribute “label” is not known"),
        ("match_correct", "map_response", 18, "Only the processing by the template match_correct"),
        ("qti-assessment-item", "qti-assessment-test", 2, "“qti-assessment-test” stands where"),
        ("</qti-item-body>", "", 18, "This is not XML"),
    ],
)
def test_what_qti_says_besides_is_refused_with_its_line(old, new, line, sentence):
    text = qti.write_item(PLAIN).decode()
    assert old in text
    [fault] = read_one(text.replace(old, new).encode()).faults
    assert sentence in fault.reason
    assert abs(fault.line - line) <= 2


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>',
    ],
)
def test_documents_with_types_and_entities_are_not_taken(data):
    [fault] = read_one(data).faults
    assert "root" not in fault.reason
    assert fault.reason.startswith(("A document type is not taken.", "This is not XML"))


def test_packages_that_are_none_or_too_large_are_refused():
    assert read_one(b"PK\x03\x04 broken").faults[0].reason == "The package cannot be unpacked."
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.xml", b"0" * (qti.MOST_UNPACKED + 1))
    assert read_one(out.getvalue()).faults[0].reason == "The package holds more than this service unpacks."
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("readme.txt", b"nothing")
    assert read_one(out.getvalue()).faults[0].reason == "The package has no items."


def test_figures_are_shares_and_correlations_with_the_other_items():
    sheets = [("A", "B", "A"), ("A", "B", "C"), ("B", "A", ""), ("A", "A", "")]
    first, second, third = count_right(sheets, [("A",), ("B",), ("A", "C")])
    assert [(own.people, own.right) for own in (first, second, third)] == [(4, 3), (4, 2), (4, 2)]
    assert first.discrimination == pytest.approx(0.57735, abs=1e-5)
    assert second.discrimination == pytest.approx(0.904534, abs=1e-6)
    assert count_right([("A",)], [("A",)])[0].discrimination is None
