"""What the letter says that answers the objections of one submission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.exams.objection_fees.models import ObjectionFee
from app.exams.objection_fees.states import FeeState
from app.exams.objections.models import Objection, ObjectionSubmission
from app.exams.objections.states import ObjectionState
from app.platform import links
from app.platform.sentences import say

OFFICE = say("Examination office")


def answers(
    submission: ObjectionSubmission, objections: Sequence[Objection], fees: Mapping[str, ObjectionFee]
) -> dict[str, Any]:
    """Give the fields of the letter; `objections` come whole and in the order of their items."""
    first = objections[0]
    examination = first.examination
    agency = examination.agency
    return {
        "signed_by": {"name": OFFICE, "title": agency.name},
        "examination_title": examination.title,
        "examination_number": examination.number,
        "candidate_number": first.candidate.number,
        "filed": {"at": submission.filed_at, "zone": agency.time_zone},
        "answers": [_answer(objection, fees.get(objection.id)) for objection in objections],
        "page_url": links.absolute(f"/my/applications/{first.candidate.application_id}/sheet"),
    }


def _answer(objection: Objection, fee: ObjectionFee | None) -> dict[str, Any]:
    """Give the answer to one objection; one that is still filed was held up by its fee."""
    is_filed = objection.state is ObjectionState.FILED
    return {
        "item": objection.item,
        "series": objection.series or None,
        "claim": objection.claim.title,
        "outcome": "unsettled" if is_filed else objection.state.value,
        "ruling": " ".join(objection.ruling.split())[:4000] if objection.ruling else None,
        "fee": _stands(objection, fee).title if fee is not None else None,
    }


def _stands(objection: Objection, fee: ObjectionFee) -> FeeState:
    """Give how a fee stands once the decision is carried out: what was paid for one upheld is owed back."""
    is_owed = objection.state is ObjectionState.UPHELD and fee.state is FeeState.PAID
    return FeeState.REFUND_DUE if is_owed else fee.state
