"""What a cell of a file may begin with, so that no spreadsheet runs it."""

from __future__ import annotations

# A spreadsheet takes a text that begins so for a formula.
FORMULA = "=+-@\t\r"


def guarded(text: str) -> str:
    """Give a text as a cell may hold it: an apostrophe goes before what would run as a formula."""
    return f"'{text}" if text[:1] and text[0] in FORMULA else text
