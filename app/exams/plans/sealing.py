"""Completing a plan, and sealing it at the announcement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.exams import rulebooks
from app.exams.plans import queries, rules
from app.exams.plans.models import ExamPlan
from app.exams.rulebook_versions.queries import load_texts
from app.platform import audit
from app.platform.actors import Actor
from app.platform.ids import new_id
from app.recruitment.postings.models import Posting


def edit_plan(
    session: Session,
    *,
    posting_id: str,
    facts: Mapping[str, Any],
    notes: Mapping[str, str],
    actor: Actor,
    at: dt.datetime,
) -> ExamPlan:
    """State the facts that the rulebook asks for and what applicants should know of each part.

    Conflict once the posting is announced: the plan is sealed then.
    """
    posting = queries.get_posting(session, posting_id, actor, lock=True)
    actor.demand("exams.plans.edit", posting.agency_id)
    rules.check_open(posting.announced_on)
    plan = _get_plan(session, posting, at)
    plan.facts, plan.notes, plan.changed_at = dict(facts), dict(notes), at
    _record(session, "edit", plan, actor, at, facts=dict(facts))
    return plan


def seal_plan(session: Session, *, posting: Posting, actor: Actor, at: dt.datetime) -> ExamPlan:
    """Seal the plan of a posting that is being announced; nothing changes it from then on.

    It belongs to the act that announces, which has demanded its own permission. Conflict names the facts
    that the rulebook asks for and nobody stated.
    """
    announced_on = posting.announced_on or at.date()
    own = load_texts(session, posting.agency_id)
    frozen = rulebooks.freeze(posting.rulebook or "", announced_on, own)
    book = rulebooks.read(frozen.text, frozen.digest)
    plan = _get_plan(session, posting, at)
    known = rulebooks.posting_facts(posting.grade, posting.openings) | plan.facts
    asked = rulebooks.facts_asked(book)
    rules.check_facts(rules.list_facts(book, asked), known)
    facts = {name: known[name] for name in sorted(asked)}
    content = rules.write_content(posting.number, announced_on, book, facts, plan.notes)
    plan.rulebook_text, plan.content, plan.digest = frozen.text, content, rules.plan_digest(content)
    plan.sealed_at = at
    session.flush()
    _record(session, "seal", plan, actor, at, digest=plan.digest, rulebook=book.digest)
    return plan


def _get_plan(session: Session, posting: Posting, at: dt.datetime) -> ExamPlan:
    """Give the plan of a posting, locked; a new one where nobody has begun it."""
    plan = queries.find_plan(session, posting.id, lock=True)
    if plan is None:
        own = new_id("pln")
        plan = ExamPlan(
            id=own, posting_id=posting.id, agency_id=posting.agency_id, facts={}, notes={}, changed_at=at
        )
        session.add(plan)
    return plan


def _record(
    session: Session, act: str, plan: ExamPlan, actor: Actor, at: dt.datetime, **details: object
) -> None:
    audit.record(
        session,
        f"exams.plans.{act}",
        actor=actor,
        at=at,
        subject=plan.id,
        agency_id=plan.agency_id,
        posting=plan.posting_id,
        **details,
    )
