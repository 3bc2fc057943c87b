"""A browser of a few lines: one connection, its cookie, no script, a clock on every answer."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

SECONDS = 60
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_NAME, _VALUE = re.compile(r'name="([^"]*)"'), re.compile(r'value="([^"]*)"')


class Lost(Exception):
    """No whole answer came: the connection was refused, cut or silent for too long."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str


@dataclass
class Clocks:
    """How long each kind of request took, in seconds, and how many were lost."""

    taken: dict[str, list[float]] = field(default_factory=dict)
    lost: int = 0

    def note(self, kind: str, seconds: float) -> None:
        """Keep one answer's time."""
        self.taken.setdefault(kind, []).append(seconds)


class Browser:
    """Asks one server over one kept connection."""

    def __init__(self, port: int, clocks: Clocks, cookie: str = "") -> None:
        self.port, self.clocks, self.cookie = port, clocks, cookie
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, kind: str, path: str, data: dict[str, str] | None = None) -> Answer:
        """Send one request and give its answer, or raise Lost."""
        started = time.monotonic()
        try:
            answer = await asyncio.wait_for(self._exchange(path, data), SECONDS)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            self.clocks.lost += 1
            self.leave()
            raise Lost from error
        self.clocks.note(kind, time.monotonic() - started)
        return answer

    def leave(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None

    async def _exchange(self, path: str, data: dict[str, str] | None) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._streams
        writer.write(self._request(path, data))
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status, headers = int(head.split(" ", 2)[1]), _headers(head)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if "set-cookie" in headers and headers["set-cookie"].startswith("meritum="):
            self.cookie = headers["set-cookie"].partition(";")[0]
        if headers.get("connection", "").lower() == "close":
            self.leave()
        return Answer(status, headers.get("location", ""), body.decode())

    def _request(self, path: str, data: dict[str, str] | None) -> bytes:
        body = b"" if data is None else urlencode(data).encode()
        lines = [
            f"{'GET' if data is None else 'POST'} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Connection: keep-alive",
        ]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if data is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
            lines.append(f"Referer: http://127.0.0.1:{self.port}{path}")
        return "\r\n".join([*lines, "", ""]).encode() + body


def hidden_fields(page: str) -> dict[str, str]:
    """Give the hidden fields of the page's own form, the last with a name winning."""
    form = page[page.rfind("<form") :]
    found = {}
    for tag in _HIDDEN.findall(form):
        name, value = _NAME.search(tag), _VALUE.search(tag)
        if name:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def _headers(head: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in head.split("\r\n")[1:] if line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
