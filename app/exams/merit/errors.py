"""Sentences for people when a rulebook, a key or a table of inputs cannot be used."""

from dataclasses import dataclass


class MeritError(ValueError):
    """Say in one sentence what is wrong and where."""


class InputError(MeritError):
    """Name the table, row and column of an input that cannot be used."""

    def __init__(
        self, table: str, sentence: str, *, row: str | None = None, column: str | None = None
    ) -> None:
        place = table
        if row is not None:
            place += f", row {row}"
        if column is not None:
            place += f", column {column}"
        super().__init__(f"{place}: {sentence}")
        self.table, self.row, self.column, self.sentence = table, row, column, sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a rulebook, with the line it stands on (1 is the first line)."""

    line: int
    sentence: str


class RulebookError(MeritError):
    """List every fault of a rulebook, each with its line, in line order."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        self.source = source
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.sentence)))
        super().__init__("\n".join(f"{source}, line {p.line}: {p.sentence}" for p in self.problems))
