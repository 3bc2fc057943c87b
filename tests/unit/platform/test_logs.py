"""A busy queue says so once a minute."""

from __future__ import annotations

import logging

from app.platform.logs import OnceAMinute


def test_one_line_a_minute_tells_of_those_held_back():
    log, written, moment = logging.getLogger("test.queue"), [], 0.0
    log.propagate = False
    handler = logging.Handler()
    handler.emit = lambda record: written.append(record.getMessage())
    log.handlers, log.filters = [handler], [OnceAMinute(lambda: moment)]
    for moment in range(1000, 1125, 5):
        log.warning("Task queue depth is %d", moment - 1000)
    assert written == [
        "Task queue depth is 0",
        "Task queue depth is 60 (11 more in the last minute)",
        "Task queue depth is 120 (11 more in the last minute)",
    ]
