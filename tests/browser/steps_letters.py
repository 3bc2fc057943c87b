"""Letters: read by those they are for, and checked by anyone who holds one."""

from __future__ import annotations

import time

from tests.browser.people import Person


def has_letters(person: Person, *titles: str, seconds: float = 30) -> None:
    """Wait until the worker has prepared every letter."""
    waited_until = time.monotonic() + seconds
    person.opens("/my/letters")
    while person.page.get_by_text("Being prepared").count() and time.monotonic() < waited_until:
        time.sleep(0.5)
        person.page.reload()
    person.sees_a_good_page()
    assert person.page.get_by_text("Being prepared").count() == 0
    person.reads(*titles)


def downloads_a_letter(person: Person, title: str) -> bytes:
    """Give the PDF of a letter, from the list of them."""
    row = person.page.get_by_role("row").filter(has_text=title)
    pdf = person.fetches(row.get_by_role("link", name="PDF"))
    assert pdf.startswith(b"%PDF-")
    return pdf


def reads_a_letter(person: Person, title: str, *texts: str) -> str:
    """Read the letter as a web page; gives the address at which anyone can check it."""
    row = person.page.get_by_role("row").filter(has_text=title)
    person.goes_on(row.get_by_role("link", name="Read"))
    person.reads(title, *texts)
    return person.page.get_by_role("link", name="/check/").first.evaluate("link => link.href")


def checks_the_letter(anyone: Person, address: str, pdf: bytes) -> None:
    anyone.opens(address)
    anyone.reads("This letter is genuine")
    for content, answer in ((pdf + b" ", "This file is not the one we issued."), (pdf, "unchanged")):
        file = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": content}
        anyone.page.get_by_label("The PDF you were given").set_input_files(file)
        anyone.presses("Compare")
        anyone.reads(answer)
