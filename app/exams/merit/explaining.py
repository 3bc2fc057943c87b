"""The whole derivation of one person's place, as data that a page or a letter is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.exams.merit import ordering
from app.exams.merit.alternation import JointCertificate
from app.exams.merit.certification import Certificate
from app.exams.merit.derivation import (
    Step,
    component_steps,
    gate_steps,
    item_steps,
    preference_steps,
    total_steps,
)
from app.exams.merit.exact import plain
from app.exams.merit.ranking import MeritList, Row
from app.exams.merit.rounding import display
from app.exams.merit.scoring import Scores
from app.exams.merit.seats import Allocation


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a person came to their place.

    `above` and `below` are the scores of the neighbours of other ranks, without names, None at the ends
    or without a rank. `decided_by` names the key that set the person below the next above, "" at the top.
    """

    candidate_id: str
    list_digest: str
    rulebook_digest: str
    row: Row
    steps: tuple[Step, ...]
    above: str | None
    below: str | None
    decided_by: str


def explain(
    merit_list: MeritList,
    candidate_id: str,
    *scores: Scores,
    certificate: Certificate | JointCertificate | None = None,
    allocation: Allocation | None = None,
) -> Explanation:
    """Explain one person's place.

    With `scores` the item counts of each component are shown too, with a `certificate` why the person is
    on it or not, with an `allocation` why they sit where.
    """
    row = merit_list.row(candidate_id)
    index = int(merit_list.order[row.position - 1])
    steps = [step for score in scores for step in item_steps(score, candidate_id)]
    steps += component_steps(merit_list, index)
    steps += total_steps(merit_list, index)
    steps += gate_steps(merit_list, index)
    steps += preference_steps(merit_list, index, row)
    steps += rank_steps(merit_list, row)
    steps += order_steps(merit_list, index, row)
    if isinstance(certificate, JointCertificate):
        steps += _turn_steps(certificate, candidate_id)
    elif certificate is not None:
        steps.append(_certificate_step(certificate, candidate_id))
    if allocation is not None:
        steps.append(_seat_step(merit_list, allocation, candidate_id))
    above, below, decided = _neighbours(merit_list, row)
    return Explanation(
        candidate_id, merit_list.digest, merit_list.rulebook.digest, row, tuple(steps), above, below, decided
    )


def rank_steps(merit_list: MeritList, row: Row) -> list[Step]:
    """Tell the rank and who shares it, or why there is none."""
    if row.rank is None:
        return [Step("rank", "Rank", "none", "not met: " + ", ".join(row.failed))]
    shared = f"shared with {len(row.tied_with)} others" if row.tied_with else "held alone"
    text = (
        f"{shared}, {merit_list.rulebook.order.numbering} numbering, {merit_list.passed_count} people passed"
    )
    return [Step("rank", "Rank", str(row.rank), text)]


def order_steps(merit_list: MeritList, index: int, row: Row) -> list[Step]:
    """Give the value of each key of the order but the total, and the lot, for who has a rank."""
    steps = []
    for key in merit_list.rulebook.order.keys if row.passed else ():
        if key.by == "draw":
            lot = ordering.draw(merit_list.seed, merit_list.list_id, row.candidate_id).hex()
            text = f"HMAC-SHA256, seed {merit_list.seed}, over {merit_list.list_id}{row.candidate_id}"
            steps.append(Step("draw", "Lot", lot, text, key.citation))
        elif key.by != "total":
            text = f"{key.first} first" + ("" if key.splits else ", only among people of the same rank")
            value = _key_value(merit_list, key.by, index, row)
            steps.append(Step("order", f"In order by {key.title}", value, text, key.citation))
    return steps


def _key_value(merit_list: MeritList, by: str, index: int, row: Row) -> str:
    """Write what somebody has of a key of the order."""
    working, candidates = merit_list.working, merit_list.candidates
    head, _, rest = by.partition(".")
    if head == "attribute":
        value = candidates.attributes[rest][index]
        if isinstance(value, date):
            return value.isoformat()
        return "none" if value is None else plain(value) if isinstance(value, Fraction) else str(value)
    if head == "claim":
        return "yes" if candidates.claim(rest)[index] else "no"
    marks = {
        "earned": working.earned,
        "exact": working.composed.total.plus(working.preferred.points),
        "component": working.composed.values.get(rest),
        "section": candidates.marks.get(rest),
    }.get(head)
    if marks is not None:
        return plain(marks.fraction(index))
    return {"tier": str(row.tier), "preference": "yes" if row.preference else "no"}.get(by, row.category)


