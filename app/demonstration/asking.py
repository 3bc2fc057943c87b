"""What some vacancies ask besides the steps: whether one may apply, and a fee; and what people answer."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.platform.actors import Actor
from app.recruitment.changes.services import begin_change
from app.recruitment.drafts.services import save_section
from app.recruitment.eligibility.models import EligibilityQuestion
from app.recruitment.eligibility.services import save_question
from app.recruitment.fees import choosing
from app.recruitment.fees import services as fees
from app.recruitment.fees.models import WaiverGround
from app.recruitment.fees.queries import find_fee
from app.recruitment.fees.states import FeeHold

AGE = {
    "question": "Are you at least 18 years old, or will you be on your first day?",
    "lawful": ["Yes"],
    "unlawful": ["No"],
    "explanation": "For this post the city's rules set a lowest age of 18 years on the first day of work.",
    "source": "Larkhaven Civil Service Rules, rule 12",
    "is_advisory": False,
}
WORK = {
    "question": "May you lawfully work in the United States?",
    "lawful": ["Yes"],
    "unlawful": ["No"],
    "explanation": "The city may employ only people who may lawfully work in the United States.",
    "source": "8 U.S.C. 1324a, read 2026-11-22",
    "is_advisory": False,
}
SHIFTS = {
    "question": "Can you work at night and on weekends?",
    "lawful": ["Yes"],
    "unlawful": ["No", "Not always"],
    "explanation": "The post has shifts at night and on weekends. You may apply; the office asks about it.",
    "source": "Class specification, working conditions",
    "is_advisory": True,
}
QUESTIONS: dict[str, tuple[dict[str, Any], ...]] = {
    "nurses": (WORK, SHIFTS),
    "rangers": (AGE, SHIFTS),
    "lifeguards": (AGE,),
    "collectors": (AGE, WORK, SHIFTS),
    "streets": (AGE, SHIFTS),
}
FEE = {
    "amount_minor": 4000,
    "currency": "USD",
    "authority": "Larkhaven Civil Service Rules, rule 15",
    "where_to_pay": "Cash desk of the Commission, 1 Harbour Square, on weekdays from 9 am to 4 pm.",
    "hold": FeeHold.SCREENING,
}
GROUNDS = (
    {
        "title": "You receive public assistance",
        "source": "Larkhaven Civil Service Rules, rule 15(b)",
        "evidence": "A letter of the agency that pays it",
    },
    {
        "title": "You are out of work and support a household",
        "source": "Larkhaven Civil Service Rules, rule 15(c)",
        "evidence": "A letter of the employment office",
    },
)
WITH_FEE = frozenset({"analysts", "collectors", "streets"})
GRACE = {"lifeguards": 10, "nurses": 15}
# Who changed what was received, before the closing.
CHANGED = frozenset({("engineers", "third.applicant"), ("analysts", "applicant")})


def ask(session: Session, key: str, posting_id: str, author: Actor, at: dt.datetime) -> None:
    """Write a draft posting's questions and its fee, where it has them."""
    for question in QUESTIONS.get(key, ()):
        save_question(session, posting_id=posting_id, question_id=None, values=question, actor=author, at=at)
    if key in WITH_FEE:
        fees.declare_fee(session, posting_id=posting_id, values=FEE, grounds=GROUNDS, actor=author, at=at)


def answer(
    session: Session, key: str, own: str, posting_id: str, dice: random.Random, actor: Actor, at: dt.datetime
) -> None:
    """Answer a posting's questions as the law admits, and say how the fee is settled."""
    if key in QUESTIONS:
        asked = session.scalars(
            select(EligibilityQuestion)
            .where(EligibilityQuestion.posting_id == posting_id)
            .order_by(EligibilityQuestion.position)
        )
        data = {
            question.id: dice.choice(question.unlawful)
            if question.is_advisory and dice.random() < 0.2
            else question.lawful[0]
            for question in asked
        }
        save_section(
            session,
            application_id=own,
            section="eligibility",
            data=data,
            is_complete=True,
            actor=actor,
            at=at,
        )
    if key in WITH_FEE:
        grounds = session.scalars(select(WaiverGround.id).where(WaiverGround.posting_id == posting_id))
        ground = dice.choice(sorted(grounds)) if dice.random() < 0.3 else ""
        note = "The letter is among my documents." if ground else ""
        choosing.choose(session, application_id=own, ground_id=ground, note=note, actor=actor, at=at)


def settle(session: Session, own: str, dice: random.Random, officer: Actor, at: dt.datetime) -> None:
    """Record a payment, or decide on a waiver, as the office does the day after; some wait."""
    fee = find_fee(session, own)
    chance = dice.random()
    if fee is None or chance < 0.35:
        return
    if fee.ground is None:
        fees.record_payment(
            session, application_id=own, reference=f"CB {dice.randrange(100, 999)}", actor=officer, at=at
        )
    else:
        fees.decide_waiver(
            session,
            application_id=own,
            is_granted=True,
            reason="The letter shows it.",
            actor=officer,
            at=at,
        )


def change(session: Session, own: str, contact: dict[str, Any], actor: Actor, at: dt.datetime) -> str:
    """Open a received application again, correct the address, and give the working copy to submit."""
    copy = begin_change(session, application_id=own, actor=actor, at=at).id
    save_section(
        session,
        application_id=copy,
        section="contact",
        data=contact,
        is_complete=True,
        actor=actor,
        at=at,
    )
    return copy
