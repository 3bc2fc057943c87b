"""How far long work has come: told by who does it, looked at from any process, never kept.

What is told goes into a small file beside the stored ones and not into the database, whose one writer the
work itself may hold for as long as it takes.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.platform.jobs import Job, JobState

# A page asks once a second; telling more often only costs.
EVERY_SECONDS = 0.25
WAITING = "It waits for its turn."


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: `done` of `total` parts, with a sentence that says what is being done.

    `state` is waiting, running, done or failed; `error` is what the last try ended in.
    """

    state: str
    done: int
    total: int
    sentence: str
    error: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come."""
        return self.state in ("done", "failed")

    @property
    def percent(self) -> int:
        """Give the whole percent that are done, 100 only at the end."""
        if self.state == "done":
            return 100
        return min(self.done * 100 // self.total, 99) if self.total else 0


@dataclass(slots=True)
class Teller:
    """What work is given to tell how far it is; nothing is written more often than a page can look."""

    path: Path | None
    total: int = 0
    done: int = 0
    sentence: str = ""
    _written_at: float = field(default=-1.0)

    def begin(self, sentence: str, total: int) -> None:
        """Say what is done next and of how many parts it is."""
        self.sentence, self.total, self.done = sentence, total, 0
        self._write()

    def tell(self, done: int) -> None:
        """Say how many parts are done."""
        self.done = done
        if time.monotonic() - self._written_at >= EVERY_SECONDS:
            self._write()

    def _write(self) -> None:
        self._written_at = time.monotonic()
        if self.path is None:
            return
        content = json.dumps({"done": self.done, "total": self.total, "sentence": self.sentence})
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.path.parent)
        with os.fdopen(handle, "w") as file:
            file.write(content)
        Path(temporary).replace(self.path)


_folder: Path | None = None


def bind(folder: Path) -> None:
    """Make `folder` the place where this process tells and looks."""
    global _folder
    _folder = folder


@contextmanager
def telling(key: str) -> Iterator[Teller]:
    """Open the teller of the job with this key; what was told is forgotten at the end, also after a fault."""
    path = _path(key)
    try:
        yield Teller(path)
    finally:
        path.unlink(missing_ok=True)


def silent() -> Teller:
    """Give a teller that nobody listens to."""
    return Teller(None)


def find(session: Session, key: str) -> Progress | None:
    """Find how far the job with this key is; None when there is no such job."""
    job = session.scalar(select(Job).where(Job.key == key))
    if job is None:
        return None
    error = job.last_error or ""
    if job.state is not JobState.RUNNING:
        return Progress(job.state.value, 0, 0, WAITING if job.state is JobState.WAITING else "", error)
    try:
        told = json.loads(_path(key).read_text())
    except FileNotFoundError:
        return Progress("running", 0, 0, "It begins.", error)
    return Progress("running", told["done"], told["total"], told["sentence"], error)


def _path(key: str) -> Path:
    if _folder is None:
        raise RuntimeError("No folder of progress is bound: call bind() first.")
    return _folder / hashlib.sha256(key.encode()).hexdigest()
