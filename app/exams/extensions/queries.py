"""Reading extensions."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.exams.certificates.models import Certificate
from app.exams.certificates.queries import visible_to
from app.exams.extensions.models import Extension
from app.exams.extensions.states import ExtensionState
from app.exams.merit_lists.models import MeritList
from app.platform.actors import Actor
from app.platform.errors import NotFound


def get_extension(session: Session, extension_id: str, actor: Actor, *, lock: bool = False) -> Extension:
    """Give an extension with its certificate and list, or raise NotFound."""
    query = (
        select(Extension)
        .join(Certificate, Certificate.id == Extension.certificate_id)
        .where(Extension.id == extension_id, visible_to(actor))
        .options(
            joinedload(Extension.certificate)
            .joinedload(Certificate.merit_list)
            .joinedload(MeritList.examination),
            joinedload(Extension.certificate).joinedload(Certificate.agency),
            joinedload(Extension.proposer),
        )
    )
    found = session.scalar(query.with_for_update(of=Extension) if lock else query)
    if found is None:
        raise NotFound("There is no such extension.")
    return found


def find_proposed(session: Session, certificate_id: str) -> Extension | None:
    """Find the extension of a certificate that waits for a decision."""
    return session.scalar(
        select(Extension)
        .where(Extension.certificate_id == certificate_id, Extension.state == ExtensionState.PROPOSED)
        .options(joinedload(Extension.proposer))
    )
