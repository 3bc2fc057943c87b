"""Reading publications, and what has come to hang on a published list."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.exams.appeals.models import Appeal
from app.exams.certificates.models import Certificate
from app.exams.examinations.models import Examination
from app.exams.merit_lists.models import MeritList, MeritListEntry
from app.exams.publications.models import ListPolicy, Publication
from app.exams.publications.states import PublicationState
from app.platform.errors import NotFound


def get_publication(session: Session, publication_id: str, *, lock: bool = False) -> Publication:
    """Give a publication with its list, examination and agency, or raise NotFound."""
    query = (
        select(Publication)
        .where(Publication.id == publication_id)
        .options(
            selectinload(Publication.merit_list)
            .selectinload(MeritList.examination)
            .options(selectinload(Examination.agency), selectinload(Examination.posting))
        )
    )
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound("There is no such publication.")
    return found


def find_live(session: Session, list_id: str, *, lock: bool = False) -> Publication | None:
    """Find the publication of a list that was not undone, with who published."""
    query = (
        select(Publication)
        .where(Publication.list_id == list_id, Publication.state != PublicationState.UNDONE)
        .options(selectinload(Publication.publisher))
    )
    return session.scalar(query.with_for_update() if lock else query)


def list_publications(session: Session, list_id: str) -> list[Publication]:
    """List all publications of a list, the latest first, with their people."""
    return list(
        session.scalars(
            select(Publication)
            .where(Publication.list_id == list_id)
            .options(joinedload(Publication.publisher), joinedload(Publication.undoer))
            .order_by(Publication.published_at.desc(), Publication.id.desc())
        )
    )


def has_certificate(session: Session, list_id: str) -> bool:
    """Tell whether names of a list were asked for."""
    return bool(session.scalar(select(exists().where(Certificate.merit_list_id == list_id))))


def has_appeal(session: Session, publication: Publication) -> bool:
    """Tell whether anyone on the list appealed since it was published."""
    appealed = exists().where(
        Appeal.filed_at >= publication.published_at,
        MeritListEntry.application_id == Appeal.application_id,
        MeritListEntry.list_id == publication.list_id,
    )
    return bool(session.scalar(select(appealed)))


def find_policy(session: Session, agency_id: str) -> ListPolicy | None:
    """Find what an agency decided about names on its public lists, with who decided."""
    query = select(ListPolicy).where(ListPolicy.agency_id == agency_id)
    return session.scalar(query.options(selectinload(ListPolicy.setter)))
