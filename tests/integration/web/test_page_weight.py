"""A page with its styles and scripts stays under 100 KB, as it travels to an old phone."""

from __future__ import annotations

import gzip
import re

import pytest

from app.platform.languages import LANGUAGES
from app.web.filters import DIST
from tests.conftest import sign_in
from tests.factories.accounts import make_account
from tests.factories.recruitment import make_posting

LIMIT = 100_000
ASSETS = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"')
IMPORTS = re.compile(r'from\s*"\./([^"]+\.js)"|import\s*"\./([^"]+\.js)"')
PUBLIC = (
    "/",
    "/vacancies",
    "/lists",
    "/check",
    "/receipts/check",
    "/how-ranking-works",
    "/accessibility",
    "/privacy",
    "/sign-in",
    "/register",
    "/forgot-password",
)
OWN = ("/my/applications", "/my/letters", "/my/account", "/my/profile", "/my/employment")

pytestmark = pytest.mark.skipif(not (DIST / "manifest.json").exists(), reason="the assets are not built")


def weigh(client, path: str, language: str) -> int:
    """Give the bytes of a page and of all that it brings along, compressed where we compress."""
    headers = {"Accept-Language": language, "Accept-Encoding": "gzip"}
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    waiting, seen = set(ASSETS.findall(response.text)), set()
    total = len(response.data)
    while waiting:
        address = waiting.pop()
        seen.add(address)
        asset = client.get(address, headers=headers, buffered=True)
        assert asset.status_code == 200, address
        total += len(asset.data)
        packed = asset.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(asset.data) if packed else asset.data).decode()
        if address.endswith(".js"):
            names = {first or second for first, second in IMPORTS.findall(text)}
            waiting |= {f"/static/{name}" for name in names} - seen
    return total


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_are_light(client, session, language: str):
    for number in range(25):
        make_posting(session, title=f"Forester {number}")
    session.flush()
    weights = {path: weigh(client, path, language) for path in PUBLIC}
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_persons_own_pages_are_light(client, session, language: str):
    account = make_account(session)
    session.flush()
    sign_in(client, account)
    weights = {path: weigh(client, path, language) for path in OWN}
    assert {path: weight for path, weight in weights.items() if weight > LIMIT} == {}


def test_styles_are_sent_as_the_browser_can_read_them(client):
    [address] = {one for one in ASSETS.findall(client.get("/privacy").text) if one.endswith(".css")}
    plain = client.get(address, buffered=True)
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br;q=0"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data
    assert (packed.mimetype, plain.mimetype) == ("text/css", "text/css")
    assert "Accept-Encoding" in plain.vary
    assert client.get("/static/../../.env").status_code == 404
    assert client.get("/static/nothing%00.css", headers={"Accept-Encoding": "gzip"}).status_code == 404
