"""What an analyst asks for: files and settings, as options of a command and as the record in a bundle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.exams import merit
from app.exams.merit_commands.faults import BadInput

# What items are measured by where no law is asked: one mark for a right answer.
PLAIN = """
[rulebook]
name = "items"
version = 1
title = "One mark for each right answer"
citation = "none"
read_on = 2026-11-22
effective_from = 2000-01-01

[[component]]
name = "items"
kind = "items"
weight = "100"
"""


@dataclass(frozen=True)
class Request:
    """Everything that decides about a list.

    `keys` are by component, "" for the only one made of items. `seed` is empty where none was drawn yet.
    `ignored` are columns of the answers that are passed over.
    """

    answers: Path
    rulebook: str
    keys: Mapping[str, Path] = field(default_factory=dict)
    people: Path | None = None
    series: Path | None = None
    on: dt.date | None = None
    list_id: str = "list"
    seed: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    blanks: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    key_version: int = 1

    def files(self) -> dict[str, Path]:
        """List the input files by what they are for."""
        named = {"answers": self.answers, "people": self.people, "series": self.series}
        named |= {f"key-{component}" if component else "key": path for component, path in self.keys.items()}
        return {name: path for name, path in named.items() if path is not None}

    def settings(self) -> dict[str, Any]:
        """Give everything but the files and the rulebook, as plain data."""
        kept = asdict(self)
        return {name: kept[name] for name in ("list_id", "seed", "facts", "blanks", "ignored", "key_version")}

    @classmethod
    def of(cls, files: Mapping[str, Path], rulebook: str, settings: Mapping[str, Any]) -> Request:
        """Make the request again from its files and settings."""
        keys = {name[4:]: path for name, path in files.items() if name == "key" or name.startswith("key-")}
        lists = {name: tuple(settings[name]) for name in ("blanks", "ignored")}
        made = cls(
            answers=files["answers"],
            rulebook=rulebook,
            keys=keys,
            people=files.get("people"),
            series=files.get("series"),
        )
        return replace(made, **{**settings, **lists})


def read_fact(text: str) -> tuple[str, Any]:
    """Read a fact of the announcement such as grade=7 or scientific_or_professional=false."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise BadInput("--fact", f"{text!r} is no fact; write it as name=value.")
    plain: Any = value.strip()
    if plain in ("true", "false"):
        plain = plain == "true"
    elif plain.lstrip("-").isdecimal():
        plain = int(plain)
    return name.strip(), plain


def read_key_option(text: str) -> tuple[str, Path]:
    """Read --key as a file, or as component=file."""
    component, equals, file = text.partition("=")
    if equals and not Path(text).exists():
        return component.strip(), Path(file)
    return "", Path(text)


def find_rulebook(name: str, on: dt.date | None) -> tuple[merit.Rulebook, str]:
    """Find a rulebook by the name of a shipped one or by its file, with its text.

    Of several versions the one in force on a day is taken, else the latest to begin.
    """
    if not name:
        return merit.rulebook.load(PLAIN), PLAIN
    path = Path(name)
    if path.suffix == ".toml":
        try:
            text = path.read_text("utf-8")
        except OSError as error:
            raise BadInput(path, f"The file cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise BadInput(path, "The file is not written in UTF-8.") from error
        return merit.rulebook.load(text, path.name), text
    if on is not None:
        book = merit.rulebook.in_force(name, on)
    else:
        named = [book for book in merit.rulebook.shipped() if book.name == name]
        if not named:
            known = ", ".join(sorted({book.name for book in merit.rulebook.shipped()}))
            sentence = f"There is no rulebook {name!r}. Known are {known}; or give a file that ends in .toml."
            raise BadInput("--rulebook", sentence)
        book = max(named, key=lambda book: (book.effective_from, book.version))
    return book, shipped_texts()[book.digest]


@cache
def shipped_texts() -> dict[str, str]:
    """Map the digest of each rulebook that comes with the program to its text."""
    folder = files("app.exams.merit") / "rulebooks"
    texts = [file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".toml")]
    return {merit.rulebook.load(text).digest: text for text in texts}
