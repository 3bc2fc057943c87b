"""Reading the mail that a site has written."""

from __future__ import annotations

import re
import time
from email import policy
from email.parser import BytesParser

import pytest

from tests.browser.serving import Site


def newest_mail(site: Site, to: str, subject: str, seconds: float = 20) -> str:
    """Wait for a mail and give its text."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for file in sorted((site.data / "mail").glob("*.eml"), key=lambda one: -one.stat().st_mtime_ns):
            message = BytesParser(policy=policy.default).parsebytes(file.read_bytes())
            if (message["To"], message["Subject"]) == (to, subject):
                return str(message.get_content())
        time.sleep(0.2)
    pytest.fail(f"No mail “{subject}” came to {to}.")


def mailed_code(site: Site, to: str) -> str:
    """Give the code by which who registers confirms the address."""
    text = newest_mail(site, to, "Confirm your email address")
    found = re.search(r"^\d{4} \d{4}$", text, re.MULTILINE)
    assert found, text
    return found[0]


def mailed_link(site: Site, to: str) -> str:
    """Give the link by which who registers confirms the address."""
    text = newest_mail(site, to, "Confirm your email address")
    found = re.search(r"http://\S+/register/link\?token=\S+", text)
    assert found, text
    return found[0]
