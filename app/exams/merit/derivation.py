"""The arithmetic of one person's total, step by step: items, components, gates, preference."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.bands import band_width
from app.exams.merit.components import Component, counted, parts_of
from app.exams.merit.exact import plain
from app.exams.merit.items import Item
from app.exams.merit.normalisation import arithmetic
from app.exams.merit.preference import words
from app.exams.merit.ranking import MeritList, Row
from app.exams.merit.scoring import Scores


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the derivation; `arithmetic` can be followed with pen and paper."""

    stage: str
    label: str
    value: str
    arithmetic: str
    citation: str = ""


# Section, what became of the answer, and the mark it gave.
Group = tuple[str, str, Fraction]


def item_steps(score: Scores, candidate_id: str) -> list[Step]:
    """Count right, wrong and blank answers and treated items, by mark."""
    if candidate_id not in score.responses.rows_by_id:
        return []
    index = score.responses.rows_by_id[candidate_id]
    series = score.responses.series[index] if score.responses.series else ""
    counts: dict[Group, int] = {}
    for code, groups in groups_of(score, series).items():
        group = groups(score.responses.answer(candidate_id, code))
        counts[group] = counts.get(group, 0) + 1
    return counted_steps(score, counts)


def groups_of(score: Scores, series: str) -> dict[str, Callable[[str | None], Group]]:
    """Give for each printed item of a series what tells the group of an answer."""
    printed, growth = score.key.printed(series), score.growth(series)

    def of(item: Item) -> Callable[[str | None], Group]:
        scheme, factor = score.rules.scheme_of(item), growth[item.section]
        return lambda answer: (item.section, _kind(item, answer), item.mark(answer, scheme) * factor)

    return {code: of(printed[code]) for code in score.responses.item_codes}


def counted_steps(score: Scores, counts: Mapping[Group, int]) -> list[Step]:
    """Write how many answers of each group somebody gave."""
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


def component_steps(merit_list: MeritList, index: int, whole: str = "") -> list[Step]:
    """Follow each component from its raw mark to what it adds to its whole, parts before composites."""
    composed = merit_list.working.composed
    steps = []
    for component in parts_of(merit_list.rulebook.components, whole):
        if component.kind == "composite":
            steps += component_steps(merit_list, index, component.name)
        steps += _value_steps(merit_list, component, index)
        value = plain(composed.values[component.name].fraction(index))
        if component.qualifying:
            text = "must be passed and adds nothing"
            steps.append(Step("qualifying", component.title, value, text, component.citation))
            continue
        share = plain(composed.shares[component.name].fraction(index))
        if component.weight is not None:
            out_of = merit_list.rulebook.total.scale
            if component.of:
                out_of = composed.maxima[component.of] or out_of
            limit, weight = plain(composed.maxima[component.name] or Fraction(1)), plain(component.weight)
            text = f"{value} ÷ {limit} × {plain(out_of)} × {weight} % = {share}"
            steps.append(Step("component", component.title, share, text, component.citation))
        elif share != value:
            factor = plain(composed.factors[component.name])
            text = f"{value} × {factor} = {share}"
            steps.append(Step("component", component.title, share, text, component.citation))
        elif component.kind != "composite":
            text = "as it stands" if composed.present[component.name][index] else "absent"
            steps.append(Step("component", component.title, share, text, component.citation))
    return steps


def _value_steps(merit_list: MeritList, component: Component, index: int) -> list[Step]:
    """Follow the raw mark of one component through normalisation, table and rounding."""
    composed = merit_list.working.composed
    name, title, citation = component.name, component.title, component.citation
    value = plain(composed.raw[name].fraction(index))
    steps = []
    if component.kind == "composite":
        parts = counted(parts_of(merit_list.rulebook.components, name))
        shares = [plain(composed.shares[part.name].fraction(index)) for part in parts]
        text = f"{_together(component.method, component.best, shares)} = {value}"
        steps.append(Step("composite", title, value, text, citation))
    rules = component.normalise
    if rules and composed.present[name][index]:
        session = str(merit_list.candidates.attributes[rules.by][index]) if rules.by else ""
        text = arithmetic(rules, session, composed.forms[name], composed.raw[name].fraction(index))
        value = plain(composed.normalised[name].fraction(index))
        label = f"{title}, {session}" if session else title
        steps.append(Step("normalisation", label, value, f"{text} = {value}", rules.citation))
    if component.table:
        before, value = value, plain(composed.tabled[name].fraction(index))
        text = f"{before} is {value} in the table of the rulebook"
        steps.append(Step("table", title, value, text, citation))
    if component.rounding:
        before, value = value, plain(composed.values[name].fraction(index))
        text = f"{before} {component.rounding.words()} = {value}"
        steps.append(Step("rounding", title, value, text, citation))
    return steps


