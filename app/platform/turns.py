"""A lock whose waiters come in their order: work in many small parts lets others in between any two."""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType


class Turns:
    """One holder at a time, who may take it again; everybody else waits in a queue.

    With a lock of the library whoever lets go and takes it again at once wins nearly always: ten thousand
    letters promised some hundreds at a time would hold up a submission until the last of them.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[tuple[int, threading.Lock]] = deque()
        self._holder: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        own, ticket = threading.get_ident(), threading.Lock()
        with self._guard:
            if self._holder in (own, None):
                self._holder, self._depth = own, self._depth + 1
                return
            ticket.acquire()
            self._queue.append((own, ticket))
        try:
            ticket.acquire()  # until the one before hands the lock over
        except BaseException:
            self._leave(own, ticket)
            raise

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._guard:
            self._depth -= 1
            if not self._depth:
                self._hand_over()

    def _hand_over(self) -> None:
        if not self._queue:
            self._holder = None
            return
        self._holder, ticket = self._queue.popleft()
        self._depth = 1
        ticket.release()

    def _leave(self, own: int, ticket: threading.Lock) -> None:
        """Give up a place in the queue, or the lock where it was handed over meanwhile."""
        with self._guard:
            if (own, ticket) in self._queue:
                self._queue.remove((own, ticket))
            else:
                self._depth = 0
                self._hand_over()
