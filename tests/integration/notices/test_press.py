"""Letters are drawn in a process of their own, the same as here, and a lost process is replaced."""

from __future__ import annotations

import os
import signal
import time

import pytest

from app.notices import compose, press
from app.notices.press import NotDrawn
from tests.unit.notices import samples


@pytest.fixture
def opened():
    press.start()
    yield
    press.stop()


def letter():
    name = "application_received"
    parts = {"notice": samples.NOTICE, "agency": samples.AGENCY, "recipient": samples.RECIPIENT}
    return name, compose.freeze(name, parts | {"letter": samples.APPLICATION_RECEIVED})


def test_the_same_letter_comes_from_the_other_process(opened):
    name, context = letter()
    assert press.render_pdf(name, context) == compose.render_pdf(name, context)
    [other] = press._pool._processes
    assert other != os.getpid()
    assert os.getpriority(os.PRIO_PROCESS, other) >= press.NICENESS


def test_a_fault_is_told_and_the_process_goes_on(opened):
    name, context = letter()
    with pytest.raises(NotDrawn, match="Invalid"):
        press.render_pdf(name, {})
    assert press.render_pdf(name, context).startswith(b"%PDF")


def test_a_killed_process_is_replaced(opened):
    name, context = letter()
    press.render_pdf(name, context)
    [other] = press._pool._processes
    os.kill(other, signal.SIGKILL)
    time.sleep(0.5)
    with pytest.raises(NotDrawn, match="ended"):
        press.render_pdf(name, context)
    assert press.render_pdf(name, context).startswith(b"%PDF")
