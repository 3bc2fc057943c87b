"""Answer sheets as one matrix, addressed by candidate id and item code, never by position."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from app.exams.merit import packing
from app.exams.merit.columns import once
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Flags, Integers, canonical

Texts = npt.NDArray[np.str_]
Answers = npt.NDArray[np.unsignedinteger]


def texts(values: Iterable[str] | Texts, table: str, kind: str) -> Texts:
    """Make an array of unique non-empty texts; a duplicate is refused with its value."""
    array = values if isinstance(values, np.ndarray) else np.array(list(values), dtype=np.str_)
    if array.dtype.kind != "U":
        if any(not isinstance(value, str) for value in array.tolist()):
            raise InputError(table, f"every {kind} must be text.")
        array = array.astype(np.str_)
    places, new = sorted_rows(array)
    if not new.all():
        repeated = str(array[places[~new][0]])
        raise InputError(table, f"the {kind} stands in it twice.", row=repeated)
    if len(array) and array[places[0]] == "":
        raise InputError(table, f"a {kind} is empty.")
    return array


def sorted_rows(array: Texts) -> tuple[Integers, Flags]:
    """Give the rows of texts in their order, and where a text differs from the one before.

    A column that nobody can write to is sorted once, however often it is asked for.
    """
    return once("order", array, _sorted_rows)


def _sorted_rows(array: Texts) -> tuple[Integers, Flags]:
    return packing.order(packing.text_words(array), len(array))


@dataclass(frozen=True)
class Responses:
    """Answers of shape (items, candidates): index into `options`, where 0 is a blank.

    `series` names each candidate's booklet series, "" for the key's own order.
    """

    candidate_ids: Texts
    item_codes: tuple[str, ...]
    options: tuple[str, ...]
    answers: Answers
    series: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "candidate_ids", texts(self.candidate_ids, "responses", "candidate id"))
        texts(self.item_codes, "responses", "item code")
        if self.answers.shape != (len(self.item_codes), len(self.candidate_ids)):
            raise InputError("responses", "there must be one answer for each item and candidate.")
        if self.answers.size and int(self.answers.max()) >= len(self.options):
            raise InputError("responses", f"an answer is no index into the {len(self.options)} options.")
        if self.series and len(self.series) != len(self.candidate_ids):
            raise InputError("responses", "there must be one booklet series for each candidate.")

    @classmethod
    def from_columns(
        cls,
        candidate_ids: Sequence[str] | Texts,
        columns: Mapping[str, Sequence[str | None]],
        *,
        blank: Iterable[str] = ("",),
        series: Sequence[str] = (),
    ) -> "Responses":
        """Read one column of answers for each item code; None and the texts of `blank` are blanks."""
        blanks: set[str | None] = {None, *blank}
        codes: dict[str, int] = {}
        answers = np.zeros((len(columns), len(candidate_ids)), dtype=np.uint16)
        for position, (code, column) in enumerate(columns.items()):
            if len(column) != len(candidate_ids):
                raise InputError(
                    "responses",
                    f"it has {len(column)} answers for {len(candidate_ids)} candidates.",
                    column=code,
                )
            answers[position] = [
                0 if answer in blanks else codes.setdefault(str(answer), len(codes) + 1) for answer in column
            ]
        return cls(
            texts(candidate_ids, "responses", "candidate id"),
            tuple(columns),
            ("", *codes),
            answers.astype(np.uint8) if len(codes) < 256 else answers,
            tuple(series),
        )

    @classmethod
    def from_rows(
        cls,
        candidate_ids: Sequence[str] | Texts,
        item_codes: Sequence[str],
        rows: Iterable[Sequence[str | None]],
        *,
        blank: Iterable[str] = ("",),
        series: Sequence[str] = (),
    ) -> "Responses":
        """Read one row of answers for each candidate, in the order of `item_codes`."""
        texts(item_codes, "responses", "item code")
        kept = list(rows)
        if len(kept) != len(candidate_ids):
            raise InputError("responses", f"there are {len(kept)} rows for {len(candidate_ids)} candidates.")
        for candidate, row in zip(candidate_ids, kept, strict=True):
            if len(row) != len(item_codes):
                raise InputError(
                    "responses", f"it has {len(row)} answers for {len(item_codes)} items.", row=str(candidate)
                )
        columns = {code: [row[position] for row in kept] for position, code in enumerate(item_codes)}
        return cls.from_columns(candidate_ids, columns, blank=blank, series=series)

    def __len__(self) -> int:
        return len(self.candidate_ids)

    @cached_property
    def rows_by_id(self) -> dict[str, int]:
        """Map each candidate id to its column of the matrix."""
        return {candidate: row for row, candidate in enumerate(self.candidate_ids.tolist())}

    def answer(self, candidate_id: str, item_code: str) -> str | None:
        """Give one answer, None for a blank."""
        if candidate_id not in self.rows_by_id:
            raise InputError("responses", "there is no such candidate.", row=candidate_id)
        if item_code not in self.item_codes:
            raise InputError("responses", "there is no such item.", column=item_code)
        code = int(self.answers[self.item_codes.index(item_code), self.rows_by_id[candidate_id]])
        return self.options[code] if code else None

    @cached_property
    def digest(self) -> str:
        """Give the SHA-256 of the sheets; the order of candidates, items and options does not count."""
        rank = np.zeros(len(self.options), dtype=self.answers.dtype)
        rank[np.argsort(np.array(self.options[1:], dtype=np.str_)) + 1] = np.arange(1, len(self.options))
        people, _ = sorted_rows(self.candidate_ids)
        items = sorted(range(len(self.item_codes)), key=lambda item: self.item_codes[item])
        head = {
            "candidates": self.candidate_ids[people].tolist(),
            "items": [self.item_codes[item] for item in items],
            "options": sorted(self.options[1:]),
            "series": [self.series[person] for person in people.tolist()] if any(self.series) else [],
        }
        summer = hashlib.sha256(canonical(head).encode())
        for item in items:
            summer.update(rank[self.answers[item]][people].astype("<u2").tobytes())
        return summer.hexdigest()
