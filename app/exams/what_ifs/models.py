"""What-if records."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.responses.models import ResponseImport
from app.platform.db import Base

# What the seal of a what-if covers.
SEALED = (
    "examination_id",
    "key_version_id",
    "import_id",
    "changes",
    "rulebook_digest",
    "tried_digest",
    "seed",
    "seed_is_public",
    "before_digest",
    "after_digest",
    "movers_digest",
    "result",
)


class WhatIf(Base):
    """What a change of the key would move: worked out once, never changed, and no list.

    `changes` maps items to the entries that are tried. `seal` is the SHA-256 of SEALED;
    `before_digest` and `after_digest` are those of the two rankings. `seed_is_public` is false before a
    first list, when a fixed one stands in. `movers_digest` names in the file store a line for each person.
    """

    __tablename__ = "what_ifs"
    __table_args__ = (
        Index("ix_what_ifs_examination", "examination_id", "computed_at"),
        CheckConstraint("length(seal) = 64", name="seal"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"))
    key_version_id: Mapped[str] = mapped_column(ForeignKey("key_versions.id"))
    import_id: Mapped[str] = mapped_column(ForeignKey("response_imports.id"))
    changes: Mapped[dict[str, Any]]
    rulebook_digest: Mapped[str] = mapped_column(String(64))
    tried_digest: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String(200))
    seed_is_public: Mapped[bool]
    before_digest: Mapped[str] = mapped_column(String(64))
    after_digest: Mapped[str] = mapped_column(String(64))
    movers_digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[dict[str, Any]]
    seal: Mapped[str] = mapped_column(String(64))
    computed_by: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    computed_at: Mapped[dt.datetime]
    examination: Mapped[Examination] = relationship(lazy="raise")
    key_version: Mapped[KeyVersion] = relationship(lazy="raise")
    response_import: Mapped[ResponseImport] = relationship(lazy="raise")
    computer: Mapped[Account] = relationship(lazy="raise")
