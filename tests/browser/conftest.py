"""A real server, a real browser, and people to sit at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import office
from tests.browser.people import Person, options
from tests.browser.serving import Site, serving

_PEOPLE = pytest.StashKey[list[Person]]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        yield launched
        launched.close()


def _chromium() -> str:
    """Find the browser, or say how to get it."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    mac = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")
    if found is None and mac.exists():
        found = str(mac)
    if found is None:
        pytest.fail("No Chromium was found: install it, or name it in CHROMIUM.")
    return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The office that all stories of a worker play in; each has vacancies and cases of its own."""
    with serving(tmp_path_factory.mktemp("site"), office.fill) as started:
        yield started


@pytest.fixture
def person(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """Give a person a browser of their own: `person("amina", viewport=PHONE)`."""
    contexts: list[BrowserContext] = []
    people = request.node.stash.setdefault(_PEOPLE, [])

    def sit_down(name: str, **more: Any) -> Person:
        copy = None
        if not more.get("java_script_enabled", True):
            copy = open_context(viewport=more.get("viewport")).new_page()
        people.append(Person(open_context(**more), site, name, copy=copy))
        return people[-1]

    def open_context(**more: Any) -> BrowserContext:
        contexts.append(browser.new_context(**options(**more)))
        return contexts[-1]

    yield sit_down
    for context in contexts:
        context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    """Add to a failure what everyone's page said when it happened."""
    report = yield
    if call.when == "call" and report.failed:
        for somebody in item.stash.get(_PEOPLE, []):
            report.sections.append((f"what {somebody.name} saw", somebody.text()))
    return report
