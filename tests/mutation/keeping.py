"""What earlier runs found, by function: a function whose text has not changed is not tried again."""

import ast
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.mutation.changes import Change, functions_of


@dataclass
class Found:
    """One module: the digest of each function as it was measured, how many changes, and which survived."""

    functions: dict[str, str] = field(default_factory=dict)
    tried: int = 0
    survivors: list[tuple[int, str]] = field(default_factory=list)


class Kept:
    """A file of findings by module; without a file everything is tried, and so it is `anew`."""

    def __init__(self, path: Path | None, anew: bool = False) -> None:
        self.path, self.anew = path, anew
        self.modules: dict[str, Found] = {}
        if path is not None and path.exists():
            told = json.loads(path.read_text("utf-8"))
            self.modules = {name: Found(**found) for name, found in told.items()}

    def open(self, module: str, source: Path, changes: Iterable[Change]) -> list[Change]:
        """List the changes to try: of functions with another text, and those that survived before."""
        found = Found() if self.anew else self.modules.get(module, Found())
        now = digests(source)
        survived = {name for _, name in found.survivors}
        return [
            change
            for change in changes
            if found.functions.get(change.qualname) != now[change.qualname] or change.name in survived
        ]

    def put(self, module: str, source: Path, tried: int, survivors: list[tuple[int, str]]) -> None:
        """Take in what a run found, and write it at once, as runs are long."""
        self.modules[module] = Found(digests(source), tried, survivors)
        if self.path is not None:
            told = {name: asdict(found) for name, found in sorted(self.modules.items())}
            self.path.write_text(json.dumps(told, indent=1) + "\n", "utf-8")


def digests(source: Path) -> dict[str, str]:
    """Give the SHA-256 of each function's syntax; comments and layout do not count."""
    tree = ast.parse(source.read_text("utf-8"))
    return {
        name: hashlib.sha256(ast.dump(function).encode()).hexdigest() for name, function in functions_of(tree)
    }
