"""A real server, a real browser, and axe on every page that a story visits."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy.orm import Session

from app.platform import db, migrations
from tests.factories.accounts import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "assets" / "build" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}

expect.set_options(timeout=10_000)


@dataclass
class Site:
    """A server of its own; `people` maps a role's short name to an email address."""

    url: str
    data: Path
    people: dict[str, str] = field(default_factory=dict)


def chromium() -> str:
    """Find the browser, or say how to get it."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    mac = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")
    if found is None and mac.exists():
        found = str(mac)
    if found is None:
        pytest.fail("No Chromium was found: install it, or name it in CHROMIUM.")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield launched
        launched.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[[Callable[[Session], dict[str, str]]], Site]]:
    """Start a server on a database that the given function fills; it ends with the test."""
    running: list[subprocess.Popen[bytes]] = []
    before = db._current

    def start(fill: Callable[[Session], dict[str, str]]) -> Site:
        database = db.Database(f"sqlite:///{tmp_path / 'meritum.db'}")
        db.bind(database)
        migrations.upgrade()
        with database.engine.connect() as connection:
            database.pinned = connection
            with connection.begin(), Session(connection, expire_on_commit=False) as session:
                people = fill(session)
                session.flush()
            database.pinned = None
        database.engine.dispose()
        port = free_port()
        settings = {
            "SECRET_KEY": "only for this test, and long enough to be accepted",
            "MERITUM_DATA": str(tmp_path),
            "MERITUM_URL": f"http://127.0.0.1:{port}",
            "MERITUM_SECOND_FACTOR": "off",
        }
        log = (tmp_path / "server.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=log,
            stderr=log,
        )
        running.append(process)
        site = Site(f"http://127.0.0.1:{port}", tmp_path, people)
        wait_for(site, process)
        return site

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=30)
    if before is not None:
        db.bind(before)


def wait_for(site: Site, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{site.url}/sign-in", timeout=2):  # noqa: S310 (our own server)
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail((site.data / "server.log").read_text()[-3000:])


class Person:
    """Someone at a browser: signs in, follows links, fills forms; every page they see is checked."""

    def __init__(self, context: BrowserContext, site: Site, name: str) -> None:
        self.page: Page = context.new_page()
        self.site, self.name = site, name
        self.page.on("response", self._refuse_failures)

    def opens(self, path: str) -> Page:
        self.page.goto(path if path.startswith("http") else self.site.url + path)
        self.sees_a_good_page()
        return self.page

    def signs_in(self) -> None:
        self.page.goto(f"{self.site.url}/sign-in")
        self.page.get_by_label("Email").fill(self.site.people[self.name])
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_load_state()
        self.sees_a_good_page()

    def follows(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.sees_a_good_page()

    def presses(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()
        self.sees_a_good_page()

    def fills(self, **values: str) -> None:
        """Fill fields by their names."""
        for name, value in values.items():
            self.page.locator(f"[name='{name}']").first.fill(value)

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def sees_a_good_page(self) -> None:
        """Check the page with axe, and that it never scrolls sideways."""
        if not self.page.url.startswith(self.site.url):
            return
        self.page.evaluate(AXE.read_text())
        found: list[dict[str, Any]] = self.page.evaluate(
            "async rules => (await axe.run(document, {runOnly: {type: 'tag', values: rules}})).violations",
            RULES,
        )
        problems = [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found]
        assert problems == [], f"{self.page.url}: {problems}"
        too_wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, f"{self.page.url} is {too_wide} pixels too wide"

    def _refuse_failures(self, response: Any) -> None:
        assert response.status < 500, f"{response.url}: {response.status}"


@pytest.fixture
def person(browser: Browser) -> Iterator[Callable[..., Person]]:
    """Give a person a browser of their own: `person(site, "applicant", viewport=PHONE)`."""
    contexts: list[BrowserContext] = []

    def sit_down(site: Site, name: str, **options: Any) -> Person:
        context = browser.new_context(**({"viewport": DESKTOP} | options), bypass_csp=True)
        contexts.append(context)
        return Person(context, site, name)

    yield sit_down
    for context in contexts:
        context.close()


def tomorrow() -> dt.date:
    return dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
