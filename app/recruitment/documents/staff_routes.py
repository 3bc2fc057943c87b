"""The documents of an application, for the office."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.platform import clock
from app.platform.db import transaction
from app.recruitment.applications import queries
from app.recruitment.documents import services
from app.recruitment.documents.routes import bp, send
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
        services.record_download(
            session, application=application, document=document, actor=actor, at=clock.now()
        )
    return send(document)
