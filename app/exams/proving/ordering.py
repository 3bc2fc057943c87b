"""Columns that people are put in order by, as whole numbers: dates, texts, lots; and who shares a rank."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
from ibis import _

from app.exams.proving.inputs import LIMIT, NotProvable, Numbers
from app.exams.proving.worksheet import Expression

if TYPE_CHECKING:
    from app.exams.merit.ordering import OrderKey

HIGH_FIRST = {"highest", "latest", "z-a", "yes"}
LOW_FIRST = {"lowest", "earliest", "a-z", "no"}


def numbers(values: Sequence[Any], name: str) -> tuple[list[int | None], int]:
    """Turn dates, texts or exact numbers into whole numbers over a denominator; None stays None."""
    known = [value for value in values if value is not None]
    kinds = {type(value) for value in known}
    denominator = 1
    if kinds <= {date}:
        found = [value and value.toordinal() for value in values]
    elif kinds <= {str}:
        places: dict[Any, int] = {text: place for place, text in enumerate(sorted(set(known)))}
        found = [places.get(value) for value in values]
    elif kinds <= {int, Fraction}:
        denominator = lcm(1, *{Fraction(value).denominator for value in known})
        found = [None if value is None else int(value * denominator) for value in values]
    else:
        raise NotProvable(f"The second computation cannot put people in order by {name}.")
    if any(abs(number) >= LIMIT for number in found if number is not None):
        raise NotProvable(f"The values of {name} need more than 62 bits.")
    return found, denominator


def lots(seed: str, list_id: str, ids: Iterable[str]) -> list[Numbers]:
    """Draw a lot for everybody, as four columns that order like its 32 bytes; the lowest comes first."""
    key = seed.encode()
    drawn = b"".join(hmac.digest(key, f"{list_id}{one}".encode(), "sha256") for one in ids)
    words = np.frombuffer(drawn, dtype=">u8").astype(np.uint64).reshape(-1, 4)
    # Engines know signed words only; turning the highest bit keeps the order.
    signed = (words ^ np.uint64(1 << 63)).view(np.int64)
    return [np.ascontiguousarray(column) for column in signed.T]


def directed(expression: Expression, key: OrderKey) -> Expression:
    """Say which end of a column comes first."""
    if key.first not in HIGH_FIRST | LOW_FIRST:
        raise NotProvable(f"The second computation does not know {key.first!r} first.")
    return expression.desc() if key.first in HIGH_FIRST else expression.asc()


def ranks(table: ibis.Table, keys: Sequence[tuple[Expression, bool]], row: str, numbering: str) -> ibis.Table:
    """Give place and rank of every row, by keys with whether each splits ranks; `row` decides at last."""
    every = [expression for expression, _splits in keys]
    splitting = [expression for expression, splits in keys if splits]
    place = ibis.row_number().over(order_by=[*every, _[row].asc()])
    if numbering == "unique":
        rank = place
    elif not splitting:
        rank = ibis.literal(0, type="int64")
    else:
        counted = ibis.dense_rank() if numbering == "dense" else ibis.rank()
        rank = counted.over(order_by=splitting)
    return table.mutate(place=place, rank=rank + 1).order_by("place")
