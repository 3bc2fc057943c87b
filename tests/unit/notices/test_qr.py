"""A QR code is inline SVG that says what it is, and draws exactly the modules of the code."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import segno

from app.notices.qr import ERROR_LEVEL, QUIET_ZONE, svg

SVG = "{http://www.w3.org/2000/svg}"
ADDRESS = "https://civilservice.example/check/7Q2XK9WB4M"


def drawn(markup: str) -> list[list[int]]:
    root = ElementTree.fromstring(markup)  # noqa: S314 our own text
    size = int(root.attrib["viewBox"].split()[2])
    field = [[0] * size for _ in range(size)]
    path = root[2].attrib["d"]
    for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path):
        for column in range(int(left), int(left) + int(width)):
            field[int(top)][column] = 1
    return field


def test_the_modules_of_the_code_are_drawn_inside_its_quiet_zone():
    code = segno.make(ADDRESS, error=ERROR_LEVEL, boost_error=False, micro=False)
    assert drawn(svg(ADDRESS, title="Code")) == [list(row) for row in code.matrix_iter(border=QUIET_ZONE)]


def test_the_title_comes_first_and_is_escaped():
    root = ElementTree.fromstring(svg(ADDRESS, title='A "code" <b>&'))  # noqa: S314 our own text
    assert (root.attrib["role"], root[0].tag, root[0].text) == ("img", f"{SVG}title", 'A "code" <b>&')


def test_text_that_fits_no_code_is_refused():
    with pytest.raises(ValueError, match="too large"):
        svg("x" * 3000, title="Code")
