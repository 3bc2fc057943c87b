"""The server of the night: started, killed without warning, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """A process that serves on a port; `command` starts it."""

    command: list[str]
    port: int
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self, path: str) -> float:
        """Start the process and wait until it answers; give the seconds that took."""
        started = time.monotonic()
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env={**os.environ, **self.environment}, stdout=log, stderr=log
            )
        while time.monotonic() - started < 60:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5):
                    return time.monotonic() - started
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError((self.folder / "server.log").read_text()[-2000:])

    def kill(self) -> None:
        """End the process as a power cut would: it can finish nothing."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Let the process end."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)


def meritum(folder: Path, url: str, secret: str, port: int, threads: int) -> Server:
    """Give Meritum as an office runs it on one machine: pages and jobs in one process."""
    environment = {
        "SECRET_KEY": secret,
        "MERITUM_DATA": str(folder),
        "DATABASE_URL": url,
        "MERITUM_URL": f"http://127.0.0.1:{port}",
        "MERITUM_SECOND_FACTOR": "off",
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--threads", str(threads)]
    return Server(command, port, folder, environment)


def bare(folder: Path, port: int, threads: int) -> Server:
    """Give a Flask application that answers each page with the same bytes and does nothing else."""
    command = [sys.executable, "-m", "tests.load.bare", str(folder), str(port), str(threads)]
    return Server(command, port, folder, {})
