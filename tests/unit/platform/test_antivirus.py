"""The scanner is asked over a socket; what it does not answer waits."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.platform import antivirus
from app.platform.antivirus import Scanner, Verdict


@contextmanager
def daemon(answer: bytes) -> Iterator[tuple[Scanner, list[bytes]]]:
    """Play a scanner that reads one stream and gives one answer."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _address = server.accept()
        with connection:
            reader = connection.makefile("rb")
            heard.append(reader.read(10))
            while size := int.from_bytes(reader.read(4), "big"):
                heard.append(reader.read(size))
            reader.close()
            connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield Scanner(f"127.0.0.1:{server.getsockname()[1]}"), heard
    finally:
        thread.join(5)
        server.close()


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict.CLEAN),
        (b"stream: Eicar-Signature FOUND\0", Verdict.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.WAITING),
        (b"", Verdict.WAITING),
    ],
)
def test_a_verdict_is_read_from_the_answer(answer, verdict):
    content = b"x" * 150_000
    with daemon(answer) as (scanner, heard):
        assert scanner.scan(content) is verdict
    assert heard[0] == b"zINSTREAM\0"
    assert b"".join(heard[1:]) == content


def test_a_scanner_that_is_down_lets_files_wait(tmp_path):
    assert Scanner("127.0.0.1:1").scan(b"x") is Verdict.WAITING
    assert Scanner(str(tmp_path / "no-socket")).scan(b"x") is Verdict.WAITING


def test_without_a_scanner_nothing_is_said():
    antivirus.bind(None)
    assert (antivirus.is_bound(), antivirus.scan(b"x")) == (False, None)
