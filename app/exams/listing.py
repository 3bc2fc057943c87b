"""What the address of a list asks for."""

from __future__ import annotations

from flask import request

LONGEST = 40


def asked(name: str) -> str:
    """Give a parameter of the address, cut short and without what a database cannot compare."""
    return request.args.get(name, "")[:LONGEST].replace("\0", "")


def asked_place(name: str) -> int:
    """Give a parameter that is a place on a list; anything else counts as 0."""
    text = asked(name)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
