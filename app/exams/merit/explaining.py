"""The whole derivation of one person's place, as data that a page or a letter is made from."""

from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit import ordering
from app.exams.merit.certification import Certificate
from app.exams.merit.components import Component
from app.exams.merit.exact import plain
from app.exams.merit.gates import presence
from app.exams.merit.items import Item
from app.exams.merit.normalisation import arithmetic
from app.exams.merit.preference import words
from app.exams.merit.ranking import MeritList, Row
from app.exams.merit.rounding import display
from app.exams.merit.scoring import Scores
from app.exams.merit.seats import Allocation


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the derivation; `arithmetic` can be followed with pen and paper."""

    stage: str
    label: str
    value: str
    arithmetic: str
    citation: str = ""


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
    certificate: Certificate | None = None,
    allocation: Allocation | None = None,
) -> Explanation:
    """Explain one person's place.

    With `scores` the item counts of each component are shown too, with a `certificate` why the person is
    on it or not, with an `allocation` why they sit where.
    """
    row = merit_list.row(candidate_id)
    index = int(merit_list.order[row.position - 1])
    steps = [step for score in scores for step in _item_steps(score, candidate_id)]
    steps += _component_steps(merit_list, index)
    steps += _total_steps(merit_list, index)
    steps += _gate_steps(merit_list, index)
    steps += _preference_steps(merit_list, index, row)
    steps += _rank_steps(merit_list, row)
    steps += [] if certificate is None else [_certificate_step(certificate, candidate_id)]
    steps += [] if allocation is None else [_seat_step(allocation, candidate_id)]
    above, below, decided = _neighbours(merit_list, row)
    return Explanation(
        candidate_id, merit_list.digest, merit_list.rulebook.digest, row, tuple(steps), above, below, decided
    )


def _item_steps(score: Scores, candidate_id: str) -> list[Step]:
    """Count right, wrong and blank answers and treated items, by mark."""
    if candidate_id not in score.responses.rows_by_id:
        return []
    index = score.responses.rows_by_id[candidate_id]
    series = score.responses.series[index] if score.responses.series else ""
    printed = score.key.printed(series)
    growth = score.growth(series)
    counts: dict[tuple[str, str, Fraction], int] = {}
    for code in score.responses.item_codes:
        item, answer = printed[code], score.responses.answer(candidate_id, code)
        mark = item.mark(answer, score.rules.scheme_of(item)) * growth[item.section]
        group = (item.section, _kind(item, answer), mark)
        counts[group] = counts.get(group, 0) + 1
    steps = []
    for (section, kind, mark), count in sorted(
        counts.items(), key=lambda pair: (pair[0][0], -pair[0][2], pair[0][1])
    ):
        label = f"{section}: {kind}" if section else kind
        steps.append(
            Step("items", label, plain(count * mark), f"{count} × {plain(mark)} = {plain(count * mark)}")
        )
    if score.scale != 1:
        raw = sum((count * mark for (_, _, mark), count in counts.items()), Fraction(0))
        text = f"{plain(raw)} × {plain(score.scale)} = {plain(raw * score.scale)}"
        steps.append(Step("items", "Scaled to the declared maximum", plain(raw * score.scale), text))
    return steps


def _kind(item: Item, answer: str | None) -> str:
    """Name what became of one answer."""
    if item.treatment == "neutralised":
        return "neutralised items"
    if item.treatment == "full-credit-all":
        return "items credited to all"
    if answer is None:
        return "blank answers"
    if item.treatment == "full-credit-answered":
        return "items credited to who answered"
    if any(answer == option for option, _ in item.credits):
        return "answers with a mark of their own"
    return "right answers" if answer in item.accepted else "wrong answers"


def _component_steps(merit_list: MeritList, index: int) -> list[Step]:
    """Follow each component from its raw mark to what it adds to its whole."""
    composed = merit_list.working.composed
    steps = []
    for component in merit_list.rulebook.components:
        name, value = component.name, composed.values[component.name].fraction(index)
        if name in composed.raw:
            steps += _leaf_steps(merit_list, component, index)
        else:
            parts = [part.name for part in merit_list.rulebook.components if part.of == name]
            shares = [plain(composed.shares[part].fraction(index)) for part in parts]
            text = f"{component.method} of {', '.join(shares)}"
            rounded = f", {component.rounding.words()}" if component.rounding else ""
            steps.append(
                Step("composite", component.title, plain(value), f"{text}{rounded}", component.citation)
            )
        share = composed.shares[name].fraction(index)
        if component.factor != 1:
            text = f"{plain(value)} × {plain(component.factor)}"
            steps.append(Step("component", component.title, plain(share), text, component.citation))
        if component.weight is not None:
            whole = merit_list.rulebook.total.scale
            if component.of:
                whole = composed.maxima[component.of] or whole
            limit = plain(composed.maxima[name] or Fraction(1))
            weight = plain(component.weight)
            text = f"{plain(value)} ÷ {limit} × {plain(whole)} × {weight} % = {plain(share)}"
            steps.append(Step("component", component.title, plain(share), text, component.citation))
    return steps


def _leaf_steps(merit_list: MeritList, component: Component, index: int) -> list[Step]:
    """Follow the raw mark of one component through normalisation, table and rounding."""
    composed, candidates = merit_list.working.composed, merit_list.candidates
    raw = composed.raw[component.name].fraction(index)
    value = plain(composed.values[component.name].fraction(index))
    steps = []
    if component.normalise and presence(candidates, component.name)[index]:
        rules = component.normalise
        session = str(candidates.attributes[rules.by][index])
        text = arithmetic(rules, session, composed.forms[component.name], raw)
        steps.append(Step("normalisation", f"{component.title}, {session}", value, text, rules.citation))
    if component.table:
        text = "by the table of the rulebook"
        steps.append(Step("table", component.title, value, text, component.citation))
    if component.rounding:
        words_said = component.rounding.words()
        steps.append(Step("rounding", component.title, value, words_said, component.citation))
    return steps


def _total_steps(merit_list: MeritList, index: int) -> list[Step]:
    working, rules = merit_list.working, merit_list.rulebook.total
    tops = [part.name for part in merit_list.rulebook.components if not part.of]
    parts = [plain(working.composed.shares[name].fraction(index)) for name in tops]
    composed, earned = plain(working.composed.total.fraction(index)), plain(working.earned.fraction(index))
    how = (
        " + ".join(parts)
        if rules.method in ("weighted", "sum", "mean")
        else f"{rules.method} of " + ", ".join(parts)
    )
    steps = [Step("total", "Total", composed, f"{how} = {composed}", rules.citation)]
    if rules.decision:
        text = f"{composed} {rules.decision.words()} = {earned}"
        steps.append(Step("rounding", "Total that decides", earned, text, rules.citation))
    return steps


def _gate_steps(merit_list: MeritList, index: int) -> list[Step]:
    steps = []
    for gate in merit_list.working.gates:
        met = bool(gate.met[index])
        needed = f"at least {plain(gate.minimum)}" if gate.minimum is not None else "needed"
        steps.append(Step("gate", f"Minimum: {gate.title}", "met" if met else "not met", needed))
    return steps


def _preference_steps(merit_list: MeritList, index: int, row: Row) -> list[Step]:
    working, rules = merit_list.working, merit_list.rulebook.preferences
    preferred = working.preferred
    steps = []
    running = working.earned.fraction(index)
    for rule, worth, counted in zip(rules.rules, preferred.worths, preferred.counted, strict=True):
        holds = not rule.claim or bool(merit_list.candidates.claim(rule.claim)[index])
        if not holds or (rule.only_after_passing and not row.passed):
            continue
        text, points = words(rule), worth.fraction(index)
        if points and counted[index]:
            text += f": {plain(running)} + {plain(points)} = {plain(running + points)}"
            running += points
        elif points:
            text += ", not counted beside a higher preference or over a cap"
        elif rule.unless and not counted[index]:
            text += ", not for this post"
        steps.append(
            Step("preference", rule.title, plain(points) if counted[index] else "0", text, rule.citation)
        )
    if running != working.final.fraction(index):
        final = plain(working.final.fraction(index))
        steps.append(Step("preference", "Limit on points", final, f"{plain(running)} is limited to {final}"))
    if row.category and merit_list.rulebook.bands:
        steps.append(Step("category", "Category", row.category, "", merit_list.rulebook.bands.citation))
    return steps


def _rank_steps(merit_list: MeritList, row: Row) -> list[Step]:
    if row.rank is None:
        return [Step("rank", "Rank", "none", "not met: " + ", ".join(row.failed))]
    shared = f"shared with {len(row.tied_with)} others" if row.tied_with else "held alone"
    text = (
        f"{shared}, {merit_list.rulebook.order.numbering} numbering, {merit_list.passed_count} people passed"
    )
    steps = [Step("rank", "Rank", str(row.rank), text)]
    if merit_list.rulebook.order.needs_seed:
        lot = ordering.draw(merit_list.seed, merit_list.list_id, row.candidate_id).hex()
        text = f"HMAC-SHA256, seed {merit_list.seed}, over {merit_list.list_id}{row.candidate_id}"
        steps.append(Step("draw", "Lot", lot, text))
    return steps


def _certificate_step(certificate: Certificate, candidate_id: str) -> Step:
    ids = [name.candidate_id for name in certificate.names]
    if candidate_id in ids:
        value, ground = "certified", f"Name {ids.index(candidate_id) + 1} of {len(ids)}."
    elif any(name.candidate_id == candidate_id for name in certificate.standing):
        value, ground = "not certified", f"Below the {len(ids)} names within reach."
    else:
        value, ground = "not certified", "Not available on the day of the certificate."
    return Step("certificate", "Certificate", value, f"{certificate.sentence} {ground}", certificate.citation)


def _seat_step(allocation: Allocation, candidate_id: str) -> Step:
    seat = allocation.seat(candidate_id)
    if seat is None:
        return Step("seat", "Seat", "none", f"{len(allocation.seats)} people have a seat")
    return Step("seat", "Seat", seat.block, f"by {seat.ground}")


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
    decided = _decided_by(merit_list, same.start) if same.start else ""
    return scores[0], scores[1], decided


def _decided_by(merit_list: MeritList, place: int) -> str:
    upper, lower = int(merit_list.order[place - 1]), int(merit_list.order[place])
    for key in merit_list.rulebook.order.keys:
        if key.by == "draw":
            return key.title
        column = merit_list.working.keys[key.by]
        if column[upper] != column[lower]:
            return key.title
    return "candidate id"
