"""Postings and the criteria that each asks of applicants."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    event,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.accounts.models import Account, Agency
from app.personnel.positions.states import PayPeriod
from app.platform import constraints
from app.platform.db import Base, BigKey
from app.platform.types import state_type
from app.platform.words import cut, marked
from app.recruitment.eligibility.models import EligibilityQuestion
from app.recruitment.fees.models import PostingFee
from app.recruitment.postings.states import (
    Audience,
    CriterionKind,
    EmploymentType,
    PostingState,
)
from app.recruitment.requisitions.models import Requisition

# A requisition may be advertised again only after its posting was cancelled.
STANDING = "state <> 'cancelled'"
OWN = "meritum"
OURS = f"source = '{OWN}'"


class Posting(Base):
    """A vacancy as it is advertised, made here (`source` is "meritum") or imported.

    `closes_at` is the first moment at which an application is late; `time_zone` is the zone it is
    shown in; a form opened before it may come in for `grace_minutes` more; `first_closes_at` is the closing
    as announced, once the clock-stop rule moved it.
    `pay_year_minor` is for sorting and filtering alone: the lowest pay, brought to a year.
    `search_text` is the casefolded text that the staff's lists look in, `title_key` the folded title that
    lists are ordered by: the two databases fold letters outside ASCII differently. `search_words` are the
    words that the public search finds it by, those of its title under "=", class "#" and place "@".
    """

    __tablename__ = "postings"
    __table_args__ = (
        Index(
            "uq_postings_requisition",
            "requisition_id",
            unique=True,
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
        Index("ix_postings_agency_state", "agency_id", "state", "id"),
        Index("ix_postings_state_closing", "state", "closes_at", "id"),
        Index("ix_postings_state_published", "state", "published_at", "id"),
        CheckConstraint("approved_by IS NULL OR approved_by <> created_by", name="two_people"),
        CheckConstraint("approved_by IS NULL OR approved_by <> submitted_by", name="approver_not_submitter"),
        CheckConstraint("openings >= 1", name="openings"),
        CheckConstraint("pay_min_minor >= 0 AND pay_max_minor >= pay_min_minor", name="pay_range"),
        CheckConstraint("(pay_min_minor IS NULL) = (pay_max_minor IS NULL)", name="pay_both"),
        CheckConstraint("closes_at > opens_at", name="closes_after_opens"),
        CheckConstraint("grace_minutes BETWEEN 0 AND 120", name="grace"),
        CheckConstraint(
            f"state NOT IN ('approved', 'published', 'closed') OR NOT ({OURS}) OR approved_by IS NOT NULL",
            name="approved_by_someone",
        ),
        CheckConstraint(
            f"state IN ('draft', 'cancelled') OR NOT ({OURS}) OR rulebook IS NOT NULL", name="has_rulebook"
        ),
        CheckConstraint(
            "state NOT IN ('published', 'closed') OR (opens_at IS NOT NULL AND closes_at IS NOT NULL"
            " AND published_at IS NOT NULL AND announced_on IS NOT NULL)",
            name="published_has_window",
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL)",
            name="cancelled_has_reason",
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    requisition_id: Mapped[str | None] = mapped_column(ForeignKey("requisitions.id"))
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    title: Mapped[str] = mapped_column(String(200))
    title_key: Mapped[str] = mapped_column(String(400))
    class_code: Mapped[str] = mapped_column(String(40))
    class_title: Mapped[str] = mapped_column(String(200))
    grade: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(200))
    employment_type: Mapped[EmploymentType | None] = mapped_column(
        state_type(EmploymentType, "employment_type")
    )
    audience: Mapped[Audience] = mapped_column(state_type(Audience, "audience"))
    summary: Mapped[str]
    duties: Mapped[str]
    qualifications: Mapped[str]
    preferred: Mapped[str]
    how_to_apply: Mapped[str]
    unit: Mapped[str] = mapped_column(String(200))
    location: Mapped[str] = mapped_column(String(200))
    pay_min_minor: Mapped[int | None] = mapped_column(BigInteger)
    pay_max_minor: Mapped[int | None] = mapped_column(BigInteger)
    pay_currency: Mapped[str] = mapped_column(String(3))
    pay_period: Mapped[PayPeriod] = mapped_column(state_type(PayPeriod, "pay_period"))
    pay_year_minor: Mapped[int | None] = mapped_column(BigInteger)
    openings: Mapped[int]
    rulebook: Mapped[str | None] = mapped_column(String(80))
    opens_at: Mapped[dt.datetime | None]
    closes_at: Mapped[dt.datetime | None]
    first_closes_at: Mapped[dt.datetime | None]
    time_zone: Mapped[str] = mapped_column(String(60))
    grace_minutes: Mapped[int] = mapped_column(default=0, server_default="0")
    announced_on: Mapped[dt.date | None]
    state: Mapped[PostingState] = mapped_column(state_type(PostingState, "state"))
    created_at: Mapped[dt.datetime]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    published_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    cancelled_at: Mapped[dt.datetime | None]
    cancel_reason: Mapped[str | None]
    source: Mapped[str] = mapped_column(String(40))
    source_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    search_text: Mapped[str]
    search_words: Mapped[str] = mapped_column(server_default="")

    agency: Mapped[Agency] = relationship(lazy="raise")
    requisition: Mapped[Requisition | None] = relationship(lazy="raise")
    creator: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[created_by])
    approver: Mapped[Account | None] = relationship(lazy="raise", foreign_keys=[approved_by])
    criteria: Mapped[list[Criterion]] = relationship(
        lazy="raise", order_by="Criterion.position", cascade="all, delete-orphan"
    )
    questions: Mapped[list[EligibilityQuestion]] = relationship(
        lazy="raise", order_by="EligibilityQuestion.position", cascade="all, delete-orphan"
    )
    fee: Mapped[PostingFee | None] = relationship(lazy="raise")


class Criterion(Base):
    """One thing that an applicant must have (`is_essential`) or had better have, in order of `position`."""

    __tablename__ = "posting_criteria"
    __table_args__ = (UniqueConstraint("posting_id", "position"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id"))
    position: Mapped[int]
    kind: Mapped[CriterionKind] = mapped_column(state_type(CriterionKind, "kind"))
    statement: Mapped[str]
    is_essential: Mapped[bool]


class PostingEntry(Base):
    """A public posting as the search reads it: narrow, so that a hundred thousand are read in a moment.

    Triggers of the database keep a row for each posting that was ever published, and beside it its words in
    the engine's own full-text index, in the transaction that changes the posting. `is_open` tells that it
    is published; `pay` is the lowest pay brought to a year, -1 where it is not stated.
    """

    __tablename__ = "posting_entries"
    __table_args__ = (
        Index("ix_posting_entries_newest", "is_open", "published_at", "posting_id"),
        Index("ix_posting_entries_closing", "is_open", "closes_at", "posting_id"),
        Index("ix_posting_entries_pay", "is_open", "pay", "posting_id"),
        Index("ix_posting_entries_title", "is_open", "title_key", "posting_id"),
        Index("ix_posting_entries_agency", "is_open", "agency_id", "posting_id"),
        Index("ix_posting_entries_category", "is_open", "category", "posting_id"),
        Index("ix_posting_entries_class", "is_open", "class_code", "posting_id"),
    )

    key: Mapped[int] = mapped_column(BigKey, primary_key=True, autoincrement=True)
    posting_id: Mapped[str] = mapped_column(ForeignKey("postings.id", ondelete="CASCADE"), unique=True)
    is_open: Mapped[bool]
    agency_id: Mapped[str] = mapped_column(String(40))
    class_code: Mapped[str] = mapped_column(String(40))
    grade: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(200))
    location: Mapped[str] = mapped_column(String(200))
    employment_type: Mapped[EmploymentType | None] = mapped_column(
        state_type(EmploymentType, "employment_type")
    )
    audience: Mapped[Audience] = mapped_column(state_type(Audience, "audience"))
    takes_applications: Mapped[bool]
    opens_at: Mapped[dt.datetime]
    closes_at: Mapped[dt.datetime]
    published_at: Mapped[dt.datetime]
    pay: Mapped[int] = mapped_column(BigInteger)
    title_key: Mapped[str] = mapped_column(String(400))

    posting: Mapped[Posting] = relationship(lazy="raise")


@event.listens_for(Posting, "before_insert")
@event.listens_for(Posting, "before_update")
def _keep_words_in_step(_mapper: Mapper[Posting], _connection: Connection, posting: Posting) -> None:
    """Cut the words anew whenever a posting is written, so that no service can forget it."""
    class_named = f"{posting.class_code} {posting.class_title}"
    found = [
        *marked("=", posting.title),
        *marked("#", class_named),
        *marked("@", posting.location),
        *cut("\n".join((posting.title, class_named, posting.location, posting.search_text))),
    ]
    posting.search_words = " ".join(found)


constraints.declare(
    "uq_postings_requisition", field="", message="This requisition already has a posting. Open that one."
)
constraints.declare(
    "ck_postings_two_people",
    field="",
    message="The person who wrote this posting cannot also approve it. Ask a second officer.",
)
constraints.declare(
    "ck_postings_approver_not_submitter",
    field="",
    message="The person who submitted this posting cannot also approve it. Ask a second officer.",
)
constraints.declare(
    "ck_postings_pay_range", field="pay_max_minor", message="The highest pay must not be below the lowest."
)
