"""Read a TOML rulebook value by value and remember the line of each fault."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from app.exams.merit.errors import MeritError, Problem
from app.exams.merit.exact import fraction
from app.exams.merit.rounding import MODES, Rounding

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-.\"']+)\s*=")
_STRING = re.compile(r"\"\"\"|\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*$")


def locate(text: str) -> dict[Path, int]:
    """Map the path of each table, key and array element to its line (from 1)."""
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    array: Path | None = None
    depth = element = 0
    for number, line in enumerate(text.splitlines(), start=1):
        bare = _STRING.sub(lambda found: "" if found.group().startswith("#") else "0", line).strip()
        if array is not None:
            if bare and not bare.startswith("]") and depth == 1:
                lines.setdefault((*array, element), number)
                element += 1
        elif header := _HEADER.match(line):
            table = _open_table(header.group(1) == "[[", header.group(2), counts)
            lines.setdefault(table, number)
            lines.setdefault(tuple(part for part in table if isinstance(part, str)), number)
            continue
        elif key := _KEY.match(line):
            array, element = (*table, *_names(key.group(1))), 0
            lines.setdefault(array, number)
        depth += bare.count("[") - bare.count("]")
        if depth <= 0:
            array, depth = None, 0
    return lines


def _names(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _open_table(is_array: bool, dotted: str, counts: dict[Path, int]) -> Path:
    names = _names(dotted)
    path: Path = ()
    for position, name in enumerate(names):
        path = (*path, name)
        last = position == len(names) - 1
        if last and is_array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


class Node:
    """One table of a rulebook; each `take` reads one key and records a fault instead of raising."""

    def __init__(
        self, data: dict[str, Any], path: Path, lines: dict[Path, int], problems: list[Problem]
    ) -> None:
        self.data, self.path, self._lines, self.problems = data, path, lines, problems
        self._seen: set[str] = set()

    def line(self, *rest: str | int) -> int:
        """Give the line of a key, or of the nearest table around it."""
        path = (*self.path, *rest)
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def fault(self, sentence: str, *rest: str | int) -> None:
        """Record a fault at a key of this table."""
        self.problems.append(Problem(self.line(*rest), sentence))

    def has(self, key: str) -> bool:
        """Tell whether a key is written."""
        return key in self.data

    def _take(self, key: str, required: bool) -> Any:
        self._seen.add(key)
        if key not in self.data:
            if required:
                self.fault(f"{self._name()} needs {key!r}.")
            return None
        return self.data[key]

    def _name(self) -> str:
        words = [str(part + 1) if isinstance(part, int) else part for part in self.path]
        return " ".join(words) if words else "The rulebook"

    def text(self, key: str, default: str | None = None, choices: Sequence[str] = ()) -> str:
        """Read text, from a closed list when one is given; required without a default."""
        value = self._take(key, default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str) or not value.strip():
            self.fault(f"{key!r} must be text.", key)
            return default or ""
        if choices and value not in choices:
            self.fault(f"{key!r} is {value!r}; it must be one of {', '.join(choices)}.", key)
            return default or choices[0]
        return value

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """Read a list of texts."""
        value = self._take(key, default is None)
        if value is None:
            return tuple(default or ())
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(f"{key!r} must be a list of texts.", key)
            return tuple(default or ())
        return tuple(value)

    def number(self, key: str, default: Fraction | int | None = None) -> Fraction:
        """Read an exact number: a whole one, or text such as "0.25" or "1/3"."""
        value = self._take(key, default is None)
        if value is None:
            return Fraction(default or 0)
        try:
            return fraction(value)
        except MeritError:
            self.fault(f'{key!r} must be an exact number in quotes, for example "0.25" or "1/3".', key)
            return Fraction(default or 0)

    def optional_number(self, key: str) -> Fraction | None:
        """Read an exact number that may be left out."""
        return self.number(key) if key in self.data else None

    def whole(self, key: str, default: int | None = None, least: int = 0) -> int:
        """Read a whole number not below `least`."""
        value = self._take(key, default is None)
        if value is None:
            return default if default is not None else least
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.fault(f"{key!r} must be a whole number of {least} or more.", key)
            return default if default is not None else least
        return value

    def optional_whole(self, key: str, least: int = 0) -> int | None:
        """Read a whole number that may be left out."""
        return self.whole(key, least=least) if key in self.data else None

    def flag(self, key: str, default: bool) -> bool:
        """Read true or false."""
        value = self._take(key, False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(f"{key!r} must be true or false.", key)
            return default
        return value

    def day(self, key: str, required: bool = True) -> date | None:
        """Read a date written as 2026-01-31."""
        value = self._take(key, required)
        if value is not None and type(value) is not date:
            self.fault(f"{key!r} must be a date without quotes, for example 2026-01-31.", key)
            return None
        return value

    def child(self, key: str) -> "Node | None":
        """Open a table inside this one."""
        value = self._take(key, False)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(f"{key!r} must be a table.", key)
            return None
        return Node(value, (*self.path, key), self._lines, self.problems)

    def table(self, key: str) -> "Node":
        """Open a table inside this one; an empty one where it is not written."""
        return self.child(key) or Node({}, (*self.path, key), self._lines, self.problems)

    def raw(self, key: str) -> Any:
        """Read a value as it stands."""
        return self._take(key, False)

    def children(self, key: str) -> list["Node"]:
        """Open the tables of a list, in order."""
        value = self._take(key, False)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(f"{key!r} must be a list of tables.", key)
            return []
        return [
            Node(item, (*self.path, key, index), self._lines, self.problems)
            for index, item in enumerate(value)
        ]

    def rounding(self, key: str, default: Rounding | None) -> Rounding | None:
        """Read { places = 2, mode = "half-up" }."""
        node = self.child(key)
        if node is None:
            return default
        result = Rounding(node.whole("places"), node.text("mode", "half-up", MODES))
        node.finish()
        return result

    def finish(self) -> None:
        """Record every key that nothing has read: a misspelt key must not pass in silence."""
        for key in self.data:
            if key not in self._seen:
                known = ", ".join(sorted(self._seen))
                self.fault(f"{self._name()} has no key {key!r}; known here: {known}.", key)
