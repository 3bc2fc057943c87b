"""Numbers of employees, and the text by which one is searched."""

from __future__ import annotations

from app.notices.numbers import check_digit

# Stands before the digits when the check digit is taken, so that a case's or notice's number never passes
# as an employee's with the letter changed.
_KIND = "3"


def employee_number(sequence: int) -> str:
    """Give the number of the employee who is `sequence`-th in the register: E-000123-8."""
    digits = f"{sequence:06d}"
    return f"E-{digits}-{check_digit(_KIND + digits)}"


def search_text(*parts: str | None) -> str:
    """Give the casefolded text in which a search looks."""
    return " ".join(part for part in parts if part).casefold()
