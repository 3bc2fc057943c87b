"""What the figures were measured on, without a name of the machine or a path."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("numpy", "polars", "pandas", "duckdb", "sqlalchemy", "psycopg")


def describe() -> str:
    """Say the processor, memory, system and versions in a sentence."""
    cpu = re.search(r"^model name\s*: (.+)$", _read("/proc/cpuinfo"), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s+(\d+)", _read("/proc/meminfo"), re.MULTILINE)
    system = re.search(r'^PRETTY_NAME="(.+)"$', _read("/etc/os-release"), re.MULTILINE)
    parts = [
        cpu[1] if cpu else platform.machine(),
        f"{os.cpu_count()} cores",
        f"{int(memory[1]) / 2**20:.0f} GiB of memory" if memory else "",
        system[1] if system else platform.system(),
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in PACKAGES),
    ]
    return ", ".join(part for part in parts if part)


def load() -> str:
    """Say how busy the machine is with other work."""
    return f"{os.getloadavg()[0]:.1f}"


def _read(path: str) -> str:
    return Path(path).read_text() if Path(path).exists() else ""
