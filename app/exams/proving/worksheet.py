"""Exact columns inside an engine, and small tables, joined, for what a database may not compute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import ibis
import pyarrow as pa
from ibis import _
from ibis.common.deferred import Deferred, Just

from app.exams.proving.engines import Engine
from app.exams.proving.inputs import LIMIT, NotProvable
from app.exams.proving.rounding import to_places

# Any integer, true-or-false or deferred Ibis expression over the worksheet's own columns.
Expression = Any
# (session or 0, numerator) -> people
Counts = dict[tuple[int, int], int]


def whole(number: int) -> Expression:
    """Write a number as a 64-bit one.

    Engines read a short number as one of 32 bits and overflow in sums and products, so it is cast; and Ibis
    writes a cast only where it changes the type.
    """
    is_short = -(2**31) <= number < 2**31
    made = ibis.literal(number, type="int32" if is_short else "int64")
    return Deferred(Just(made.cast("int64")))


def flag(holds: bool) -> Expression:
    """Write true or false for everybody."""
    return Deferred(Just(ibis.literal(holds)))


def added(parts: Iterable[Expression]) -> Expression:
    """Add expressions as a balanced tree, so that hundreds of them nest a few levels only."""
    left = list(parts) or [whole(0)]
    while len(left) > 1:
        pairs = [left[start : start + 2] for start in range(0, len(left), 2)]
        left = [pair[0] + pair[1] if len(pair) == 2 else pair[0] for pair in pairs]
    return left[0]


@dataclass(frozen=True)
class Amount:
    """A column of marks in units of 1/`denominator`, none of them more than `reach` units from nought.

    The denominator is always the smallest over which every value that the column can have is a whole number.
    """

    value: Expression
    denominator: int
    reach: int

    def __post_init__(self) -> None:
        if self.reach >= LIMIT or self.denominator >= LIMIT:
            raise NotProvable("Marks of this rulebook need more than 62 bits.")

    @classmethod
    def constant(cls, value: Fraction) -> Amount:
        """Give everybody the same."""
        return cls(whole(value.numerator), value.denominator, abs(value.numerator))

    def times(self, factor: Fraction) -> Amount:
        """Multiply by an exact factor."""
        denominator = (Fraction(1, self.denominator) * factor).denominator
        units = factor * denominator / self.denominator
        value = self.value if units == 1 else self.value * whole(int(units))
        return Amount(value, denominator, self.reach * abs(int(units)))

    def over(self, denominator: int) -> Amount:
        """Write the same over a multiple of the denominator."""
        units = denominator // self.denominator
        value = self.value if units == 1 else self.value * whole(units)
        return Amount(value, denominator, self.reach * units)

    def plus(self, other: Amount) -> Amount:
        """Add two columns."""
        common = lcm(self.denominator, other.denominator)
        left, right = self.over(common), other.over(common)
        return Amount(left.value + right.value, common, left.reach + right.reach)

    def at_least(self, least: Fraction) -> Expression:
        """Tell who has so much or more."""
        return self.value >= whole(-(-least * self.denominator // 1))

    def only(self, condition: Expression) -> Amount:
        """Leave nought to everybody else."""
        return Amount(ibis.ifelse(condition, self.value, whole(0)), self.denominator, self.reach)


def same_scale(amounts: Iterable[Amount]) -> list[Amount]:
    """Write several columns over one denominator."""
    given = list(amounts)
    common = lcm(1, *(amount.denominator for amount in given))
    return [amount.over(common) for amount in given]


class Worksheet:
    """A table of people in an engine, a row each, that gains columns stage by stage."""

    def __init__(self, engine: Engine, table: pa.Table) -> None:
        self._engine, self.table, self._made = engine, engine.load(table), 0

    def add(self, expression: Expression) -> Expression:
        """Add a column and give the expression that reads it."""
        return _[self._name(expression)]

    def _name(self, expression: Expression) -> str:
        self._made += 1
        name = f"x{self._made}"
        self.table = self.table.mutate(**{name: expression})
        return name

    def store(self, amount: Amount) -> Amount:
        """Add a column of marks."""
        return Amount(self.add(amount.value), amount.denominator, amount.reach)

    def settle(self) -> None:
        """Compute everything so far, once."""
        self.table = self._engine.keep(self.table)

    def replace(self, table: ibis.Table) -> None:
        """Go on with another table of the same people, computed once."""
        self.table = self._engine.keep(table)

    def read(self, expression: ibis.Table) -> pa.Table:
        """Fetch rows."""
        return self._engine.read(expression)

    def count(self, value: Expression, by: Expression = None, where: Expression = None) -> Counts:
        """Count people by a column of whole numbers, and by session where one is given."""
        table = self.table if where is None else self.table.filter(where)
        keyed = table.select(session=whole(0) if by is None else by, unit=value)
        found = self._engine.read(keyed.group_by("session", "unit").agg(people=_.count()))
        columns = (found[name].to_pylist() for name in ("session", "unit", "people"))
        return {(session, unit): people for session, unit, people in zip(*columns, strict=True)}

    def look_up(
        self, value: Expression, table: Mapping[tuple[int, int], int], by: Expression = None
    ) -> Expression:
        """Replace whole numbers by a small table, by session where one is given; nought outside of it."""
        keys = [self._name(whole(0) if by is None else by), self._name(value)]
        names, result = self.table.columns, f"{keys[1]}_new"
        columns = [[session for session, _ in table], [unit for _, unit in table], list(table.values())]
        small = self._engine.load(
            pa.table(
                {
                    name: pa.array(column, pa.int64())
                    for name, column in zip([*keys, result], columns, strict=True)
                }
            )
        )
        self.replace(self.table.left_join(small, keys).select(*names, result))
        return self.add(_[result].fill_null(whole(0)))

    def convert(
        self,
        amount: Amount,
        denominator: int,
        rule: Callable[[Counts], Mapping[tuple[int, int], int]],
        *,
        by: Expression = None,
        where: Expression = None,
    ) -> Amount:
        """Let a rule turn the counts of (session, mark) into a table of new marks, over a new denominator."""
        self.settle()
        table = rule(self.count(amount.value, by, where))
        value = self.look_up(amount.value, table, by)
        if where is not None:
            value = ibis.ifelse(where, value, whole(0))
        return Amount(self.add(value), denominator, max((abs(unit) for unit in table.values()), default=0))

    def rounded(self, amount: Amount, places: int, mode: str) -> Amount:
        """Round marks to decimals, each distinct one once."""
        scale = 10**places
        if scale % amount.denominator == 0:
            return self.store(amount.over(scale))

        def rule(counts: Counts) -> dict[tuple[int, int], int]:
            return {
                (session, unit): to_places(Fraction(unit, amount.denominator), places, mode)
                for session, unit in counts
            }

        return self.convert(amount, scale, rule)
