"""What the page of a list shows of its publication."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from app.exams.merit_lists.models import MeritList
from app.exams.publications import queries
from app.exams.publications.services import job_key
from app.exams.publications.states import PublicationState
from app.exams.readiness import gates
from app.platform import progress


def load_publishing(session: Session, merit_list: MeritList, at: dt.datetime) -> dict[str, Any]:
    """Load what blocks a list, its publications, and how far the writing of its letters is."""
    publications = queries.list_publications(session, merit_list.id)
    living = [one for one in publications if one.state is not PublicationState.UNDONE]
    live = living[0] if living else None
    return {
        "blocks": gates.list_blocks(session, merit_list.examination, at),
        "publications": publications,
        "publication": live,
        "sending": progress.find(session, job_key(live.id)) if live else None,
    }
