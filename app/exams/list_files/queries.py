"""Reading outside lists, and what the files of our own lists and certificates say."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from app.exams.certificates.models import Certificate
from app.exams.examinations.models import Examination
from app.exams.list_files import rules
from app.exams.list_files.models import OutsideList, OutsideName
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.platform import clock, keyset, scope
from app.platform.actors import Actor
from app.platform.errors import NotFound
from app.recruitment.applications.models import Application

READ = "exams.list_files.list_staff"


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition that keeps outside lists to the agencies in which the actor may read them."""
    return scope.within(OutsideList.agency_id, actor, READ)


def list_outside(session: Session, actor: Actor, *, cursor: str) -> keyset.Page[OutsideList]:
    """List the lists that were imported, the newest first."""
    query = select(OutsideList).where(visible_to(actor)).options(joinedload(OutsideList.agency))
    keys = (OutsideList.imported_at, OutsideList.id)
    return keyset.fetch(session, query, keys, is_descending=True, cursor=cursor)


def get_outside(session: Session, list_id: str, actor: Actor) -> OutsideList:
    """Give an imported list, or raise NotFound."""
    found = session.scalar(
        select(OutsideList)
        .where(OutsideList.id == list_id, visible_to(actor))
        .options(joinedload(OutsideList.agency), joinedload(OutsideList.importer))
    )
    if found is None:
        raise NotFound("There is no such list.")
    return found


def list_names(session: Session, list_id: str, *, cursor: str) -> keyset.Page[OutsideName]:
    """List the names of an imported list by their numbers."""
    query = select(OutsideName).where(OutsideName.list_id == list_id)
    return keyset.fetch(session, query, (OutsideName.place,), cursor=cursor, size=50)


def load_cells(session: Session, list_id: str) -> Iterator[list[str]]:
    """Give the rows of an imported list in the columns of its file."""
    names = session.execute(
        select(OutsideName.place, OutsideName.cells)
        .where(OutsideName.list_id == list_id)
        .order_by(OutsideName.place)
    )
    columns = (*rules.LIST_COLUMNS, rules.TERMINATED)
    for place, cells in names:
        yield [
            *(({"list_no": rules.place_text(place)} if c == "list_no" else cells).get(c, "") for c in columns)
        ]


def load_list(session: Session, merit_list: MeritList) -> Iterator[list[str]]:
    """Give the rows of one of our lists, loaded with examination and posting, in New York's columns.

    The list number is the place; amounts are written to two decimals for display.
    """
    examination = merit_list.examination
    posting, agency = examination.posting, examination.agency
    day = clock.local_date(merit_list.published_at, agency.time_zone) if merit_list.published_at else None
    fixed = {
        "exam_no": examination.number,
        "list_title_code": posting.class_code,
        "list_title_desc": posting.class_title,
        "list_agency_code": agency.code,
        "list_agency_desc": agency.name,
        "published_date": rules.day_text(day),
        "established_date": rules.day_text(day),
        "anniversary_date": rules.day_text(merit_list.expires_on),
    }
    rows = session.execute(
        select(
            MeritListEntry.place,
            Application.applicant_name,
            MeritListEntry.final,
            MeritListEntry.denominator,
            MeritListEntry.has_preference,
        )
        .join(Application, Application.id == MeritListEntry.application_id)
        .where(MeritListEntry.list_id == merit_list.id, MeritListEntry.is_passed)
        .order_by(MeritListEntry.place)
    )
    for place, name, final, denominator, preference in rows:
        first, middle, last = rules.split_name(name or "")
        own = {
            "list_no": rules.place_text(place * 1000),
            "first_name": first,
            "mi": middle,
            "last_name": last,
            "adj_fa": rules.average_text(final, denominator),
            "veteran_credit": "Y" if preference else "",
        }
        yield [(fixed | own).get(column, "") for column in rules.LIST_COLUMNS]


def load_certification(certificate: Certificate) -> Iterator[list[str]]:
    """Give the rows of a certificate that is loaded with its names, in New York's columns."""
    examination = certificate.merit_list.examination
    zone = examination.agency.time_zone
    issued = clock.local_date(certificate.issued_at, zone) if certificate.issued_at else None
    positions = certificate.requisition.entries
    fixed = {
        "exam_no": examination.number,
        "list_agency_code": certificate.agency.code,
        "list_agency_desc": certificate.agency.name,
        "list_title_desc": examination.posting.class_title,
        "request_date": rules.day_text(clock.local_date(certificate.requested_at, zone)),
        "salary": f"{positions[0].position.pay_min_minor / 100:.2f}" if positions else "",
        "cert_issue_no": certificate.number,
        "cert_date": rules.day_text(issued),
        "cert_expiration_date": rules.day_text(certificate.expires_on),
        "no_certified": str(len(certificate.entries)),
        "no_requested": str(certificate.vacancies),
        "provisional_replacement": "N",
        "no_vacancies": str(certificate.vacancies),
        "list_title_code": examination.posting.class_code,
    }
    for entry in certificate.entries:
        first, middle, last = rules.split_name(entry.entry.application.applicant_name or "")
        own = {
            "list_no": rules.place_text(entry.entry.place * 1000),
            "first_name": first,
            "mi": middle,
            "last_name": last,
            "cert_seq_no": rules.place_text(entry.position * 1000),
        }
        yield [(fixed | own).get(column, "") for column in rules.CERTIFICATION_COLUMNS]


def get_published(session: Session, list_id: str, actor: Actor) -> MeritList:
    """Give a list that was published, with examination, posting and agency, or raise NotFound."""
    found = session.scalar(
        select(MeritList)
        .where(
            MeritList.id == list_id,
            MeritList.published_at.is_not(None),
            scope.within(MeritList.agency_id, actor, READ),
        )
        .options(
            joinedload(MeritList.examination).options(
                joinedload(Examination.posting), joinedload(Examination.agency)
            )
        )
    )
    if found is None:
        raise NotFound("There is no such published list.")
    return found


def list_published(session: Session, actor: Actor) -> list[MeritList]:
    """List the published lists of the actor's agencies, the newest first, with their examinations."""
    query = (
        select(MeritList)
        .where(MeritList.state == "published", scope.within(MeritList.agency_id, actor, READ))
        .options(joinedload(MeritList.examination))
        .order_by(MeritList.published_at.desc(), MeritList.id)
        .limit(50)
    )
    return list(session.scalars(query))
