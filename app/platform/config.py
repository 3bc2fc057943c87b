"""Configuration, read from the environment once, at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.platform.sign_in_services import SignInService, read_services

DEFAULT_SENDER = "Civil Service Commission <no-reply@meritum.example>"


class ConfigError(ValueError):
    """A setting is missing or cannot be understood; the message names it."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; docs/operating.md lists them for operators."""

    secret_key: str
    data_dir: Path
    database_url: str
    public_url: str = "http://localhost:8000"
    smtp_url: str = ""
    mail_from: str = DEFAULT_SENDER
    is_demonstration: bool = False
    requires_second_factor: bool = True
    clamav: str = ""
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    proxies: int = 0
    receipt_keys: Path | None = None
    retention: Path | None = None
    account_keys: tuple[str, ...] = ()
    passkey_domain: str = ""
    sign_in_services: tuple[SignInService, ...] = ()
    probe_url: str = ""
    letter_hold: int = 30
    smallest_group: int = 5

    @property
    def sealing_keys(self) -> tuple[str, ...]:
        """Give the keys that seal secrets at rest, the newest first; without any, SECRET_KEY."""
        return self.account_keys or (self.secret_key,)

    @property
    def relying_party(self) -> str:
        """Give the domain that passkeys are bound to."""
        return self.passkey_domain or urlsplit(self.public_url).hostname or "localhost"

    @property
    def receipt_key_file(self) -> Path:
        """Give the file of the keys that sign receipts."""
        return self.receipt_keys or self.data_dir / "receipt-keys.json"

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


def from_environ(environ: Mapping[str, str]) -> Config:
    """Read the settings, refusing a missing secret or a value that cannot be meant."""
    secret = environ.get("SECRET_KEY", "")
    if len(secret) < 32:
        raise ConfigError("SECRET_KEY must be set to at least 32 random characters.")
    data_dir = Path(environ.get("MERITUM_DATA", "var")).resolve()
    public_url = environ.get("MERITUM_URL", "http://localhost:8000").rstrip("/")
    hosts = environ.get("MERITUM_HOSTS", "localhost,127.0.0.1,[::1]")
    return Config(
        secret_key=secret,
        data_dir=data_dir,
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'meritum.db'}",
        public_url=public_url,
        smtp_url=environ.get("SMTP_URL", ""),
        mail_from=environ.get("MAIL_FROM", DEFAULT_SENDER),
        is_demonstration=_switch(environ, "MERITUM_DEMONSTRATION", default=False),
        requires_second_factor=_switch(environ, "MERITUM_SECOND_FACTOR", default=True),
        clamav=_scanner(environ, "MERITUM_CLAMAV"),
        proxies=_count(environ, "MERITUM_PROXIES"),
        probe_url=environ.get("MERITUM_PROBE", "").strip(),
        letter_hold=_minutes(environ, "MERITUM_LETTER_HOLD", default=30),
        smallest_group=_group(environ, "MERITUM_SMALLEST_GROUP", default=5),
        receipt_keys=_path(environ, "MERITUM_RECEIPT_KEYS"),
        retention=_path(environ, "MERITUM_RETENTION"),
        account_keys=_keys(environ.get("MERITUM_ACCOUNT_KEYS", "")),
        passkey_domain=environ.get("MERITUM_PASSKEY_DOMAIN", "").strip().lower(),
        sign_in_services=_services(environ.get("MERITUM_SIGN_IN_SERVICES", "")),
        trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
    )


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    if any(len(key) < 32 for key in keys):
        raise ConfigError("Each key in MERITUM_ACCOUNT_KEYS must have at least 32 random characters.")
    return keys


def _services(text: str) -> tuple[SignInService, ...]:
    try:
        return read_services(text)
    except ValueError as error:
        raise ConfigError(f"MERITUM_SIGN_IN_SERVICES: {error}") from error


def _scanner(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "").strip()
    port = text.rpartition(":")[2]
    if text and not text.startswith("/") and not (":" in text and port.isascii() and port.isdigit()):
        raise ConfigError(f"{name} must be host:port or the path of a socket, not “{text}”.")
    return text


def _count(environ: Mapping[str, str], name: str) -> int:
    text = environ.get(name, "").strip() or "0"
    if not (text.isascii() and text.isdigit() and int(text) < 10):
        raise ConfigError(f"{name} must be a number from 0 to 9, not “{text}”.")
    return int(text)


def _minutes(environ: Mapping[str, str], name: str, *, default: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and int(text) <= 1440):
        raise ConfigError(f"{name} must be a number of minutes from 0 to 1440, not “{text}”.")
    return int(text)


def _group(environ: Mapping[str, str], name: str, *, default: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit() and 2 <= int(text) <= 1000):
        raise ConfigError(f"{name} must be a number of people from 2 to 1000, not “{text}”.")
    return int(text)


def _switch(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = environ.get(name, "").strip().lower()
    if text in ("", "1", "yes", "true", "on", "0", "no", "false", "off"):
        return default if not text else text in ("1", "yes", "true", "on")
    raise ConfigError(f"{name} must be on or off, not “{text}”.")


def _path(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name, "").strip()
    return Path(text).resolve() if text else None
