"""Reading a person's own papers."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.platform.errors import NotFound
from app.platform.sentences import say
from app.recruitment.papers.models import Paper


def list_papers(session: Session, account_id: str) -> list[Paper]:
    """List the papers that a person keeps, in the order in which they were added."""
    query = (
        select(Paper)
        .where(Paper.account_id == account_id, Paper.removed_at.is_(None))
        .order_by(Paper.uploaded_at, Paper.id)
    )
    return list(session.scalars(query))


def get_paper(session: Session, paper_id: str, account_id: str) -> Paper:
    """Give a paper that the person keeps; anyone else's is NotFound."""
    paper = session.get(Paper, paper_id)
    if paper is None or paper.account_id != account_id or paper.removed_at is not None:
        raise NotFound(say("There is no such document."))
    return paper
