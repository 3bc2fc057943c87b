"""The fields of the letter that decides a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.notices import services as notices
from app.notices.models import Notice
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.queries import find_position
from app.personnel.discipline.regimes import Procedure
from app.personnel.discipline.rules import describe, law_after, paragraphs
from app.personnel.discipline.states import Action
from app.personnel.letters import official_title
from app.personnel.penalty_factors.models import PenaltyFactor
from app.personnel.penalty_factors.rules import FACTORS
from app.personnel.positions.models import Position
from app.personnel.replies.models import Reply
from app.platform.actors import Actor
from app.platform.calendars import add_days
from app.platform.errors import Conflict
from app.platform.locales import write_date


def promise_decision(
    session: Session,
    case: DisciplinaryCase,
    law: Procedure,
    *,
    holidays: Collection[dt.date],
    decided: tuple[Action, int | None] | None,
    effective_on: dt.date | None,
    decided_on: dt.date,
    reasons: str,
    sustained: Mapping[tuple[str, int], bool],
    factors: Sequence[PenaltyFactor],
    replies: Sequence[Reply],
    actor: Actor,
    at: dt.datetime,
) -> Notice:
    """Promise the letter of a decision; Conflict when the employee holds no position any more."""
    position = find_position(session, case.employee_id)
    if position is None:
        raise Conflict("This person holds no position any more. Withdraw the case.")
    letter = decision(
        case,
        law,
        position,
        holidays=holidays,
        decided=decided,
        effective_on=effective_on,
        decided_on=decided_on,
        reasons=reasons,
        sustained=sustained,
        factors=factors,
        replies=replies,
    )
    return notices.promise(
        session,
        template="disciplinary_decision",
        subject=case.id,
        agency_id=case.agency_id,
        account_id=case.employee.account_id,
        name=case.employee.name,
        email=case.employee.email,
        letter=letter,
        actor=actor,
        at=at,
        key=f"disciplinary_decision:{case.id}",
    )


def decision(
    case: DisciplinaryCase,
    law: Procedure,
    position: Position,
    *,
    holidays: Collection[dt.date] = (),
    decided: tuple[Action, int | None] | None,
    effective_on: dt.date | None,
    decided_on: dt.date,
    reasons: str,
    sustained: Mapping[tuple[str, int], bool],
    factors: Sequence[PenaltyFactor],
    replies: Sequence[Reply],
) -> dict[str, Any]:
    """Give the fields of the decision, from a case loaded with its people and charges."""
    agency = case.agency
    return {
        "signed_by": {"name": case.deciding_official.name, "title": official_title(case)},
        "case_number": case.number,
        "position_title": position.title,
        "unit": agency.name,
        "law": law.law,
        "proposed_action": describe(case.action, case.days),
        "action": describe(*decided) if decided else None,
        "delivered_on": case.delivered_on,
        "effective_on": effective_on,
        "ends_on": last_day(decided, effective_on),
        "answers": [_answer(reply) for reply in replies],
        "charges": [
            {
                "title": charge.label,
                "specifications": [
                    {"text": text, "is_sustained": sustained[charge.id, number]}
                    for number, text in enumerate(paragraphs(charge.specification), 1)
                ],
            }
            for charge in case.charges
        ],
        "reasons": paragraphs(reasons),
        "factors": [
            {
                "title": FACTORS[row.factor - 1],
                "weight": row.weight.title,
                "reason": " ".join(row.answer.split()),
            }
            for row in (factors if decided else ())
        ],
        "ways_on": _ways_on(case, decided, decided_on, effective_on, holidays),
        "contact": {
            "name": "Human resources office",
            "title": agency.name,
            "lines": [agency.contact_phone, agency.contact_email],
        },
    }


def _ways_on(
    case: DisciplinaryCase,
    decided: tuple[Action, int | None] | None,
    decided_on: dt.date,
    effective_on: dt.date | None,
    holidays: Collection[dt.date],
) -> list[dict[str, Any]]:
    """List where the decision may be contested, and until when; nowhere where nothing is done.

    Who receives it after `later_after` has as much longer.
    """
    if decided is None or effective_on is None:
        return []
    return [
        {
            "title": way.forum.title,
            "until": way.last_day(decided_on, effective_on, holidays),
            "later_after": effective_on if way.is_from_effect else decided_on,
            "how": way.how,
            "law": way.cited,
        }
        for way in law_after(case.regime, case.procedure, decided[0]).remedies
    ]


def last_day(decided: tuple[Action, int | None] | None, effective_on: dt.date | None) -> dt.date | None:
    """Give the last day of a suspension; None for anything else."""
    if decided is None or effective_on is None or not decided[1]:
        return None
    return add_days(effective_on, decided[1] - 1)


def _answer(reply: Reply) -> str:
    heard = f", heard by {reply.heard_by_name}" if reply.heard_by_name else ""
    return f"{reply.kind.title} of {write_date(reply.given_on)}{heard}"
