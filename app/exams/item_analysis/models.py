"""Analyses of items as they were computed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.responses.models import ResponseImport
from app.platform.db import Base


class ItemAnalysis(Base):
    """What was found about the items of a sealed import under one version of the key; never changed.

    `inputs_digest` covers the sheets with what was decided of doubtful marks; `figures` is what
    rules.figures gave.
    """

    __tablename__ = "item_analyses"
    __table_args__ = (
        UniqueConstraint("import_id", "key_version_id", "inputs_digest", name="uq_item_analyses_inputs"),
        CheckConstraint("length(inputs_digest) = 64", name="inputs_digest"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    examination_id: Mapped[str] = mapped_column(ForeignKey("examinations.id"), index=True)
    import_id: Mapped[str] = mapped_column(ForeignKey("response_imports.id"))
    key_version_id: Mapped[str] = mapped_column(ForeignKey("key_versions.id"))
    inputs_digest: Mapped[str] = mapped_column(String(64))
    figures: Mapped[dict[str, Any]]
    made_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[dt.datetime]
    examination: Mapped[Examination] = relationship(lazy="raise")
    response_import: Mapped[ResponseImport] = relationship(lazy="raise")
    key_version: Mapped[KeyVersion] = relationship(lazy="raise")
    maker: Mapped[Account | None] = relationship(lazy="raise")
