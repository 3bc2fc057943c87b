"""How the process writes its log: plain lines, without the values that a fault had in hand."""

from __future__ import annotations

import structlog


def configure() -> None:
    """Write a traceback's places alone: the values in its frames are people's data."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
