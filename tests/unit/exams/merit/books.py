"""A small rulebook that tests change piece by piece."""

HEAD = """
[rulebook]
name = "test"
version = 1
title = "Test office"
citation = "Test rules 1"
read_on = 2026-11-22
effective_from = 2026-01-01
"""

WRITTEN = """
[[component]]
name = "written"
kind = "mark"
maximum = "100"
weight = "100"
"""

ITEMS = """
[[component]]
name = "written"
kind = "items"
weight = "100"
"""


def book(*parts: str, head: str = HEAD) -> str:
    """Join the head and the given parts of a rulebook."""
    return head + "".join(parts)
