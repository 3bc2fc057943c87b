from __future__ import annotations

import re
import zlib

from app.exams.merit_lists.printing import COLUMNS, ROWS, Heading, write_pdf

HEADING = Heading(
    "Clerk (I), EX-1", ["Larkhaven", "digest"], ("Rank", "Candidate", "Score"), "{page} of {pages}"
)


def pages(content: bytes) -> list[str]:
    """Read the text of each page by unpacking its stream."""
    found = re.findall(rb"/FlateDecode>>stream\n(.*?)\nendstream", content, flags=re.DOTALL)
    return [zlib.decompress(one).decode("cp1252") for one in found]


def test_every_row_stands_on_a_page_in_order():
    rows = [(str(place), f"C-{place:05}", "90.000") for place in range(1, COLUMNS * ROWS + 2)]
    content = write_pdf(HEADING, rows)
    first, second = pages(content)
    assert re.findall(r"\((C-\d+)\) Tj", first + second) == [number for _, number, _ in rows]
    assert "(1 of 2) Tj" in first
    assert "(2 of 2) Tj" in second
    assert "(Clerk \\(I\\), EX-1) Tj" in first


def test_the_table_of_objects_leads_to_each():
    content = write_pdf(HEADING, [("1", "C-1", "90")])
    start = int(re.search(rb"startxref\n(\d+)\n", content).group(1))
    assert content[start : start + 4] == b"xref"
    places = [int(one) for one in re.findall(rb"(\d{10}) 00000 n ", content[start:])]
    assert [content[place : place + 7] for place in places] == [
        f"{number} 0 obj".encode() for number in range(1, len(places) + 1)
    ]


def test_an_empty_list_and_letters_that_no_typeface_has():
    content = write_pdf(Heading("किताब )\\", [], ("Rank", "Candidate", "Score"), "{page}"), [])
    assert len(pages(content)) == 1
    assert content.startswith(b"%PDF-1.7")
    assert content.endswith(b"%%EOF\n")


def test_a_list_of_thousands_fills_as_many_pages_as_it_needs():
    rows = [(str(place), f"C-{place:06}", "81.250") for place in range(2_000)]
    assert len(pages(write_pdf(HEADING, rows))) == -(-2_000 // (COLUMNS * ROWS))
