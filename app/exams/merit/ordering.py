"""Stage 8: the order of a list, who counts as equal, how places are numbered, and draws by lot."""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

import numpy as np

from app.exams.merit import packing
from app.exams.merit.candidates import Attribute
from app.exams.merit.columns import Coded
from app.exams.merit.errors import InputError
from app.exams.merit.exact import Flags, Integers, Marks
from app.exams.merit.reading import Node
from app.exams.merit.responses import Texts

NUMBERINGS = ("dense", "competition", "unique")
FIRST = {"highest": -1, "latest": -1, "z-a": -1, "yes": -1, "lowest": 1, "earliest": 1, "a-z": 1, "no": 1}
_PLAIN = {"total": "highest", "earned": "highest", "exact": "highest", "preference": "yes"}
_PLAIN |= {"tier": "lowest", "category": "lowest", "draw": "lowest"}
_PREFIXED = {"component": "highest", "section": "highest", "claim": "yes", "attribute": ""}


@dataclass(frozen=True, slots=True)
class OrderKey:
    """One key of the order.

    `splits` is false for a key that puts people in order inside one rank and leaves them the same rank.
    """

    by: str
    first: str
    splits: bool
    title: str
    citation: str


@dataclass(frozen=True, slots=True)
class Order:
    """Keys from the strongest to the weakest, and the numbering of ranks."""

    keys: tuple[OrderKey, ...]
    numbering: str

    @property
    def needs_seed(self) -> bool:
        """Tell whether a draw is declared."""
        return any(key.by == "draw" for key in self.keys)


def read_order(root: Node, components: Sequence[str]) -> Order:
    """Read [order] and its [[order.key]]; without keys the total alone decides."""
    node = root.table("order")
    keys = [_read_key(child, components) for child in node.children("key")]
    seen: set[str] = set()
    for position, key in enumerate(keys):
        if key.by in seen:
            node.fault(f"The key {key.by!r} stands here twice.", "key", position, "by")
        seen.add(key.by)
    for position, (earlier, later) in enumerate(pairwise(keys), start=1):
        if later.splits and not earlier.splits:
            node.fault("A key that splits ranks may not stand after one that does not.", "key", position)
    order = Order(
        tuple(keys) or (OrderKey("total", "highest", True, "total", ""),),
        node.text("numbering", "competition", NUMBERINGS),
    )
    node.finish()
    return order


def _read_key(node: Node, components: Sequence[str]) -> OrderKey:
    by = node.text("by")
    head, _, rest = by.partition(".")
    if by not in _PLAIN and (head not in _PREFIXED or not rest):
        known = [*_PLAIN, *(f"{name}.<name>" for name in _PREFIXED)]
        node.fault(f"'by' is {by!r}; it must be one of {', '.join(known)}.", "by")
    elif head in ("component", "section") and rest.split(".")[0] not in components:
        node.fault(f"There is no component {rest.split('.')[0]!r}.", "by")
    default = _PLAIN.get(by) or _PREFIXED.get(head) or ""
    if head == "attribute" and not node.has("first"):
        node.fault(f"The key {by!r} must say which value comes first.", "by")
    key = OrderKey(
        by,
        node.text("first", default or "lowest", tuple(FIRST)),
        node.flag("splits", True),
        node.text("title", by),
        node.text("citation", " ").strip(),
    )
    node.finish()
    return key


def signed(column: Integers, key: OrderKey) -> Integers:
    """Turn a column so that the lowest value comes first."""
    return column if FIRST[key.first] > 0 else -column


def attribute_column(values: Sequence[Attribute], name: str, key: OrderKey) -> Integers:
    """Turn dates, numbers or texts into integers in the order of the key; missing values stand last."""
    if isinstance(values, Coded):
        gathered: Integers = attribute_column(values.values, name, key)[values.places]
        return gathered
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) > 1 and not kinds <= {int, Fraction}:
        raise InputError("candidates", "it mixes kinds of values.", column=name)
    missing = np.array([value is None for value in values], dtype=bool)
    if kinds <= {date}:
        column = np.array(
            [value.toordinal() if isinstance(value, date) else 0 for value in values], dtype=np.int64
        )
    elif kinds <= {str}:
        words = np.array(["" if value is None else str(value) for value in values], dtype=np.str_)
        column = np.unique(words, return_inverse=True)[1].astype(np.int64)
    elif kinds <= {int, Fraction}:
        column = Marks.of(value if isinstance(value, int | Fraction) else 0 for value in values).numerators
    else:
        raise InputError("candidates", "it must hold dates, whole numbers, fractions or texts.", column=name)
    column = signed(column, key)
    if missing.any():
        column = np.where(missing, (column[~missing].max() if (~missing).any() else 0) + 1, column)
    return column


def draw(seed: str, list_id: str, application_id: str) -> bytes:
    """Draw a lot: HMAC-SHA256 keyed by the public seed over list id and application id, 32 bytes.

    It is uniform, anybody can recompute it, and a withdrawal moves nobody else. The lowest comes first.
    """
    return hmac.digest(seed.encode(), (list_id + application_id).encode(), hashlib.sha256)


def sort(
    columns: Sequence[Integers | None],
    splits: Sequence[bool],
    ids: Texts,
    lots: Callable[[int], bytes],
) -> tuple[Integers, Flags]:
    """Give the row order and where a new rank begins.

    Columns stand from the strongest to the weakest, lowest value first; None is the draw. Lots are drawn
    only for people whom the keys before leave equal; what is equal in the end stands by id and shares its
    rank.
    """
    lead = next(
        (place for place, column in enumerate(columns) if column is None or not splits[place]), len(columns)
    )
    leading = [column for column in columns[:lead] if column is not None]
    places, new = packing.order(leading, len(ids))
    ranks = new.copy()
    for column, split in zip(columns[lead:], splits[lead:], strict=True):
        packing.refine(places, new, _lot_words(lots) if column is None else _taken(column))
        if split:
            ranks = new.copy()
    packing.refine(places, new, lambda rows: packing.text_words(ids[rows]))
    return places, ranks


def _taken(column: Integers) -> Callable[[Integers], list[Integers]]:
    return lambda rows: [column[rows]]


def _lot_words(lots: Callable[[int], bytes]) -> Callable[[Integers], list[packing.Words]]:
    def words(rows: Integers) -> list[packing.Words]:
        drawn = np.frombuffer(b"".join(lots(row) for row in rows.tolist()), dtype=">u8")
        return [column.astype(np.uint64) for column in drawn.reshape(len(rows), 4).T]

    return words


def number(new: Flags, numbering: str) -> Integers:
    """Number places: dense 1 2 2 3, competition 1 2 2 4, unique 1 2 3 4."""
    places = np.arange(1, len(new) + 1, dtype=np.int64)
    if numbering == "unique":
        return places
    if numbering == "dense":
        return np.cumsum(new).astype(np.int64)
    return np.maximum.accumulate(np.where(new, places, 0)) if len(new) else places