def _certificate_step(certificate: Certificate, candidate_id: str) -> Step:
    ids = [name.candidate_id for name in certificate.names]
    if candidate_id in ids:
        value, ground = "certified", f"Name {ids.index(candidate_id) + 1} of {len(ids)}."
    elif any(name.candidate_id == candidate_id for name in certificate.standing):
        value, ground = "not certified", f"Below the {len(ids)} names within reach."
    else:
        value, ground = "not certified", "Not available on the day of the certificate."
    return Step("certificate", "Certificate", value, f"{certificate.sentence} {ground}", certificate.citation)


def _turn_steps(joint: JointCertificate, candidate_id: str) -> list[Step]:
    """Tell of each list on which somebody stands whether it certifies them, and at which turn."""
    steps = []
    for name, certificate in joint.certificates.items():
        if all(one.candidate_id != candidate_id for one in certificate.standing):
            continue
        step = _certificate_step(certificate, candidate_id)
        turn = next(
            (one for one in joint.turns if (one.served_by, one.candidate_id) == (name, candidate_id)), None
        )
        said = f" Turn {turn.number} belongs to the list {turn.source}." if turn else ""
        steps.append(Step(step.stage, step.label, step.value, step.arithmetic + said, step.citation))
    if not steps:
        text = "Not available on the day of the certificate, or on no list that serves a vacancy."
        steps.append(Step("certificate", "Certificate", "not certified", text))
    return steps


def _seat_step(merit_list: MeritList, allocation: Allocation, candidate_id: str) -> Step:
    """Tell why somebody sits where, or the last mark seated in each block."""
    seat = allocation.seat(candidate_id)
    plan = merit_list.rulebook.seats
    cited = {block.name: block.citation for block in plan.blocks} if plan else {}
    if seat is not None:
        people = allocation.by_block[seat.block]
        text = f"by {seat.ground}, place {people.index(candidate_id) + 1} of {len(people)}"
        return Step("seat", "Seat", seat.block, text, cited.get(seat.block, ""))
    lowest = [
        f"{block} to {_lowest(merit_list, people)}" for block, people in allocation.by_block.items() if people
    ]
    text = f"{len(allocation.seats)} people have a seat"
    return Step("seat", "Seat", "none", f"{text}: {', '.join(lowest)}" if lowest else text)


def _lowest(merit_list: MeritList, people: Sequence[str]) -> str:
    """Write the lowest mark among people."""
    final = merit_list.working.final
    places = [int(merit_list.order[merit_list.position(one)]) for one in people]
    return display(min(final.fraction(place) for place in places), merit_list.rulebook.total.display)


def _neighbours(merit_list: MeritList, row: Row) -> tuple[str | None, str | None, str]:
    """Give the score above and below, and the key that set this person below the one above."""
    if row.rank is None:
        return None, None, ""
    same = merit_list.same_rank(row.position - 1)
    shown, final = merit_list.rulebook.total.display, merit_list.working.final
    scores = [
        display(final.fraction(int(merit_list.order[place])), shown)
        if 0 <= place < merit_list.passed_count
        else None
        for place in (same.start - 1, same.stop)
    ]
    decided = decided_by(merit_list, same.start) if same.start else ""
    return scores[0], scores[1], decided


def decided_by(merit_list: MeritList, place: int) -> str:
    """Name the key that set the person at a place, from 1, below the one above."""
    upper, lower = int(merit_list.order[place - 1]), int(merit_list.order[place])
    for key in merit_list.rulebook.order.keys:
        if key.by == "draw":
            return key.title
        column = merit_list.working.keys[key.by]
        if column[upper] != column[lower]:
            return key.title
    return "candidate id"
