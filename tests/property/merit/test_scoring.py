"""Scoring against the law as a slow sentence: add the mark of each answer, item by item, person by person."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.exams import merit
from tests.unit.exams.merit.books import ITEMS, book

OPTIONS = ["A", "B", "C", ""]
MARKS = st.sampled_from(["1", "2", "3/4", "1/3"])
OFF = st.sampled_from(["0", "-1/3", "-1/4", "-1"])


@st.composite
def exams(draw: st.DrawFn) -> tuple[merit.Rulebook, merit.Key, merit.Responses]:
    """Draw marks, a key with every treatment and a second series, and answer sheets."""
    count = draw(st.integers(2, 6))
    codes = [f"q{number}" for number in range(count)]
    marks = f'marks = {{ right = "{draw(MARKS)}", wrong = "{draw(OFF)}", blank = "0" }}\n'
    section = f'[[component.section]]\nname = "s"\nmarks = {{ right = "{draw(MARKS)}" }}\n'
    limit = draw(st.sampled_from(["", 'maximum = "20"\n']))
    scope = f'{limit}redistribute = "{draw(st.sampled_from(["component", "section"]))}"\n'
    rulebook = merit.rulebook.load(book(ITEMS, marks, scope, section))
    items = tuple(draw(items_of(code)) for code in codes[:-1])
    items = (*items, merit.Item(codes[-1], ("A",)), merit.Item("s1", ("B",), section="s"))
    codes.append("s1")
    series = {"B": merit.Series(order=dict(zip(codes, draw(st.permutations(codes)), strict=True)))}
    people = draw(st.integers(1, 5))
    rows = [[draw(st.sampled_from(OPTIONS)) for _ in codes] for _ in range(people)]
    sat = [draw(st.sampled_from(["", "B"])) for _ in range(people)]
    ids = [f"p{number}" for number in range(people)]
    return rulebook, merit.Key(1, items, series), merit.Responses.from_rows(ids, codes, rows, series=sat)


@st.composite
def items_of(draw: st.DrawFn, code: str) -> merit.Item:
    """Draw one item with any treatment, in the section or outside it."""
    treatment = draw(
        st.sampled_from(["normal", "several", "full-credit-all", "full-credit-answered", "neutralised"])
    )
    accepted = {"normal": ("A",), "several": ("A", "B")}.get(treatment, ())
    credits = draw(st.sampled_from([(), (("C", "1/2"),)]))
    return merit.Item(code, accepted, treatment, draw(st.sampled_from(["", "s"])), None, credits)


def slow_mark(rulebook: merit.Rulebook, key: merit.Key, responses: merit.Responses, person: str) -> Fraction:
    """Say the law in one sentence for each answer."""
    rules = rulebook.components[0].rules
    sections = rules.sections or {}
    row = responses.rows_by_id[person]
    order = key.series[responses.series[row]].order if responses.series[row] else {}
    by_code = {item.code: item for item in key.items}
    total = Fraction(0)
    for printed in responses.item_codes:
        item = by_code[order.get(printed, printed)]
        scheme = sections[item.section] if item.section else rules.scheme
        peers = [
            peer for peer in key.items if rules.redistribute == "component" or peer.section == item.section
        ]
        rights = {
            peer.code: (sections[peer.section] if peer.section else rules.scheme).right for peer in peers
        }
        kept = sum(rights[peer.code] for peer in peers if peer.treatment != "neutralised")
        answer = responses.answer(person, printed)
        credited = dict(item.credits)
        if item.treatment == "neutralised":
            continue
        if item.treatment == "full-credit-all" or (item.treatment == "full-credit-answered" and answer):
            mark = scheme.right
        elif answer is None:
            mark = scheme.blank
        elif answer in credited:
            mark = Fraction(credited[answer])
        else:
            mark = scheme.right if answer in item.accepted else scheme.wrong
        total += mark * sum(rights.values()) / kept
    declared = rulebook.components[0].maximum
    full = sum((sections[item.section] if item.section else rules.scheme).right for item in key.items)
    return total if declared is None else total * declared / full


@settings(max_examples=60, deadline=None)
@given(exams())
def test_scoring_adds_the_mark_of_each_answer(
    exam: tuple[merit.Rulebook, merit.Key, merit.Responses],
) -> None:
    rulebook, key, responses = exam
    scopes = (
        {item.section for item in key.items}
        if rulebook.components[0].rules.redistribute == "section"
        else {""}
    )
    for scope in scopes:
        inside = [item for item in key.items if scope in ("", item.section)]
        if all(item.treatment == "neutralised" for item in inside):
            return
    scores = merit.score(rulebook, key, responses)
    expected = [slow_mark(rulebook, key, responses, person) for person in responses.candidate_ids.tolist()]
    assert scores.marks.fractions() == expected
    parts = [part.fractions() for part in scores.sections.values()]
    assert [sum(marks) for marks in zip(*parts, strict=True)] == expected


@settings(max_examples=30, deadline=None)
@given(exams(), st.randoms(use_true_random=False))
def test_the_order_of_sheets_and_items_changes_no_digest(
    exam: tuple[merit.Rulebook, merit.Key, merit.Responses], dice: object
) -> None:
    _, key, responses = exam
    people = responses.candidate_ids.tolist()
    codes = list(responses.item_codes)
    dice.shuffle(people)  # type: ignore[attr-defined]
    dice.shuffle(codes)  # type: ignore[attr-defined]
    rows = [[responses.answer(person, code) for code in codes] for person in people]
    series = [responses.series[responses.rows_by_id[person]] for person in people]
    again = merit.Responses.from_rows(people, codes, rows, series=series)
    assert again.digest == responses.digest
    backwards = merit.Key(1, key.items[::-1], key.series)
    assert backwards.digest == key.digest


@settings(max_examples=60, deadline=None)
@given(exams(), st.data())
def test_scoring_the_changed_items_equals_scoring_all(
    exam: tuple[merit.Rulebook, merit.Key, merit.Responses], data: st.DataObject
) -> None:
    rulebook, key, responses = exam
    if any(item.treatment == "neutralised" for item in key.items):
        return
    code = data.draw(st.sampled_from([item.code for item in key.items]))
    new = data.draw(items_of(code))
    changed = key.replacing(replace(new, section=key.by_code[code].section))
    if all(item.treatment == "neutralised" for item in changed.items):
        return
    if (
        rulebook.components[0].rules.redistribute == "section"
        and changed.by_code[code].treatment == "neutralised"
    ):
        return
    quick, full = (
        merit.rescore(merit.score(rulebook, key, responses), changed),
        merit.score(rulebook, changed, responses),
    )
    assert quick.marks.fractions() == full.marks.fractions()
    assert quick.marks.denominator == full.marks.denominator
    assert {name: part.fractions() for name, part in quick.sections.items()} == {
        name: part.fractions() for name, part in full.sections.items()
    }
    assert quick.key_digest == full.key_digest
