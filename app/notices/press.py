"""Letters drawn in a process of their own, so that pages that people wait for do not wait for letters.

Only the drawing goes there: it needs a letter's fields and no database. The process works below others and
ends with the one that opened it, however that one ends.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from app.notices import compose
from app.notices.pdf import Attachment, PdfUnavailable

NICENESS = 5
WATCH_SECONDS = 2.0
_pool: ProcessPoolExecutor | None = None


class NotDrawn(RuntimeError):
    """The drawing process could not draw a letter; the message is what it said."""


def start() -> None:
    """Draw letters in another process from now on, until stop()."""
    global _pool
    _pool = ProcessPoolExecutor(
        1,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(os.getpid(),),
    )


def stop() -> None:
    """End the other process; letters are drawn here again."""
    global _pool
    if _pool is not None:
        _pool.shutdown(wait=False, cancel_futures=True)
        _pool = None


def render_pdf(template: str, context: Mapping[str, Any], attachments: Sequence[Attachment] = ()) -> bytes:
    """Give the letter as compose.render_pdf does; PdfUnavailable without the libraries, else NotDrawn."""
    if _pool is None:
        return compose.render_pdf(template, context, attachments)
    try:
        drawn, said = _pool.submit(_draw, template, dict(context), list(attachments)).result()
    except BrokenProcessPool as error:  # it was killed: the job comes again, to a new one
        start()
        raise NotDrawn("The drawing process ended.") from error
    if drawn is None:
        raise PdfUnavailable(said.removeprefix("!")) if said.startswith("!") else NotDrawn(said)
    return bytes(drawn)


def _draw(template: str, context: dict[str, Any], attachments: list[Attachment]) -> tuple[bytes | None, str]:
    """Draw in the other process; faults travel as text, since not each can be sent as it is."""
    try:
        return compose.render_pdf(template, context, attachments), ""
    except PdfUnavailable as error:
        return None, f"!{error}"
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"


def _begin(parent: int) -> None:
    """Work below others, and watch for the end of the parent: a killed one says no goodbye."""
    os.nice(NICENESS)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(WATCH_SECONDS)
        os._exit(0)

    threading.Thread(target=watch, daemon=True, name="watch").start()
