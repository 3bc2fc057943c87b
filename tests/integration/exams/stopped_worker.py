"""A worker that stops for good at a named place, so that a test can kill it there.

`python -m tests.integration.exams.stopped_worker URL FOLDER PLACE MOMENT`; a line tells that it is there.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from app import create_app
from app.exams.corrections import services as corrections
from app.exams.merit_lists import preparing
from app.exams.results import services as results
from app.platform import jobs
from app.platform.config import Config

# As many letters are promised at a time: fewer than people on the list.
BATCH = 4
# Before its one transaction, as the last thing in it, and when some of the letters are promised.
PLACES: dict[str, tuple[Any, str, int]] = {
    "working out": (preparing, "second_of", 1),
    "storing": (corrections, "_flag", 1),
    "writing letters": (results, "_promise", 2),
}


def stopping(do: Callable[..., Any], turn: int) -> Callable[..., Any]:
    """Give a function that does the same, but stays in its `turn`-th call."""
    calls = 0

    def stay(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == turn:
            sys.stdout.write("here\n")
            sys.stdout.flush()
            time.sleep(600)
        return do(*given, **named)

    return stay


def main(url: str, folder: str, place: str, at: str) -> None:
    """Do what is due until the place is reached."""
    config = Config(secret_key="x" * 40, data_dir=Path(folder), database_url=url, letter_hold=0)
    create_app(config)
    owner, name, turn = PLACES[place]
    moment = dt.datetime.fromisoformat(at)
    jobs.TASKS["notices.issue"] = lambda ticket, _at: None  # letters are drawn by others
    results.queries.BATCH = BATCH
    with mock.patch.object(owner, name, stopping(getattr(owner, name), turn)):
        jobs.drain(lambda: moment)


if __name__ == "__main__":
    main(*sys.argv[1:])
