"""A person who reads the site in another language than English; steps name things in English all the same."""

from __future__ import annotations

from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from playwright.sync_api import BrowserContext, Locator

from app.platform.languages import FOLDER
from app.platform.locales import MONTHS, month_names
from tests.browser.people import Person
from tests.browser.serving import Site


class Reader(Person):
    """What a step calls by its English words, this person finds by the words of their language."""

    def __init__(self, context: BrowserContext, site: Site, name: str, *, language: str) -> None:
        super().__init__(context, site, name)
        with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
            self.catalogue: Catalog = read_po(file, locale=language)
        self.language = language

    def said(self, text: str) -> str:
        """Give a text in this person's language; names and what is not the site's own stay as they are.

        The beginning of a text stands for the whole of it.
        """
        if text in MONTHS:
            return month_names(self.language)[MONTHS.index(text)]
        message = self.catalogue.get(text)
        if message is None:
            longer = [
                one for one in self.catalogue if isinstance(one.id, str) and one.id.startswith(f"{text} ")
            ]
            message = longer[0] if len(longer) == 1 and "%(" not in longer[0].id else None
        return str(message.string) if message is not None and message.string else text

    def opens(self, path: str) -> None:
        super().opens(path)
        page = self.page.locator("html")
        assert page.get_attribute("lang") == self.language, f"{path} is not in {self.language}"
        assert page.get_attribute("dir") == ("rtl" if self.language == "ar" else "ltr")

    def follows(self, name: str, *, exact: bool = False) -> None:
        super().follows(self.said(name), exact=exact)

    def presses(self, name: str, *, exact: bool = False) -> None:
        super().presses(self.said(name), exact=exact)

    def types(self, label: str, value: str, *, exact: bool = False, within: str = "") -> None:
        super().types(self.said(label), value, exact=exact, within=within)

    def picks(self, label: str, option: str, *, within: str = "") -> None:
        super().picks(self.said(label), self.said(option), within=within)

    def ticks(self, label: str, *, exact: bool = False, within: str = "") -> None:
        super().ticks(self.said(label), exact=exact, within=within)

    def reads(self, *texts: str) -> None:
        super().reads(*(self.said(text) for text in texts))

    def downloads(self, name: str) -> bytes:
        return super().downloads(self.said(name))

    def _place(self, group: str) -> Any | Locator:
        return super()._place(self.said(group) if group else "")
