"""The whole derivation of one person's place, as data that a page or a letter is made from."""

from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit import ordering
from app.exams.merit.components import factor
from app.exams.merit.errors import InputError
from app.exams.merit.exact import plain
from app.exams.merit.preference import words
from app.exams.merit.ranking import MeritList, Row
from app.exams.merit.rounding import display
from app.exams.merit.scoring import Scores


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


def explain(merit_list: MeritList, candidate_id: str, *scores: Scores) -> Explanation:
    """Explain one person's place; with `scores` the item counts of each component are shown too."""
    row = merit_list.row(candidate_id)
    index = int(merit_list.order[row.position - 1])
    steps = [step for score in scores for step in _item_steps(score, candidate_id)]
    steps += _component_steps(merit_list, index)
    steps += _total_steps(merit_list, index)
    steps += _gate_steps(merit_list, index)
    steps += _preference_steps(merit_list, index, row)
    steps += _rank_steps(merit_list, row)
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
        group = (item.section, _kind(item.treatment, answer, mark), mark)
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


def _kind(treatment: str, answer: str | None, mark: Fraction) -> str:
    if treatment == "neutralised":
        return "neutralised items"
    if treatment == "full-credit-all" or (treatment == "full-credit-answered" and answer is not None):
        return "items credited to all" if treatment == "full-credit-all" else "items credited to who answered"
    if answer is None:
        return "blank answers"
    return "right answers" if mark > 0 else "wrong answers"


def _component_steps(merit_list: MeritList, index: int) -> list[Step]:
    steps = []
    candidates, rules = merit_list.candidates, merit_list.rulebook.total
    for component in merit_list.rulebook.components:
        mark = candidates.marks[component.name].fraction(index)
        known = candidates.maxima.get(component.name)
        limit = component.maximum if component.maximum is not None else known
        share = merit_list.working.shares[component.name].fraction(index)
        arithmetic = plain(mark)
        if rules.method == "weighted" and limit is not None and component.weight is not None:
            weight = plain(component.weight)
            arithmetic = (
                f"{plain(mark)} ÷ {plain(limit)} × {plain(rules.scale)} × {weight} % = {plain(share)}"
            )
        if share != mark * factor(component, rules, known):
            raise InputError(
                "merit list", "its working does not follow from its marks.", column=component.name
            )
        steps.append(Step("component", component.title, plain(share), arithmetic, component.citation))
    return steps


def _total_steps(merit_list: MeritList, index: int) -> list[Step]:
    working, rules = merit_list.working, merit_list.rulebook.total
    parts = [plain(share.fraction(index)) for share in working.shares.values()]
    composed, earned = plain(working.composed.fraction(index)), plain(working.earned.fraction(index))
    steps = [Step("total", "Total", composed, f"{' + '.join(parts)} = {composed}", rules.citation)]
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
    steps = []
    chosen = int(working.preferred.rule[index])
    if chosen >= 0:
        rule = rules.rules[chosen]
        earned, final = plain(working.earned.fraction(index)), plain(working.final.fraction(index))
        text = f"{words(rule)}: {earned} + {row.points} = {final}"
        steps.append(Step("preference", rule.title, row.points, text, rule.citation))
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
