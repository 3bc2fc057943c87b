"""Cells found where they stand in the bytes of a file, and the same cells as columns of texts."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exams.responses.cells import UNKNOWN, Columns, divide

MEANINGS = {"": 0, "A": 1, "B": 2}
cell = st.text(alphabet="AB É", max_size=3)


@given(st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_cells_in_bytes_and_as_columns_read_alike(rows, end):
    raw = "".join(",".join(row) + end for row in rows).encode()
    found, columns = divide(raw, ",", 3), Columns(pl.DataFrame(rows, schema=["0", "1", "2"], orient="row"))
    kept = np.array([place % 2 == 0 for place in range(len(rows))])
    for one, other in ((found, columns), (found.kept(kept), columns.kept(kept))):
        for place in range(3):
            assert one.stripped(place) == other.stripped(place)
            assert one.codes(place, MEANINGS).tolist() == other.codes(place, MEANINGS).tolist()
            assert (
                one.codes(place, {"AB": 3, "A": 1}).tolist() == other.codes(place, {"AB": 3, "A": 1}).tolist()
            )
        for row in range(sum(kept) if one is not found else len(rows)):
            assert one.text(row, 1) == other.text(row, 1)
            assert one.is_blank(row) == other.is_blank(row)


def test_the_last_line_needs_no_end():
    found = divide(b"C1,A\nC2,", ",", 2)
    assert found.stripped(0) == ["C1", "C2"]
    assert found.codes(1, MEANINGS).tolist() == [1, 0]
    assert found.codes(1, {"B": 2}).tolist() == [UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("raw", [b"a,b\na\n", b"a,b,c\n", b"a\nb,c,d\n", b"a,b\n\nc,d\n"])
def test_lines_that_are_not_alike_are_left_to_the_careful_way(raw):
    assert divide(raw, ",", 2) is None
