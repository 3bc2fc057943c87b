"""How the process writes its log: plain lines, without the values that a fault had in hand."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import structlog

QUIET_SECONDS = 60.0


class OnceAMinute(logging.Filter):
    """Lets one line a minute through, with how many were held back since the last one."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds, self._next, self._held = seconds, 0.0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a line is written."""
        if self._seconds() < self._next:
            self._held += 1
            return False
        if self._held:
            record.msg, record.args = f"{record.getMessage()} ({self._held} more in the last minute)", ()
        self._next, self._held = self._seconds() + QUIET_SECONDS, 0
        return True


def configure() -> None:
    """Write a traceback's places alone: the values in its frames are people's data."""
    queue = logging.getLogger("waitress.queue")  # warns at each request that waits
    if not any(isinstance(one, OnceAMinute) for one in queue.filters):
        queue.addFilter(OnceAMinute())
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