def _together(method: str, best: int, shares: Sequence[str]) -> str:
    """Say how parts make a whole; means are sums of parts that were divided before."""
    if method in ("weighted", "sum", "mean"):
        return " + ".join(shares)
    return f"the {f'best {best}' if best else method} of {', '.join(shares)}"


def total_steps(merit_list: MeritList, index: int) -> list[Step]:
    """Put the parts of the total together and round it."""
    working, rules = merit_list.working, merit_list.rulebook.total
    tops = [part.name for part in counted(parts_of(merit_list.rulebook.components, ""))]
    parts = [plain(working.composed.shares[name].fraction(index)) for name in tops]
    composed, earned = plain(working.composed.total.fraction(index)), plain(working.earned.fraction(index))
    how = _together(rules.method, rules.best, parts)
    steps = [Step("total", "Total", composed, f"{how} = {composed}", rules.citation)]
    if rules.decision:
        text = f"{composed} {rules.decision.words()} = {earned}"
        steps.append(Step("rounding", "Total that decides", earned, text, rules.citation))
    return steps


def gate_steps(merit_list: MeritList, index: int) -> list[Step]:
    """Hold each minimum against what was reached; a lower one is told to those who have a claim to it."""
    steps = []
    for gate in merit_list.working.gates:
        met, text = bool(gate.met[index]), "needed"
        if gate.marks is not None and gate.minimum is not None:
            text = f"{plain(gate.marks.fraction(index))} reached, at least {plain(gate.minimum)} needed"
            for rule in gate.lowered:
                if merit_list.candidates.claim(rule.claim)[index]:
                    text += f", {plain(rule.minimum)} with {rule.claim}"
        steps.append(Step("gate", f"Minimum: {gate.title}", "met" if met else "not met", text))
    return steps


def preference_steps(merit_list: MeritList, index: int, row: Row) -> list[Step]:
    """Tell of each claim what it gives, or why it gives nothing."""
    working, rules = merit_list.working, merit_list.rulebook.preferences
    preferred, candidates = working.preferred, merit_list.candidates
    steps = []
    running = working.earned.fraction(index)
    for rule, worth, counts in zip(rules.rules, preferred.worths, preferred.counted, strict=True):
        holds = not rule.claim or bool(candidates.claim(rule.claim)[index])
        if not holds or (rule.only_after_passing and not row.passed):
            continue
        text, points = words(rule), worth.fraction(index)
        against = [claim for claim in rule.unless_claim if candidates.claim(claim)[index]]
        if points and counts[index]:
            text += f": {plain(running)} + {plain(points)} = {plain(running + points)}"
            running += points
        elif points:
            text += ", not counted beside a higher preference or over a cap"
        elif against:
            text += f", not for holders of {against[0]}"
        elif rule.unless and not counts[index]:
            text += ", not for this post"
        value = plain(points) if counts[index] else "0"
        steps.append(Step("preference", rule.title, value, text, rule.citation))
    if running != working.final.fraction(index):
        final = plain(working.final.fraction(index))
        steps.append(Step("preference", "Limit on points", final, f"{plain(running)} is limited to {final}"))
    return steps + _category_steps(merit_list, index, row)


def _category_steps(merit_list: MeritList, index: int, row: Row) -> list[Step]:
    bands, working = merit_list.rulebook.bands, merit_list.working
    if not row.category or bands is None:
        return []
    text = ""
    if bool(working.preferred.floated[index]):
        text = "a place at the top"
    elif bands.by == "sed":
        text = f"bands reach {plain(band_width(bands, merit_list.facts))} down from their best mark"
    else:
        found = next(one for one in bands.categories if one.name == row.category)
        text = "" if found.least is None else f"{plain(found.least)} or more"
    return [Step("category", "Category", row.category, text, bands.citation)]
