"""Sheets as they are stored: one sign for each item, and a hash of each as it was captured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from json.encoder import encode_basestring

import numpy as np
import numpy.typing as npt

from app.exams import merit
from app.exams.examinations.rules import MULTIPLE

Codes = npt.NDArray[np.uint8]
BLANK = ""
BLANK_SIGN, SEVERAL_SIGN = "-", MULTIPLE
# Signs for answers that are not one plain sign themselves; an examination has 40 answers at most.
SPARE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# Rows that are hashed or packed at a time: their template is a kilobyte each.
BLOCK = 20_000


def texts_of(options: Sequence[str]) -> tuple[str, ...]:
    """List what may stand in an item, by code: no answer, several answers, then each option."""
    return (BLANK, MULTIPLE, *options)


def signs_of(options: Sequence[str]) -> str:
    """Give the sign of each code: an option that is one plain sign stands for itself."""
    reserved = {BLANK_SIGN, SEVERAL_SIGN}
    are_plain = all(
        len(text) == 1 and text.isascii() and text.isprintable() and text not in reserved and text != " "
        for text in options
    )
    return BLANK_SIGN + SEVERAL_SIGN + ("".join(options) if are_plain else SPARE[: len(options)])


def pack(matrix: Codes, options: Sequence[str]) -> list[str]:
    """Write each sheet as one text, a sign for each item."""
    signs = np.frombuffer(signs_of(options).encode(), dtype=np.uint8)
    people, items = matrix.shape
    text = signs[matrix].tobytes().decode()
    return [text[start : start + items] for start in range(0, people * items, items)]


def unpack(packed: Sequence[str], options: Sequence[str]) -> Codes:
    """Read sheets that were packed; ValueError where one holds a sign that stands for nothing."""
    signs = np.frombuffer(signs_of(options).encode(), dtype=np.uint8)
    table = np.full(256, 255, dtype=np.uint8)
    table[signs] = np.arange(len(signs), dtype=np.uint8)
    found = table[np.frombuffer("".join(packed).encode("latin-1", "replace"), dtype=np.uint8)]
    if found.size and int(found.max()) == 255:
        raise ValueError("A sheet holds a sign that stands for no answer.")
    return found.reshape(len(packed), -1)


def unpack_one(packed: str, codes: Sequence[str], options: Sequence[str]) -> dict[str, str]:
    """Read one sheet as a map of item codes to texts."""
    texts = texts_of(options)
    return {code: texts[place] for code, place in zip(codes, unpack([packed], options)[0], strict=True)}


def quoted(text: str) -> bytes:
    """Write a text as JSON does."""
    return encode_basestring(text).encode()


def digests(
    examination: str,
    numbers: Sequence[str],
    codes: Sequence[str],
    matrix: Codes,
    options: Sequence[str],
    series: Sequence[str] = (),
) -> Iterator[str]:
    """Give the SHA-256 of each sheet as it was captured, in the order of `numbers`.

    It is that of the canonical JSON of examination, candidate and answers by item code, and of the booklet
    series where there is one. All sheets of a block are written at once: a row of bytes wide enough for any
    answer, whose unused bytes fall away when the row is hashed.
    """
    order = sorted(range(len(codes)), key=lambda item: codes[item])
    template, places, answers = _template([codes[item] for item in order], texts_of(options))
    width = answers.shape[1]
    columns = np.add.outer(places, np.arange(width)).ravel()
    end = b',"examination":' + quoted(examination)
    ends = {name: end + b',"series":' + quoted(name) + b"}" for name in set(series) if name}
    plain = end + b"}"
    for start in range(0, len(numbers), BLOCK):
        block = matrix[start : start + BLOCK][:, order]
        rows = np.tile(template, (len(block), 1))
        rows[:, columns] = answers[block].reshape(len(block), -1)
        whole, size = rows.tobytes(), len(template)
        for row in range(len(block)):
            body = whole[row * size : (row + 1) * size].replace(b"\0", b"")
            tail = ends.get(series[start + row], plain) if series else plain
            named = b'},"candidate":' + quoted(numbers[start + row])
            yield hashlib.sha256(b'{"answers":{' + body + named + tail).hexdigest()


def _template(codes: Sequence[str], texts: Sequence[str]) -> tuple[Codes, npt.NDArray[np.int64], Codes]:
    """Write the answers' part of a sheet with room for each answer; give the places of the rooms too."""
    encoded = [quoted(text) for text in texts]
    width = max(map(len, encoded))
    answers = np.zeros((len(texts), width), dtype=np.uint8)
    for place, text in enumerate(encoded):
        answers[place, : len(text)] = np.frombuffer(text, dtype=np.uint8)
    body, places = b"", []
    for code in codes:
        body += (b"," if body else b"") + quoted(code) + b":"
        places.append(len(body))
        body += b"\0" * width
    return np.frombuffer(body, dtype=np.uint8), np.array(places, dtype=np.int64), answers


@dataclass(frozen=True)
class Sheets:
    """The sheets of an import by candidate number; `matrix`, shape (people, items), indexes `texts`.

    `series` names each sheet's booklet series and `bundles` the bundle it came in, "" where there is none.
    """

    numbers: tuple[str, ...]
    candidate_ids: tuple[str, ...]
    codes: tuple[str, ...]
    options: tuple[str, ...]
    matrix: Codes
    series: tuple[str, ...]
    bundles: tuple[str, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """List what the matrix indexes: no answer, several answers, then each option."""
        return texts_of(self.options)

    def __len__(self) -> int:
        return len(self.numbers)

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Give each sheet as a row of texts in the order of `codes`."""
        texts = np.array(self.texts, dtype=object)
        return tuple(map(tuple, texts[self.matrix].tolist()))

    @cached_property
    def place(self) -> dict[str, int]:
        """Map each candidate's number to the row."""
        return {number: row for row, number in enumerate(self.numbers)}

    def responses(self) -> merit.Responses:
        """Give the sheets to the merit core, by candidate number."""
        ids = np.array(self.numbers, dtype=np.str_)
        return merit.Responses(ids, self.codes, self.texts, np.ascontiguousarray(self.matrix.T))
