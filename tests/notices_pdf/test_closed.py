"""The renderer fetches nothing, whatever its HTML asks for; nor can HTML exhaust it."""

from __future__ import annotations

import contextlib
import http.server
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.notices import pdf, pdf_limits
from app.platform.errors import Invalid

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    "{}</svg>"
)

# {url} is in turn a page of a local server, a file that exists, and a data URL.
VECTORS = {
    "image": '<img src="{url}" alt="">',
    "image set": '<img srcset="{url} 2x" src="{url}" alt="">',
    "picture": '<picture><source srcset="{url}"><img src="{url}" alt=""></picture>',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "attached link": '<link rel="attachment" href="{url}">',
    "attachment": '<a rel="attachment" href="{url}">file</a>',
    "import": '<style>@import "{url}";</style>',
    "import of a url": "<style>@import url({url});</style>",
    "font": '<style>@font-face {{ font-family: f; src: url("{url}") }} p {{ font: 9pt f }}</style><p>x</p>',
    "background": '<p style="background-image: url({url})">x</p>',
    "list marker": '<ul style="list-style-image: url({url})"><li>x</li></ul>',
    "content": '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
    "page background": "<style>@page {{ background: url({url}) }}</style><p>x</p>",
    "border image": '<p style="border: 3px solid; border-image: url({url}) 3">x</p>',
    "colour profile": '<style>@color-profile --c {{ src: url("{url}") }}</style><p>x</p>',
    "object": '<object data="{url}" type="image/png"></object>',
    "embed": '<embed src="{url}">',
    "image in SVG": SVG.format('<image href="{url}" width="9" height="9"/>'),
    "foreign object": SVG.format('<foreignObject><img src="{url}" alt=""/></foreignObject>'),
    "linked image in SVG": SVG.format('<image xlink:href="{url}" width="9" height="9"/>'),
}
# These load nothing even with the library's own fetcher, so that the letter is made, without them.
HARMLESS = {
    "frame": '<iframe src="{url}"></iframe>',
    "script": '<script src="{url}"></script>',
    "video": '<video src="{url}" poster="{url}"></video>',
    "use in SVG": SVG.format('<use href="{url}#a" width="9" height="9"/>'),
    "style in SVG": SVG.format('<style>@import "{url}";</style><rect width="9" height="9"/>'),
    "pattern in SVG": SVG.format('<rect width="9" height="9" fill="url({url}#p)"/>'),
    "meta refresh": '<meta http-equiv="refresh" content="0; url={url}">',
}


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """Serve on this machine and count what is asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/svg+xml")
            self.end_headers()
            self.wfile.write(SVG.format("<text>secret</text>").encode())

        def log_message(self, *arguments: object) -> None:
            """Keep the test's output clean."""

    listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{listener.server_port}", asked
    listener.shutdown()
    thread.join()
    listener.server_close()


def render(body: str) -> bytes:
    html = f'<!DOCTYPE html><html lang="en"><title>x</title><body>{body}</body></html>'
    return pdf.render(html, title="T", language="en", identifier="N-1")


def targets(address: str, folder: Path) -> dict[str, str]:
    """Give an address of each scheme that answers."""
    picture = folder / "picture.svg"
    picture.write_text(SVG.format("<text>secret</text>"))
    return {"http": f"{address}/canary", "file": picture.as_uri(), "data": PIXEL}


@pytest.mark.parametrize("scheme", ["http", "file", "data"])
@pytest.mark.parametrize("vector", VECTORS)
def test_what_would_be_fetched_stops_the_letter(vector: str, scheme: str, server, tmp_path: Path):
    address, asked = server
    asked.clear()
    url = targets(address, tmp_path)[scheme]
    with pytest.raises(Invalid) as caught:
        render(VECTORS[vector].format(url=url))
    [sentence] = caught.value.fields.values()
    assert sentence.startswith(f"A letter may not load anything. This one asks for {url}")
    assert asked == []


@pytest.mark.parametrize("vector", HARMLESS)
def test_what_the_renderer_does_not_know_is_left_out(vector: str, server, tmp_path: Path):
    address, asked = server
    asked.clear()
    for url in targets(address, tmp_path).values():
        assert render(HARMLESS[vector].format(url=url)).startswith(b"%PDF-1.7")
    assert asked == []


def test_the_vectors_are_live(server):
    """Each reaches the server through the library's own fetcher, or its refusal above would prove nothing."""
    address, asked = server
    weasyprint = pdf.load_engine().weasyprint
    reached = set()
    for vector, body in (VECTORS | HARMLESS).items():
        asked.clear()
        html = body.format(url=f"{address}/canary")
        # The answer suits few of them; what counts is that it was asked for.
        with contextlib.suppress(Exception):
            weasyprint.HTML(string=html).write_pdf()
        if asked:
            reached.add(vector)
    assert reached == set(VECTORS)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 60,
        "<b>" * 5000,
        "<div>" * 4000 + "</div>" * 4000,
        "<p><b>" * 80,
        "<table>" * 100 + "<tr><td>" * 100,
        SVG.format("<g>" * 100 + "</g>" * 100),
    ],
)
def test_deep_nesting_is_refused_at_once(body: str):
    pdf.load_engine()
    start = time.process_time()
    with pytest.raises(Invalid) as caught:
        render(body)
    assert caught.value.fields == {"html": "The letter's elements are nested too deep: at most 60 levels."}
    assert time.process_time() - start < 1


def test_the_parser_s_own_nesting_is_measured_too():
    """Elements closed in the wrong order look flat to a scanner; self-closed ones stay open in HTML."""
    with pytest.raises(Invalid) as caught:
        render("<div/>" * 100)
    assert caught.value.fields == {"html": "The letter's elements are nested too deep: at most 60 levels."}


@pytest.mark.parametrize("body", ["<br>" * pdf_limits.MAX_TAGS, "x" * pdf_limits.MAX_CHARACTERS])
def test_a_letter_that_is_too_long_is_refused(body: str):
    with pytest.raises(Invalid) as caught:
        render(body)
    assert caught.value.fields == {
        "html": "The letter is too long: at most 1,000,000 characters and 20,000 tags."
    }


def test_what_the_limits_allow_is_made():
    assert render("<div>" * 50 + "deep" + "</div>" * 50).startswith(b"%PDF")


def test_a_machine_without_pango_is_told_how_to_get_it(tmp_path: Path):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    code = (
        "from app.notices import pdf\n"
        "for attempt in (1, 2):\n"
        "    try: pdf.render('<p>x</p>', title='T', language='en', identifier='1')\n"
        "    except pdf.PdfUnavailable as error: print(error)\n"
    )
    output = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=pdf.TEMPLATES.parent,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    ).stdout
    sentence = (
        "PDF letters need the Pango library. Debian and Ubuntu: apt-get install libpango-1.0-0 "
        "libpangoft2-1.0-0 libharfbuzz-subset0. macOS: brew install pango."
    )
    assert output.splitlines() == [sentence, sentence]


def test_threads_render_one_after_another_and_alike():
    results: list[bytes] = []
    threads = [threading.Thread(target=lambda: results.append(render("<p>same</p>"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(results), len(set(results))) == (6, 1)
