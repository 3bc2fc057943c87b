"""What the log keeps of a fault: where it happened, and none of the data that was in hand."""

from __future__ import annotations

import structlog

from app.platform import logs


def test_a_logged_fault_shows_no_values(capsys):
    logs.configure()
    try:
        secret = "Ada's telephone number"
        raise RuntimeError(f"{len(secret)} characters")
    except RuntimeError:
        structlog.get_logger("tests").exception("request failed", endpoint="home.start")
    written = capsys.readouterr()
    text = written.out + written.err
    assert "endpoint=home.start" in text
    assert "RuntimeError: 22 characters" in text
    assert "telephone" not in text
