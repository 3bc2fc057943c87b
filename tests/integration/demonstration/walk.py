"""Following every link that a person finds, one page for each kind of address."""

from __future__ import annotations

from collections import deque
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

# What leaves, or answers with something that is not there for everybody, by design.
APART = {"accounts.choose_language", "accounts.sign_out", "static"}


class _Links(HTMLParser):
    """Collects the addresses of a page's links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a link."""
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def broken(app: Flask, client: FlaskClient, starts: tuple[str, ...]) -> dict[str, str]:
    """Open a page of each endpoint that links lead to from the starts; give what was refused or failed.

    Keys are the addresses, values the status and the page on which the link stood.
    """
    adapter = app.url_map.bind("localhost")
    waiting, seen, wrong = deque((start, "") for start in starts), set[str](), dict[str, str]()
    while waiting:
        address, stood_on = waiting.popleft()
        path = address.partition("#")[0]
        try:
            endpoint, _ = adapter.match(path.partition("?")[0], "GET")
        except RequestRedirect as moved:
            waiting.append((urlsplit(moved.new_url).path, stood_on))
            continue
        except HTTPException as error:
            wrong[address] = f"{error.code} on {stood_on}"
            continue
        if endpoint in seen or endpoint in APART:
            continue
        seen.add(endpoint)
        answer = client.get(path)
        if answer.status_code >= 400:
            wrong[address] = f"{answer.status_code} on {stood_on}"
        elif answer.mimetype == "text/html":
            links = _Links()
            links.feed(answer.text)
            waiting.extend(
                (link, address) for link in links.found if link.startswith("/") and not link.startswith("//")
            )
    return wrong
