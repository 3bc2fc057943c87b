"""Someone at a browser, who reads, follows links and fills forms; every page they see is checked."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from tests.browser.serving import ROOT, Site
from tests.factories.accounts import PASSWORD

AXE = (ROOT / "assets" / "build" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
PATIENCE = 10_000  # milliseconds
_VIOLATIONS = (
    "async rules => (await axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: "
    "['violations']})).violations.map(item => `${item.id}: ${item.nodes[0].html.slice(0, 300)}`)"
)
_SCRIPTS = re.compile(r"<script\b.*?</script>|</?noscript\b[^>]*>", re.DOTALL)
_EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

expect.set_options(timeout=PATIENCE)


class Person:
    """A person with a browser of their own; `name` is who they are in the site's list of people."""

    def __init__(self, context: BrowserContext, site: Site, name: str, *, copy: Page | None = None) -> None:
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.site, self.name, self.copy = site, name, copy
        self.failures: list[str] = []
        self.page.on("response", self._note_failure)

    def opens(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.site.url + path)
        self.sees_a_good_page()

    def signs_in(self) -> None:
        self.opens("/sign-in")
        self.types("Email address", self.site.people[self.name])
        self.types("Password", PASSWORD, exact=True)
        self.presses("Sign in")

    def follows(self, name: str, *, exact: bool = False) -> None:
        self.goes_on(self.page.get_by_role("link", name=name, exact=exact))

    def lists_what_waits(self, kind: str) -> None:
        """Open the list of a kind of work from the queue."""
        self.opens("/staff/")
        self.page.locator("summary", has_text="By kind").click()
        self.follows(f"Open the list of {kind.lower()}")

    def presses(self, name: str, *, exact: bool = False) -> None:
        self.goes_on(self.page.get_by_role("button", name=name, exact=exact))

    def fills(self, **values: str) -> None:
        """Fill fields by their names."""
        for name, value in values.items():
            self.page.locator(f"[name='{name}']").first.fill(value)

    def types(self, label: str, value: str, *, exact: bool = False, within: str = "") -> None:
        self._place(within).get_by_label(label, exact=exact).first.fill(value)

    def picks(self, label: str, option: str, *, within: str = "") -> None:
        self._place(within).get_by_label(label).first.select_option(label=option)

    def ticks(self, label: str, *, exact: bool = False, within: str = "") -> None:
        """Tick a box or choose a radio button; where two questions say “Yes”, `within` names the group."""
        self._place(within).get_by_label(label, exact=exact).first.check()

    def _place(self, group: str) -> Page | Locator:
        return self.page.get_by_role("group", name=group) if group else self.page

    def reads(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def reads_nothing_of(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).not_to_contain_text(text)

    def downloads(self, name: str) -> bytes:
        """Give the file behind the link of that name."""
        return self.fetches(self.page.get_by_role("link", name=name))

    def fetches(self, link: Locator) -> bytes:
        """Give the file behind a link."""
        address = link.first.evaluate("link => link.href")
        response = self.page.request.get(address)
        assert response.status == 200, f"{address}: {response.status}"
        return response.body()

    def sees_a_good_page(self) -> None:
        """Check that the server did its work, axe finds nothing, and the page never scrolls sideways."""
        assert self.failures == [], self.failures
        if not self.page.url.startswith(self.site.url):
            return
        page = self._page_to_check()
        page.evaluate(AXE)
        problems = page.evaluate(_VIOLATIONS, RULES)
        assert problems == [], f"{self.page.url}: {problems}"
        too_wide = self.page.evaluate(_EXCESS)
        assert too_wide <= 0, f"{self.page.url} is {too_wide} pixels too wide"

    def _page_to_check(self) -> Page:
        """Give the page, or a copy of it without its scripts where the browser runs none: axe is a script."""
        if self.copy is None:
            return self.page
        html = _SCRIPTS.sub("", self.page.content())
        self.copy.unroute_all()
        self.copy.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html"))
        self.copy.goto(self.page.url)
        return self.copy

    def shows(self, name: str) -> None:
        """Take the page as pictures for a desk and a phone, where MERITUM_SHOTS names a folder."""
        folder = os.environ.get("MERITUM_SHOTS")
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        usual = self.page.viewport_size
        for size in (DESKTOP, PHONE):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self.page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)
        if usual is not None:
            self.page.set_viewport_size(usual)

    def text(self) -> str:
        """Give where the person is and what the page says, for the report of a failure."""
        main = self.page.locator("main")
        said = main.inner_text(timeout=1000) if main.count() else self.page.content()[:2000]
        return f"{self.page.url}\n{said}"

    def goes_on(self, place: Locator) -> None:
        with self.page.expect_navigation():
            place.first.click()
        self.sees_a_good_page()

    def _note_failure(self, response: Response) -> None:
        # an exception here would be lost in the browser's own loop, so that it is kept for the next check
        if response.status >= 500:
            self.failures.append(f"{response.url}: {response.status}")


def options(viewport: dict[str, int] | None = None, **more: Any) -> dict[str, Any]:
    """Give what a person's browser is opened with; axe is let past the content security policy."""
    return {"viewport": viewport or DESKTOP, "bypass_csp": True} | more
