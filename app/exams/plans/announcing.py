"""What postings are told of exam plans, and how their announcement seals them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.plans import queries, rules, sealing
from app.exams.rulebook_versions.queries import load_texts
from app.platform.actors import Actor
from app.recruitment.postings.models import Posting
from app.recruitment.rulebooks import Described


class Announcing:
    """The source of rulebooks and seals for app/recruitment/rulebooks.py."""

    def offered(self, session: Session, on: dt.date, agency_id: str) -> Sequence[Described]:
        """Describe the rulebooks in force on a day for an agency, its own among them."""
        return rulebooks.describe(on, load_texts(session, agency_id))

    def sealed(self, session: Session, posting_id: str) -> Described | None:
        """Describe the rulebook in the sealed plan of a posting; Conflict when it was changed since."""
        plan = queries.find_plan(session, posting_id)
        if plan is None or plan.content is None or plan.digest is None or plan.rulebook_text is None:
            return None
        rules.check_sealed(plan.content, plan.digest)
        book = rulebooks.read(plan.rulebook_text, plan.content["rulebook"]["digest"])
        notes = {part["code"]: part["note"] for part in plan.content["components"]}
        return rulebooks.describe_book(book, notes, plan.digest)

    def seal(self, session: Session, posting: Posting, actor: Actor, at: dt.datetime) -> str:
        """Seal the plan of a posting that is being announced, and give its SHA-256."""
        return str(sealing.seal_plan(session, posting=posting, actor=actor, at=at).digest)
