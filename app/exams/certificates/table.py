"""The list of certificates as a file."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.exams.certificates import queries
from app.exams.certificates.forms import CertificateFilterForm
from app.exams.certificates.models import Certificate
from app.exams.certificates.states import CertificateState
from app.platform.actors import Actor
from app.web import tables
from app.web.tables import Column, Table


def rows(session: Session, actor: Actor) -> Iterable[Certificate]:
    """Read every certificate that the list shows under its filters."""
    filters = CertificateFilterForm()
    state = CertificateState(filters.state.data) if filters.state.data else None
    return tables.all_pages(
        lambda cursor: queries.list_certificates(session, actor, state=state, cursor=cursor)
    )


tables.add(
    Table(
        "exams.certificates.list_staff",
        "Certificates",
        (
            Column("number", "Number", lambda row: row.number),
            Column("agency", "Agency", lambda row: row.agency.name),
            Column("examination", "Examination", lambda row: row.merit_list.examination.number),
            Column("requisition", "Requisition", lambda row: row.requisition.number),
            Column("rule", "Rule", lambda row: row.rule),
            Column("vacancies", "Vacancies", lambda row: row.vacancies),
            Column("state", "State", lambda row: row.state),
            Column("requested_at", "Requested", lambda row: row.requested_at),
            Column("issued_at", "Issued", lambda row: row.issued_at),
            Column("expires_on", "Last day", lambda row: row.expires_on),
            Column("ended_at", "Ended", lambda row: row.ended_at),
        ),
        rows,
    )
)
