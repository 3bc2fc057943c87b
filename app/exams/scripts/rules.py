"""Blind codes, and scripts without the names that files carry along."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Sequence

import pikepdf

from app.exams.scripts.states import ScriptState
from app.platform.errors import Conflict

# Letters and digits that nobody takes for one another.
ALPHABET = "2346789CDFGHJKMPQRTVWXY"
LENGTH = 6
MOST_FILES = 10
_PARTS = re.compile(r"[^0-9A-Za-z-]+")


def draw_codes(count: int, taken: Iterable[str], pick: Callable[[str], str]) -> list[str]:
    """Draw new codes by `pick`, which takes one sign of an alphabet; none twice, none that is taken."""
    known, drawn = set(taken), list[str]()
    while len(drawn) < count:
        code = "".join(pick(ALPHABET) for _ in range(LENGTH))
        if code not in known:
            known.add(code)
            drawn.append(code)
    return drawn


def map_digest(rows: Iterable[tuple[str, str, str]]) -> str:
    """Seal which code stands for whom, rows of (candidate number, code, salt), without giving it away.

    Each row is hashed with its own salt, so that one can be opened without the others.
    """
    lines = sorted(row_digest(*row) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def row_digest(number: str, code: str, salt: str) -> str:
    """Give the SHA-256 of one row of the map."""
    return hashlib.sha256(f"{salt}|{number}|{code}".encode()).hexdigest()


def number_in(filename: str, numbers: Sequence[str]) -> str:
    """Find the candidate number that a file is named by, "" when none or several are in its name."""
    stem = filename.rpartition(".")[0] or filename
    words = {stem.casefold(), *(word.casefold() for word in _PARTS.split(stem))}
    found = [number for number in numbers if number.casefold() in words]
    return found[0] if len(found) == 1 else ""


def without_names(content: bytes, media_type: str) -> bytes:
    """Take author, title and other words about itself out of a PDF; pictures carry none any more."""
    if media_type != "application/pdf":
        return content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for key in ("/Info", "/Metadata"):
            for place in (pdf.trailer, pdf.Root):
                if key in place:
                    del place[key]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def check_files(count: int, state: ScriptState) -> None:
    """Raise Conflict when a script takes no more files."""
    if state is ScriptState.MARKED:
        raise Conflict("This script is marked already. Its pages stay as they were rated.")
    if count >= MOST_FILES:
        raise Conflict(f"A script has at most {MOST_FILES} files.")
