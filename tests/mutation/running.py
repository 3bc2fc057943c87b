"""Try each change against the tests that reach its line, in a copy of this process.

All tests run once as they are, and it is noted which lines each of them reaches and how long it takes.
Then the process is copied for each change; the copy puts the changed code in place of the function's and
runs the tests that reach the line, the quickest first, until one fails.
"""

import importlib
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.changes import Change

# A change whose tests pass for so long is taken to have survived; no test of the package needs a tenth of it.
PATIENCE = 6.0
# So many changes later it is forgotten which test noticed one.
RECALL = 60
MEMORY = 6 << 30
# A copy that waits so many seconds for something that never comes has noticed nothing.
WAITING = 180


class Trial:
    """A plugin that takes the place of the usual run of tests."""

    def __init__(self, package: Path, judge: Callable[["Trial"], None]) -> None:
        self.package, self.judge = package, judge
        self.seconds: dict[str, float] = {}
        self.items: dict[str, pytest.Item] = {}
        self.reached: dict[tuple[str, int], set[str]] = {}
        self.noticed_by: dict[str, int] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Note what each test reaches, then try the changes."""
        self.items = {item.nodeid: item for item in session.items}
        for item in session.items:
            _calm(item)
        self._note(session)
        self.judge(self)
        return True

    def _note(self, session: pytest.Session) -> None:
        watch = coverage.Coverage(data_file=None, include=[f"{self.package}/*"], config_file=False)
        watch.start()
        for name, item in self.items.items():
            watch.switch_context(name)
            self.forget()
            begun = time.process_time()
            reports = runtestprotocol(item, log=False, nextitem=None)
            self.seconds[name] = time.process_time() - begun
            if any(report.failed for report in reports):
                raise pytest.UsageError(f"{name} fails before anything is changed.")
        watch.stop()
        data = watch.get_data()
        for path in data.measured_files():
            for line, names in data.contexts_by_lineno(path).items():
                self.reached[path, line] = {name for name in names if name}

    @cached_property
    def functions(self) -> dict[tuple[str, str], FunctionType]:
        """Find every function of the package by file and qualified name."""
        found: dict[tuple[str, str], FunctionType] = {}
        root = next(parent for parent in self.package.parents if (parent / "tests").is_dir())
        for path in sorted(self.package.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
            for function in _functions(vars(module)):
                if function.__code__.co_filename == str(path):
                    found[str(path), function.__qualname__] = function
        return found

    def forget(self) -> None:
        """Empty what functions remember, so that no test sees answers of another's code."""
        for clear in self.memories:
            clear()

    @cached_property
    def memories(self) -> list[Callable[[], None]]:
        """List what empties the memory of each function that has one."""
        found = []
        for function in self.functions.values():
            remembering = vars(importlib.import_module(function.__module__)).get(function.__name__)
            clear = getattr(remembering, "cache_clear", None)
            if clear is not None:
                found.append(clear)
        return found

    def tests_of(self, change: Change) -> list[pytest.Item]:
        """List the tests that reach a change: first those that noticed the last ones, then the quickest."""
        names = self.reached.get((change.path, change.line), set())
        order = sorted(names, key=lambda name: (-self.noticed_by.get(name, 0), self.seconds[name]))
        return [self.items[name] for name in order]

    def survives(self, change: Change) -> bool:
        """Tell whether every test passes with the change."""
        tests = self.tests_of(change)
        if not tests:
            return True
        out, back = os.pipe()
        copy = os.fork()
        if not copy:
            os.close(out)
            os._exit(self._try(change, tests, back))
        os.close(back)
        with os.fdopen(out) as told:
            name = told.read()
        _, status = os.waitpid(copy, 0)
        survived = os.waitstatus_to_exitcode(status) in (0, -signal.SIGALRM)
        # what noticed one change is likely to notice the next of the same function
        self.noticed_by = {one: times - 1 for one, times in self.noticed_by.items() if times > 1}
        if not survived and name:
            self.noticed_by[name] = RECALL
        return survived

    def _try(self, change: Change, tests: list[pytest.Item], back: int) -> int:
        """Run tests on the changed code: 1 when one fails, which an endless loop or a crash is too.

        The name of that test is written into `back`.
        """
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(WAITING)
        try:
            self.functions[change.path, change.qualname].__code__ = change.code
            begun = time.process_time()
            for item in tests:
                self.forget()
                # counted in the time of this process, so that a busy machine makes nobody late
                signal.setitimer(signal.ITIMER_PROF, 3 + 10 * self.seconds[item.nodeid])
                if any(report.failed for report in runtestprotocol(item, log=False, nextitem=None)):
                    os.write(back, item.nodeid.encode())
                    return 1
                if time.process_time() - begun > PATIENCE:
                    break
        except BaseException:
            return 1
        return 0


def _functions(names: dict[str, Any]) -> Iterator[FunctionType]:
    for value in list(names.values()):
        if isinstance(value, type):
            yield from _functions(dict(vars(value)))
            continue
        if isinstance(value, property):
            value = value.fget
        value = getattr(value, "func", value) if isinstance(value, cached_property) else value
        value = getattr(value, "__func__", value)
        value = getattr(value, "__wrapped__", value)
        if isinstance(value, FunctionType):
            yield value


def _calm(item: pytest.Item) -> None:
    """Let the dice of a property test fall the same each time, and seek no smaller example of a failure."""
    # loaded here, as pytest wants to be there first
    from hypothesis import Phase, settings

    test: Any = getattr(item, "obj", None)
    test = getattr(test, "__func__", test)
    chosen = getattr(test, "_hypothesis_internal_use_settings", None)
    if chosen is not None:
        phases = (Phase.explicit, Phase.generate)
        test._hypothesis_internal_use_settings = settings(
            chosen, database=None, derandomize=True, phases=phases, max_examples=min(60, chosen.max_examples)
        )
