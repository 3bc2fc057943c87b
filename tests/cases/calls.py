"""Run one situation, written as data, through the public calls of the merit core."""

import csv
import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.exams import merit

Case = dict[str, Any]
SHARED = Path(__file__).resolve().parents[3] / "shared"

# One line, so that the rules of a case may begin with keys as well as with tables.
HEAD = (
    'rulebook = { name = "case", version = 1, title = "Case", citation = "Case", read_on = 2026-11-22, '
    "effective_from = 2000-01-01 }\n"
)


def shared(name: str) -> Path:
    """Find a big input that stands beside the project; the test is skipped where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the input is not at {path}")
    return path


def book(case: Case) -> merit.Rulebook:
    """Take the shipped rulebook in force on the day of the case, or the one written in it."""
    if "rules" in case:
        return merit.rulebook.load(HEAD + case["rules"], case["id"])
    return merit.rulebook.in_force(case["book"], case.get("on", date(2026, 11, 22)))


def table(case: Case) -> merit.Candidates:
    """Make the candidates of a case from its columns: id, mark.<name>, claims, attribute.<name>."""
    rows = []
    for values in case["people"]:
        row: dict[str, Any] = {"marks": {}, "attributes": {}, "claims": []}
        for column, value in zip(case["columns"], values, strict=True):
            head, _, name = column.partition(".")
            if head == "mark":
                row["marks"][name] = value
            elif head == "attribute":
                row["attributes"][name] = value
            else:
                row[head] = value
        rows.append(row)
    return merit.Candidates.of(rows, maxima=case.get("maxima"))


def ranked(case: Case) -> merit.MeritList:
    """Rank the people of a case."""
    return merit.rank(
        book(case), table(case), list_id=case["id"], seed=case.get("seed", ""), facts=case.get("facts")
    )


def rank(case: Case) -> Any:
    """Show the asked columns of each row, in list order."""
    shown = [[getattr(row, name) for name in case["show"]] for row in ranked(case).rows]
    return [[list(value) if isinstance(value, tuple) else value for value in line] for line in shown]


def exact(case: Case) -> Any:
    """Show the exact deciding marks by person."""
    return {
        row.candidate_id: merit.plain(Fraction(row.numerator, row.denominator)) for row in ranked(case).rows
    }


def groups(case: Case) -> Any:
    """Show people of one rank together, with their scores, in the order of ids."""
    found: dict[int, list[list[str]]] = {}
    for row in ranked(case).rows:
        if row.rank is not None:
            found.setdefault(row.rank, []).append([row.candidate_id, row.score])
    return [sorted(people) for _, people in sorted(found.items())]


def categories(case: Case) -> Any:
    """Show for each category who has preference and who has none."""
    bands = book(case).bands
    assert bands is not None
    shown: dict[str, dict[str, list[str]]] = {
        item.name: {"pref": [], "nonpref": []} for item in bands.categories
    }
    for row in ranked(case).rows:
        if row.category:
            shown[row.category]["pref" if row.preference else "nonpref"].append(row.candidate_id)
    return shown


def category_of(case: Case) -> Any:
    """Show the category of each person in the order given."""
    merit_list = ranked(case)
    return [merit_list.row(values[0]).category for values in case["people"]]


def refused(case: Case) -> Any:
    """Show the faults that the validator finds, with their lines in the rules of the case."""
    offset = HEAD.count("\n")
    with pytest.raises(merit.RulebookError) as caught:
        book(case)
    return [[problem.line - offset, problem.sentence] for problem in caught.value.problems]


def level(case: Case) -> Any:
    """Show the mark of a level with points added, or the sentence of the refusal."""
    answers = []
    for name, added in case["levels"]:
        try:
            answers.append(merit.plain(merit.level_mark(book(case), "rating", name, added)))
        except merit.InputError as error:
            answers.append(str(error))
    return answers


def scored(case: Case) -> Any:
    """Mark answer sheets given as counts of right, wrong and blank answers."""
    treatments = case.get("treatments", {})
    codes = [str(number) for number in range(1, case["items"] + 1)]
    items = []
    for code in codes:
        treatment = treatments.get(code, "normal")
        items.append(merit.Item(code, () if treatment == "neutralised" else ("A",), treatment))
    rows = []
    for right, wrong in case["sheets"]:
        marked = [code for code in codes if code not in treatments]
        answers = dict(zip(marked, ["A"] * right + ["B"] * wrong, strict=False))
        rows.append([answers.get(code) for code in codes])
    people = [f"p{number}" for number in range(len(rows))]
    scores = merit.score(
        book(case), merit.Key(1, tuple(items)), merit.Responses.from_rows(people, codes, rows)
    )
    if case.get("ranked"):
        merit_list = merit.rank(book(case), merit.Candidates.from_scores(scores), list_id=case["id"])
        return [merit_list.row(person).score for person in people]
    rounding = merit.Rounding(case["places"])
    return [[merit.plain(mark), merit.display(mark, rounding)] for mark in scores.marks.fractions()]


def reach(case: Case) -> Any:
    """Show who may be considered, people of the case being ranked first."""
    names = ranked(case).eligibles()
    certificate = merit.certify(
        book(case),
        names,
        issued_on=date(2026, 1, 2),
        vacancies=case.get("vacancies", 1),
        unavailable=case.get("unavailable", ()),
    )
    ids = [name.candidate_id for name in certificate.names]
    return len(ids) if case.get("count") else ids


def lists(case: Case) -> Any:
    """Divide one merit list by claims and name people turn by turn."""
    rulebook, merit_list = book(case), ranked(case)
    joint = merit.certify_lists(
        rulebook,
        merit.sublists(rulebook, merit_list),
        issued_on=date(2026, 1, 2),
        vacancies=case["vacancies"],
    )
    return [[turn.number, turn.source, turn.served_by, turn.candidate_id] for turn in joint.turns]


def in_order(case: Case) -> Any:
    """Divide one merit list by claims and certify from one list after the other."""
    rulebook, merit_list = book(case), ranked(case)
    joint = merit.certify_lists(rulebook, merit.sublists(rulebook, merit_list), issued_on=date(2026, 1, 2))
    return [name.candidate_id for name in joint.certificates[""].names]


def select(case: Case) -> Any:
    """Judge each selection of a case alone, or all in turn; show the asked parts of each ruling."""
    rulebook = book(case)
    certificate = merit.certify(
        rulebook, ranked(case).eligibles(), issued_on=date(2026, 1, 2), vacancies=case.get("vacancies", 1)
    )
    unavailable = case.get("unavailable", ())
    turns = [case["select"]] if case.get("in_turn") else [[person] for person in case["select"]]
    shown = []
    for turn in turns:
        for ruling in merit.check_selection(
            rulebook, certificate, turn, on=date(2026, 1, 3), unavailable=unavailable
        ):
            first = ruling.refusals[0].code if ruling.refusals else ""
            answer = {"selected": ruling.selected, "lawful": ruling.lawful, "code": first}
            answer["reach"] = len(ruling.reach)
            answer["duties"] = len(ruling.duties)
            shown.append([answer[name] for name in case["show"]])
    return shown


def supplement(case: Case) -> Any:
    """Put supplementary names below an original certificate."""
    rulebook = book(case)
    original = [merit.Eligible(name, 5, 5, 90, 1, preference) for name, preference in case["original"]]
    added = [merit.Eligible(name, 1, 1, 99, 1, preference) for name, preference in case["added"]]
    certificate = merit.certify(rulebook, original, issued_on=date(2026, 1, 2))
    return [name.candidate_id for name in merit.supplement(certificate, added)]


def unrated(case: Case) -> Any:
    """Show for counts of people with and without preference whether they may be listed unrated."""
    answers = []
    for with_preference, without in case["counts"]:
        flags = [True] * with_preference + [False] * without
        names = [
            merit.Eligible(f"n{place}", place, place, 90, 1, flag) for place, flag in enumerate(flags, 1)
        ]
        answers.append(merit.may_list_unrated(book(case), names))
    return answers


def consideration(case: Case) -> Any:
    """Run the truth table of lost consideration."""
    return [merit.Consideration(*(bool(answer) for answer in row)).lost for row in case["rows"]]


def owed(case: Case) -> Any:
    """Show the priority considerations still owed."""
    return merit.considerations_owed(case["lost"], case["used"])


def seats(case: Case) -> Any:
    """Seat the people of a case and show each block."""
    allocation = merit.seat(book(case), ranked(case), case["seats"], guarantees=case.get("guarantees"))
    return {name: list(people) for name, people in allocation.by_block.items()}


def women_seated(case: Case) -> Any:
    """Seat made-up people, women at declared places; count women seated and people who lose a seat."""
    answers = []
    for women_on_top in case["women_in_top"]:
        size, guaranteed = case["size"], case["guarantee"]
        claims = [
            ["W"] if place >= size - women_on_top or place >= size else [] for place in range(size + 20)
        ]
        people = [[f"p{place:03}", 1000 - place, held] for place, held in enumerate(claims)]
        shaped = case | {"people": people, "columns": ["id", "mark.examination", "claims"]}
        allocation = merit.seat(
            book(case), ranked(shaped), {"OPEN": size}, guarantees={"OPEN": {"W": guaranteed}}
        )
        seated = set(allocation.by_block["OPEN"])
        women = sum(person in seated and held == ["W"] for person, _, held in people)
        lost = sum(person not in seated for person, _, _ in people[:size])
        answers.append([women, lost])
    return answers


def numbers(case: Case) -> Any:
    """Share vacancies over blocks and show the guaranteed seats inside."""
    return [
        merit.seat_numbers(book(case), case["vacancies"]),
        merit.guaranteed_seats(book(case), case["vacancies"]),
    ]


def roster(case: Case) -> Any:
    """Show the block of single roster points and the counts of a whole roster."""
    points = []
    for point in case["points"]:
        counts = merit.seat_numbers(book(case), 1, first_point=point)
        points += [name for name, count in counts.items() if count]
    return [points, merit.seat_numbers(book(case), case["vacancies"])]


def big_reservation(case: Case) -> Any:
    """Seat 20,000 people by 1,000 posts and show the last mark seated in each block."""
    data = json.loads(shared(case["file"]).read_text())
    people = [
        [name, mark, [*([block] if block else []), *traits]] for name, mark, block, traits in data["people"]
    ]
    shaped = case | {"people": people, "columns": ["id", "mark.examination", "claims"]}
    merit_list = ranked(shaped)
    allocation = merit.seat(book(case), merit_list, data["capacity"], guarantees=data["horizontal"])
    assert {name: list(ids) for name, ids in allocation.by_block.items()} == data["expected"]
    marks = {name: mark for name, mark, _ in people}
    cuts = {name: min(marks[person] for person in ids) for name, ids in allocation.by_block.items()}
    return [len(allocation.seats), cuts]


def normalised(case: Case) -> Any:
    """Normalise the marks of two sessions from a file and show the marks asked for."""
    data = json.loads(shared(case["file"]).read_text())
    quarters = {name: [int(mark * 4) for mark in data[name]] for name in ("session1", "session2")}
    sessions = {name: merit.Frequencies.of(marks, 4) for name, marks in quarters.items()}
    return [
        merit.plain(merit.normalised_mark(book(case), "paper", sessions, case["session"], mark))
        for mark in case["raw"]
    ]


def adjusted(case: Case) -> Any:
    """Adjust the marks of one rater and show the candidate asked for."""
    ratings = [merit.Rating(f"c{mark}", "r1", Fraction(mark)) for mark in case["marks"]]
    rated = merit.rate(book(case), "interview", ratings)
    return merit.plain(rated.marks[f"c{case['candidate']}"])


def equated(case: Case) -> Any:
    """Equate two forms from a file of frequencies and show the constants."""
    with shared(case["file"]).open() as file:
        rows = [[int(value) for value in row] for row in list(csv.reader(file))[1:]]
    forms = []
    for column in (-2, -1):
        kept = [(row[-3], row[column]) for row in rows if row[column]]
        forms.append(merit.Frequencies(tuple(m for m, _ in kept), tuple(c for _, c in kept), 1))
    x, y = forms
    slope, intercept = merit.equating.linear(x, y)
    values = [
        x.mean(),
        x.deviation(0),
        y.mean(),
        y.deviation(0),
        merit.equating.mean_shift(x, y),
        slope,
        intercept,
    ]
    return [merit.display(value, merit.Rounding(4)) for value in values]


def width(case: Case) -> Any:
    """Show the standard errors, the band width and who stands in the first band."""
    bands = book(case).bands
    assert bands is not None
    error = merit.bands.standard_error(
        Fraction(case["facts"]["deviation"]), Fraction(case["facts"]["reliability"])
    )
    first = [row.numerator for row in ranked(case).rows if row.category == "band 1"]
    return [
        merit.display(error, merit.Rounding(4)),
        merit.plain(merit.bands.band_width(bands, case["facts"])),
        first,
    ]


def lookup(case: Case) -> Any:
    """Look values up in a table of a rulebook."""
    return [book(case).table(case["table"]).value(value) for value in case["values"]]


def period(case: Case) -> Any:
    """Show the last day of periods, "never" for endless ones."""
    ends = [
        book(case).period(name).ends_on(start, case.get("holidays", ())) for name, start in case["periods"]
    ]
    return ["never" if end is None else end for end in ends]


def shares(case: Case) -> Any:
    """Add shares of different wholes; show the exact sum in percent and whether it reaches the whole."""
    sums = [merit.shares.combined_share(parts) for parts in case["parts"]]
    return [[merit.display(100 * total, merit.Rounding(2)), total >= 1] for total in sums]


def over(case: Case) -> Any:
    """Name the groups above a share of the whole."""
    return list(merit.shares.over_share(case["counts"], case["whole"], case["limit"]))


CALLS: dict[str, Callable[[Case], Any]] = {
    call.__name__: call
    for call in (
        adjusted, big_reservation, categories, category_of, consideration, equated, exact, groups, in_order,
        level, lists, lookup, normalised, numbers, over, owed, period, rank, reach, refused, roster, scored,
        seats, select, shares, supplement, unrated, width, women_seated,
    )
}  # fmt: skip
