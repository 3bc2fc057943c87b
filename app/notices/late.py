"""What a letter can say only once the act it tells of is committed, such as a place in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.notices.models import Notice
from app.notices.pdf import Attachment


@dataclass(frozen=True, slots=True)
class Addition:
    """Fields that are added to a letter when it is rendered, and files that go into its PDF."""

    fields: dict[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


Addend = Callable[[Session, Notice], Addition]
_addends: dict[str, Addend] = {}


def add(template: str, addend: Addend) -> None:
    """Let a function add to each letter of a template; the same one added twice is one."""
    if _addends.setdefault(template, addend) is not addend:
        raise RuntimeError(f"Two functions add to the letter {template}.")


def complete(session: Session, notice: Notice) -> tuple[dict[str, Any], tuple[Attachment, ...]]:
    """Give a letter's context with what is added to it, and the files for its PDF."""
    addend = _addends.get(notice.template)
    addition = addend(session, notice) if addend else Addition()
    letter = {**notice.context["letter"], **addition.fields}
    return {**notice.context, "letter": letter}, addition.attachments
