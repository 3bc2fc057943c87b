"""What may be done next with a case, by its state, how it was decided, and who asks."""

from __future__ import annotations

from app.personnel.case_appeals.models import CaseAppeal
from app.personnel.case_appeals.services import waits_for_remedy
from app.personnel.discipline.models import DisciplinaryCase
from app.personnel.discipline.states import CaseState
from app.platform.actors import Actor


def list_steps(
    case: DisciplinaryCase, appeal: CaseAppeal | None, actor: Actor, *, is_received: bool
) -> list[tuple[str, str]]:
    """List what this person may do now with a case: the words of a button, and its endpoint.

    `is_received` tells whether the delivery of the decision is on record.
    """
    hidden = _not_now(case, appeal) | ({HAND_OVER[1]} if is_received else set())
    return [one for one in _open_to(case, actor) if one[1] not in hidden]


def _not_now(case: DisciplinaryCase, appeal: CaseAppeal | None) -> set[str]:
    """Name what the state of a case would allow, but how it was decided does not."""
    if case.state is CaseState.DECIDED:
        return {CLOSE[1]} if case.effective_on else {"personnel.decisions.carry_out", NOT_ENTERED[1]}
    if appeal is None:
        return set()
    if appeal.outcome is None:
        return {CLOSE[1], "personnel.case_appeals.apply_remedy"}
    done = {"personnel.case_appeals.record_outcome"}
    waits = waits_for_remedy(appeal)
    return done | ({CLOSE[1]} if waits else {"personnel.case_appeals.apply_remedy"})


def _open_to(case: DisciplinaryCase, actor: Actor) -> list[tuple[str, str]]:
    may = {endpoint for _, endpoint in sum(ACTS.values(), ()) if actor.may(endpoint, case.agency_id)}
    found = [(words, endpoint) for words, endpoint in ACTS[case.state] if endpoint in may]
    if actor.id != case.deciding_official_id:
        return [one for one in found if one[1] not in FOR_DECIDER]
    return [one for one in found if one[1] not in FOR_PROPOSER]


WITHDRAW = ("Withdraw the case", "personnel.discipline.withdraw")
HAND_OVER = ("Record the delivery of the decision", "personnel.deliveries.record_decision")
NOT_ENTERED = ("It cannot be entered", "personnel.decisions.record_not_entered")
APPEAL = ("Record an appeal", "personnel.case_appeals.record")
CLOSE = ("Close the case", "personnel.case_appeals.close")
# What may follow in each state, the next step first.
ACTS: dict[CaseState, tuple[tuple[str, str], ...]] = {
    CaseState.DRAFT: (
        ("Preview and propose", "personnel.discipline.propose"),
        ("Change the draft", "personnel.discipline.edit"),
        ("Answer the factors", "personnel.penalty_factors.answer"),
        ("Add a file", "personnel.case_files.add"),
        WITHDRAW,
    ),
    CaseState.PROPOSED: (("Record the delivery", "personnel.deliveries.record"), WITHDRAW),
    CaseState.DELIVERED: (
        ("Decide the case", "personnel.decisions.decide"),
        ("Weigh the factors", "personnel.penalty_factors.weigh"),
        ("Record an oral answer or a hearing", "personnel.replies.record_heard"),
        WITHDRAW,
    ),
    CaseState.DECIDED: (
        HAND_OVER,
        ("Carry it out", "personnel.decisions.carry_out"),
        NOT_ENTERED,
        CLOSE,
    ),
    CaseState.CARRIED_OUT: (HAND_OVER, APPEAL, CLOSE),
    CaseState.NOT_ENTERED: (HAND_OVER, APPEAL, CLOSE),
    CaseState.APPEALED: (
        HAND_OVER,
        ("Record what came of the appeal", "personnel.case_appeals.record_outcome"),
        ("Put the service record right", "personnel.case_appeals.apply_remedy"),
        CLOSE,
    ),
    CaseState.CLOSED: (),
    CaseState.WITHDRAWN: (),
}
FOR_DECIDER = {"personnel.decisions.decide", "personnel.penalty_factors.weigh"}
FOR_PROPOSER = {
    "personnel.discipline.propose",
    "personnel.discipline.edit",
    "personnel.penalty_factors.answer",
    "personnel.case_files.add",
}
