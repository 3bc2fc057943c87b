"""The sections of the hiring action file, each from rows that were loaded for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.accounts.models import Account
from app.compliance.reports.document import Section, Value
from app.exams.certificates.models import Certificate
from app.exams.examinations.models import Examination
from app.exams.keys.models import KeyVersion
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.responses.models import ResponseImport
from app.notices.models import Notice
from app.personnel.appointments.models import Appointment
from app.platform import audit
from app.platform.audit import AuditEvent
from app.recruitment.applications.models import Application, ApplicationClaim
from app.recruitment.postings.models import Posting
from app.recruitment.requisitions.models import Requisition
from app.recruitment.screening.models import CriterionDecision, ScreeningOutcome


def facts(posting: Posting, at: dt.datetime) -> tuple[tuple[str, Value], ...]:
    """Give what stands at the head of the file."""
    return (
        ("Posting", posting.number),
        ("Title", posting.title),
        ("Class", f"{posting.class_code} {posting.class_title}".strip()),
        ("Grade", posting.grade),
        ("Agency", posting.agency.name),
        ("Openings", posting.openings),
        ("Rulebook", posting.rulebook),
        ("Announced on", posting.announced_on),
        ("Opened", posting.opens_at),
        ("Closed", posting.closes_at),
        ("State", posting.state.value),
        ("File made", at),
    )


def requisition(row: Requisition | None) -> Section:
    columns = ("Number", "State", "Requested by", "Requested at", "Decided by", "Decided at", "Positions")
    rows: tuple[tuple[Value, ...], ...] = ()
    if row is not None:
        positions = ", ".join(entry.position.number for entry in row.entries)
        people = (row.creator.name, row.requested_at, _name(row.decider), row.decided_at)
        rows = ((row.number, row.state.value, *people, positions),)
    return Section("Requisition", columns, rows, "This posting came without a requisition.")


def criteria(posting: Posting) -> Section:
    rows = tuple(
        (row.position, row.kind.value, row.statement, "essential" if row.is_essential else "desirable")
        for row in posting.criteria
    )
    return Section("Criteria", ("No.", "Kind", "Statement", "Weight"), rows)


def applications(rows: Sequence[Application]) -> Section:
    columns = (
        "Number", "Submission", "Submitted at", "Digest of what was received",
        "Screening", "Assessment", "Standing", "Placement",
    )  # fmt: skip
    return Section(
        "Applications",
        columns,
        tuple(
            (
                row.number or "Draft",
                row.submission.value,
                row.submitted_at,
                row.snapshot_digest,
                row.screening.value,
                row.assessment.value,
                row.standing.value,
                row.placement.value,
            )
            for row in rows
        ),
        "Nobody applied.",
    )


def screening(rows: Sequence[ScreeningOutcome]) -> Section:
    return Section(
        "Screening outcomes",
        ("Application", "Outcome", "Version", "Reason", "Decided by", "Decided at"),
        tuple(
            (
                row.application.number,
                row.outcome.value,
                row.version,
                row.reason,
                row.decider.name,
                row.decided_at,
            )
            for row in rows
        ),
        "No outcome was recorded.",
    )


def criterion_decisions(rows: Sequence[CriterionDecision], numbers: Mapping[str, str]) -> Section:
    return Section(
        "Screening decisions",
        ("Application", "Criterion", "Decision", "Reason", "Decided at"),
        tuple(
            (
                numbers[row.application_id],
                row.criterion.statement,
                "met" if row.is_met else "not met",
                row.reason,
                row.decided_at,
            )
            for row in rows
        ),
    )


def claims(rows: Sequence[ApplicationClaim], numbers: Mapping[str, str]) -> Section:
    return Section(
        "Preference claims",
        ("Application", "Claim", "State", "Reason", "Decided at"),
        tuple(
            (numbers[row.application_id], row.kind, row.state.value, row.reason, row.decided_at)
            for row in rows
        ),
        "Nobody claimed preference.",
    )


def examination(row: Examination) -> Section:
    return Section(
        "Examination",
        ("Number", "Title", "Held on", "Rulebook", "Version", "Digest of the rulebook", "State"),
        (
            (
                row.number,
                row.title,
                row.held_on,
                row.rulebook,
                row.rulebook_version,
                row.rulebook_digest,
                row.state.value,
            ),
        ),
    )


def keys(rows: Sequence[KeyVersion]) -> Section:
    return Section(
        "Key versions",
        ("Version", "State", "Reason", "Digest", "Proposed by", "Proposed at", "Decided by", "Decided at"),
        tuple(
            (
                row.version,
                row.state.value,
                row.reason,
                row.digest,
                row.proposer.name,
                row.proposed_at,
                _name(row.decider),
                row.decided_at,
            )
            for row in rows
        ),
    )


def imports(rows: Sequence[ResponseImport]) -> Section:
    return Section(
        "Response files",
        ("File", "Digest", "Rows", "Absent", "State", "Imported at", "Reason"),
        tuple(
            (
                row.filename,
                row.digest,
                row.rows,
                row.absent,
                row.state.value,
                row.imported_at,
                row.reason,
            )
            for row in rows
        ),
    )


def merit_lists(rows: Sequence[MeritList]) -> Section:
    columns = (
        "Version", "State", "Digest", "Digest of inputs", "Ranked", "Passed", "Drafted by", "Approved by",
        "Published by", "Published at", "Expires on", "Reason",
    )  # fmt: skip
    return Section(
        "Merit lists",
        columns,
        tuple(
            (
                row.version,
                row.state.value,
                row.digest,
                row.inputs_digest,
                row.ranked,
                row.passed,
                _name(row.drafter),
                _name(row.approver),
                _name(row.publisher),
                row.published_at,
                row.expires_on,
                row.reason,
            )
            for row in rows
        ),
    )


def entries(rows: Sequence[MeritListEntry], versions: Mapping[str, int]) -> Section:
    return Section(
        "Places on the list",
        ("List version", "Place", "Rank", "Candidate", "Marks", "Preference", "Final", "Passed"),
        tuple(
            (
                versions[row.list_id],
                row.place,
                row.rank,
                row.candidate.number,
                str(Fraction(row.marks, row.denominator)),
                str(Fraction(row.preference, row.denominator)),
                str(Fraction(row.final, row.denominator)),
                "yes" if row.is_passed else "no",
            )
            for row in rows
        ),
    )


def certificates(rows: Sequence[Certificate]) -> Section:
    return Section(
        "Certificates",
        ("Number", "Rule", "Vacancies", "State", "Requested by", "Issued by", "Issued at", "Expires on"),
        tuple(
            (
                row.number,
                row.rule,
                row.vacancies,
                row.state.value,
                _name(row.requester),
                _name(row.issuer),
                row.issued_at,
                row.expires_on,
            )
            for row in rows
        ),
        "No certificate was requested.",
    )


def selections(rows: Sequence[Certificate]) -> Section:
    columns = (
        "Certificate", "Order", "Candidate", "Outcome", "Code", "Reason", "Position", "Decided by",
        "Decided at", "Approved by",
    )  # fmt: skip
    return Section(
        "Names certified",
        columns,
        tuple(
            (
                row.number,
                name.position,
                name.entry.candidate.number,
                name.outcome.value,
                name.code,
                name.reason,
                name.appointed_to.number if name.appointed_to else None,
                _name(name.decider),
                name.decided_at,
                _name(name.approver),
            )
            for row in rows
            for name in row.entries
        ),
    )


def appointments(rows: Sequence[Appointment]) -> Section:
    return Section(
        "Appointments",
        ("Employee", "Position", "Kind", "Authority", "Starts on", "Probation ends on", "Recorded at"),
        tuple(
            (
                row.employee.number,
                row.position.number,
                row.kind.value,
                row.authority,
                row.starts_on,
                row.probation_ends_on,
                row.created_at,
            )
            for row in rows
        ),
        "Nobody was appointed yet.",
    )


def letters(rows: Sequence[Notice]) -> Section:
    return Section(
        "Letters",
        ("Number", "Subject", "State", "Promised at", "Issued at", "Digest of the PDF"),
        tuple(
            (row.number, row.title, row.state.value, row.promised_at, row.issued_at, row.pdf_digest)
            for row in rows
        ),
        "No letter was sent.",
    )


def trail(events: Sequence[AuditEvent]) -> Section:
    return Section(
        "Ledger events",
        ("No.", "At", "Action", "By", "Subject", "Details", "Digest"),
        tuple(
            (
                event.index,
                event.at,
                event.action,
                event.actor_name,
                event.subject,
                audit.canonical(event.details),
                event.digest,
            )
            for event in events
        ),
    )


def _name(account: Account | None) -> str | None:
    return account.name if account else None
