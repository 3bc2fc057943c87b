"""A virus scanner asked over its socket, where the operator has named one."""

from __future__ import annotations

import enum
import socket
import struct
from dataclasses import dataclass

CHUNK = 64 * 1024
WAIT_SECONDS = 20.0


class Verdict(enum.Enum):
    """What the scanner said: nothing found, something found, or no answer."""

    CLEAN = "clean"
    INFECTED = "infected"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Scanner:
    """ClamAV's daemon at `host:port`, or at the path of a socket."""

    address: str

    def scan(self, content: bytes) -> Verdict:
        """Send the content as a stream and read the verdict; WAITING when the daemon does not answer."""
        try:
            with self._connect() as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), CHUNK):
                    chunk = content[start : start + CHUNK]
                    connection.sendall(struct.pack("!L", len(chunk)) + chunk)
                connection.sendall(struct.pack("!L", 0))
                answer = connection.recv(4096).rstrip(b"\0\n")
        except OSError:
            return Verdict.WAITING
        if answer.endswith(b" OK"):
            return Verdict.CLEAN
        return Verdict.INFECTED if answer.endswith(b" FOUND") else Verdict.WAITING

    def _connect(self) -> socket.socket:
        if self.address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(WAIT_SECONDS)
            try:
                connection.connect(self.address)
            except OSError:
                connection.close()
                raise
            return connection
        host, _, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=WAIT_SECONDS)


_scanner: Scanner | None = None


def bind(scanner: Scanner | None) -> None:
    """Make `scanner` the one that this process asks; None where there is none."""
    global _scanner
    _scanner = scanner


def is_bound() -> bool:
    """Tell whether there is a scanner to ask."""
    return _scanner is not None


def scan(content: bytes) -> Verdict | None:
    """Ask the scanner about a file; None where there is none."""
    return None if _scanner is None else _scanner.scan(content)
