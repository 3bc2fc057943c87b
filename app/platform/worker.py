"""The threads that keep promises: one clock that makes them, a few hands that do them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from app.platform import clock, jobs, schedule

log = structlog.get_logger("meritum.worker")
PAUSE_SECONDS = 0.5


@dataclass(slots=True)
class Worker:
    """A group of threads that work until they are stopped; any number may run on any number of machines."""

    threads: int = 2
    _stop: threading.Event = field(default_factory=threading.Event)
    _running: list[threading.Thread] = field(default_factory=list)
    _scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        """Start the clock and the hands."""
        self._scheduler = BackgroundScheduler(timezone="UTC")
        for tick in schedule.TICKS:
            self._scheduler.add_job(
                schedule.promise_now,
                IntervalTrigger(seconds=tick.seconds),
                args=(tick,),
                next_run_time=clock.now(),
                max_instances=1,
                coalesce=True,
            )
        for beat in schedule.BEATS:
            self._scheduler.add_job(
                schedule.do,
                IntervalTrigger(seconds=beat.seconds),
                args=(beat,),
                next_run_time=clock.now(),
                max_instances=1,
                coalesce=True,
            )
        self._scheduler.start()
        for number in range(self.threads):
            thread = threading.Thread(target=self._work, name=f"worker-{number}", daemon=True)
            thread.start()
            self._running.append(thread)

    def stop(self) -> None:
        """Let each hand finish what it holds, then end."""
        self._stop.set()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        for thread in self._running:
            thread.join(timeout=60)

    def wait(self) -> None:
        """Wait until stopped."""
        self._stop.wait()

    def _work(self) -> None:
        while not self._stop.is_set():
            try:
                taken = jobs.work(clock.now, limit=1)
            except Exception:
                log.exception("worker could not take a job")
                taken = 0
            if not taken:
                self._stop.wait(PAUSE_SECONDS)
