"""A version of a policy as PDF, of the same text and headings as its page."""

from __future__ import annotations

from flask import render_template

from app.notices import pdf
from app.personnel.policies.markup import parse
from app.personnel.policies.models import Policy, PolicyVersion
from app.platform import languages


def render(policy: Policy, version: PolicyVersion) -> bytes:
    """Render a version; the same bytes each time."""
    title = f"{policy.number} {policy.title}, version {version.version}"
    page = render_template(
        "personnel/policies/print.html",
        policy=policy,
        version=version,
        title=title,
        blocks=parse(version.text),
    )
    identifier = f"{policy.number}-{version.version}"
    return pdf.render(page, title=title, language=languages.ENGLISH, identifier=identifier)
