"""The documents of an application, for the office."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import transaction
from app.platform.errors import Forbidden
from app.recruitment.applications import queries
from app.recruitment.claims.evidence import is_evidence
from app.recruitment.documents import services
from app.recruitment.documents.routes import bp, send
from app.recruitment.scanning.services import demand_clean
from app.web.access import current_actor, requires


@bp.get("/staff/applications/<id('app'):application_id>/documents/<id('doc'):document_id>")
@requires("recruitment.documents.download_staff")
def download_staff(application_id: str, document_id: str) -> ResponseReturnValue:
    """Send an officer a document that came with an application, and record it."""
    actor = current_actor()
    with transaction() as session:
        application = queries.get_application(session, application_id, actor)
        actor.demand("recruitment.documents.download_staff", application.posting.agency_id)
        document = services.get_document(application, document_id)
        if is_evidence(session, document_id):
            raise Forbidden("This paper proves a claim. Only the officers who decide on claims open it.")
        demand_clean(session, document.digest)
        services.record_download(
            session, application=application, document=document, actor=actor, at=clock.now()
        )
    return send(document)
