"""What one person is told, step by step."""

from datetime import date

from app.exams import merit
from tests.unit.exams.merit.books import HEAD, ITEMS, WRITTEN, book

TREATED = (
    merit.Item("1", ("A",)),
    merit.Item("2", ("A", "B"), "several"),
    merit.Item("3", treatment="full-credit-all"),
    merit.Item("4", treatment="full-credit-answered"),
    merit.Item("5", treatment="neutralised"),
    merit.Item("6", ("A",), credits=(("C", "1/2"),)),
)


def test_every_treatment_is_named_and_neutralised_items_raise_the_others() -> None:
    rulebook = merit.rulebook.load(book(ITEMS, 'maximum = "12"\nmarks = { wrong = "-1" }\n'))
    rows: dict[str, list[str | None]] = {"p": ["A", "C", None, "D", "A", "C"], "q": [None] * 6}
    sheets = merit.Responses.from_rows(list(rows), [item.code for item in TREATED], rows.values())
    scores = merit.score(rulebook, merit.Key(1, TREATED), sheets)
    listing = merit.rank(rulebook, merit.Candidates.from_scores(scores), list_id="x")
    told = {
        name: [
            (step.label, step.arithmetic)
            for step in merit.explain(listing, name, scores).steps
            if step.stage == "items"
        ]
        for name in rows
    }
    assert told == {
        "p": [
            ("items credited to all", "1 × 1.2 = 1.2"),
            ("items credited to who answered", "1 × 1.2 = 1.2"),
            ("right answers", "1 × 1.2 = 1.2"),
            ("answers with a mark of their own", "1 × 0.6 = 0.6"),
            ("neutralised items", "1 × 0 = 0"),
            ("wrong answers", "1 × -1.2 = -1.2"),
            ("Scaled to the declared maximum", "3 × 2 = 6"),
        ],
        "q": [
            ("items credited to all", "1 × 1.2 = 1.2"),
            ("blank answers", "4 × 0 = 0"),
            ("neutralised items", "1 × 0 = 0"),
            ("Scaled to the declared maximum", "1.2 × 2 = 2.4"),
        ],
    }
    assert listing.row("p").score == "50.00"
    assert scores.key_digest == merit.Key(1, TREATED).digest
    assert scores.responses_digest == sheets.digest


def test_somebody_absent_from_the_items_has_no_item_steps() -> None:
    rulebook = merit.rulebook.load(book(ITEMS))
    key = merit.Key(1, (merit.Item("1", ("A",)),))
    one = merit.score(rulebook, key, merit.Responses.from_rows(["p"], ["1"], [["A"]]))
    two = merit.score(rulebook, key, merit.Responses.from_rows(["q"], ["1"], [["A"]]))
    listing = merit.rank(rulebook, merit.Candidates.from_scores(one), list_id="x")
    assert [step.stage for step in merit.explain(listing, "p", two).steps] == [
        "component",
        "total",
        "gate",
        "rank",
    ]


def test_a_factor_is_shown() -> None:
    text = WRITTEN.replace('weight = "100"', 'factor = "3"') + '[total]\nmethod = "sum"\n'
    listing = merit.rank(
        merit.rulebook.load(book(text)),
        merit.Candidates.of([{"id": "p", "marks": {"written": 7}}]),
        list_id="x",
    )
    step = merit.explain(listing, "p").steps[0]
    assert (step.value, step.arithmetic) == ("21", "7 × 3 = 21")


SHIFT = '[component.normalise]\nby = "shift"\ncitation = "x"\nmethod = "{}"\nbase = "{}"\n'


def normalised(method: str, base: str = "all") -> list[tuple[str, str]]:
    rulebook = merit.rulebook.load(book(WRITTEN, SHIFT.format(method, base)))
    rows = [
        {"id": f"p{mark}", "marks": {"written": mark}, "attributes": {"shift": shift}}
        for mark, shift in ((10, "m"), (20, "m"), (30, "e"), (50, "e"))
    ]
    rows.append({"id": "gone", "marks": {"written": None}, "attributes": {"shift": "m"}})
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x")
    assert "normalisation" not in {step.stage for step in merit.explain(listing, "gone").steps}
    return [(step.value, step.arithmetic) for step in merit.explain(listing, "p10").steps[:1]]


def test_normalisation_is_shown_by_its_method() -> None:
    assert normalised("percentile") == [("50", "100 × 1 people with 10 or less ÷ 2 people = 50")]
    assert normalised("equipercentile", "e") == [
        ("30", "the mark of session e with the percentile rank of 10 = 30")
    ]
    assert normalised("mean") == [("22.5", "1.000000000000 × 10 + 12.500000000000 = 22.5")]


def test_a_composite_inside_a_composite_shows_each_whole() -> None:
    text = """
    [[component]]
    name = "outer"
    kind = "composite"
    weight = "100"
    maximum = "50"
    rounding = { places = 1 }
    [[component]]
    name = "inner"
    kind = "mark"
    of = "outer"
    maximum = "8"
    weight = "100"
    """
    listing = merit.rank(
        merit.rulebook.load(book(text)),
        merit.Candidates.of([{"id": "p", "marks": {"inner": 3}}]),
        list_id="x",
    )
    assert [(step.stage, step.arithmetic) for step in merit.explain(listing, "p").steps[:4]] == [
        ("component", "3 ÷ 8 × 50 × 100 % = 18.75"),
        ("composite", "18.75 = 18.75"),
        ("rounding", "18.75 rounded to 1 decimals, half-up = 18.8"),
        ("component", "18.8 ÷ 50 × 100 × 100 % = 37.6"),
    ]


RULES = """
[certification]
reach = "people"
plus = "1"
citation = "y"
[seats]
citation = "x"
[[seats.block]]
name = "OPEN"
citation = "x"
"""


def test_certificates_and_seats_are_explained() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, RULES))
    rows = [{"id": name, "marks": {"written": mark}} for name, mark in (("a", 90), ("b", 80), ("c", 70))]
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x")
    certificate = merit.certify(rulebook, listing.eligibles(), issued_on=date(2026, 1, 1), unavailable=["c"])
    allocation = merit.seat(rulebook, listing, {"OPEN": 1})
    told = {
        name: [
            (step.value, step.arithmetic)
            for step in merit.explain(listing, name, certificate=certificate, allocation=allocation).steps
            if step.stage in ("certificate", "seat")
        ]
        for name in "abc"
    }
    rule = "The highest 1 people may be considered; everybody tied with the last is included."
    assert told == {
        "a": [("certified", f"{rule} Name 1 of 1."), ("OPEN", "by merit, place 1 of 1")],
        "b": [
            ("not certified", f"{rule} Below the 1 names within reach."),
            ("none", "1 people have a seat: OPEN to 90.00"),
        ],
        "c": [
            ("not certified", f"{rule} Not available on the day of the certificate."),
            ("none", "1 people have a seat: OPEN to 90.00"),
        ],
    }


def test_the_lot_that_decided_can_be_computed_by_anybody() -> None:
    drawn = '[order]\nnumbering = "unique"\nkey = [{ by = "total" }, { by = "draw", title = "lot" }]\n'
    rulebook = merit.rulebook.load(book(WRITTEN, drawn))
    rows = [{"id": name, "marks": {"written": 90}} for name in "abcd"]
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="L", seed="2026-11-22")
    lots = sorted("abcd", key=lambda name: merit.draw("2026-11-22", "L", name))
    assert [row.candidate_id for row in listing.rows] == lots
    last = merit.explain(listing, lots[-1])
    assert (last.decided_by, last.above, last.below) == ("lot", "90.00", None)
    assert last.steps[-1].value == merit.draw("2026-11-22", "L", lots[-1]).hex()


def test_an_order_without_a_key_that_decides_says_so() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, '[order]\nnumbering = "unique"\n', head=HEAD))
    rows = [{"id": name, "marks": {"written": 90}} for name in "ab"]
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="L")
    assert merit.explain(listing, "b").decided_by == "candidate id"


def test_standing_and_category_are_told() -> None:
    federal = merit.rulebook.in_force("us-federal-category", date(2026, 1, 1))
    facts = {"grade": 7, "scientific_or_professional": False}
    rows = [{"id": "v", "marks": {"assessment": 90}, "claims": ["TP"]}]
    listing = merit.rank(federal, merit.Candidates.of(rows), list_id="F", facts=facts)
    told = [(step.stage, step.value, step.arithmetic) for step in merit.explain(listing, "v").steps[4:7]]
    assert told == [
        ("gate", "met", "needed"),
        ("preference", "0", "a place before others with the same mark"),
        ("category", "WQ", "86 or more"),
    ]
    shown = merit.explain(listing, "v", certificate=None).row
    assert (shown.category, shown.preference, shown.tier) == ("WQ", True, 2)


LISTS = """
[certification]
reach = "people"
per_vacancy = "1"
ties = "break"
citation = "y"
[certification.lists]
overlap = "each"
citation = "y"
list = [
  { name = "open", title = "Open list", citation = "y" },
  { name = "quota", title = "Reserved list", claim = "q", citation = "y" },
]
roster = { length = 2, other = "open", citation = "y", block = [{ name = "quota", points = [2] }] }
"""


def test_each_list_on_which_somebody_stands_is_told() -> None:
    rulebook = merit.rulebook.load(book(WRITTEN, LISTS))
    rows = [
        {"id": name, "marks": {"written": mark}, "claims": ["q"] if name in "bc" else []}
        for name, mark in (("a", 90), ("b", 80), ("c", 70), ("d", 60))
    ]
    listing = merit.rank(rulebook, merit.Candidates.of(rows), list_id="x")
    joint = merit.certify_lists(
        rulebook,
        merit.sublists(rulebook, listing),
        issued_on=date(2026, 1, 1),
        vacancies=2,
        unavailable=["d"],
    )
    told = {
        name: [
            (step.label, step.value, step.arithmetic, step.citation)
            for step in merit.explain(listing, name, certificate=joint).steps
            if step.stage == "certificate"
        ]
        for name in "abcd"
    }
    rule = "1 of 2 vacancies. The highest 1 people may be considered."
    assert told == {
        "a": [
            (
                "Certificate",
                "certified",
                f"Open list: {rule} Name 1 of 1. Turn 1 belongs to the list open.",
                "y",
            )
        ],
        "b": [
            ("Certificate", "not certified", f"Open list: {rule} Below the 1 names within reach.", "y"),
            (
                "Certificate",
                "certified",
                f"Reserved list: {rule} Name 1 of 1. Turn 2 belongs to the list quota.",
                "y",
            ),
        ],
        "c": [
            ("Certificate", "not certified", f"Open list: {rule} Below the 1 names within reach.", "y"),
            ("Certificate", "not certified", f"Reserved list: {rule} Below the 1 names within reach.", "y"),
        ],
        "d": [
            (
                "Certificate",
                "not certified",
                "Not available on the day of the certificate, or on no list that serves a vacancy.",
                "",
            )
        ],
    }


def test_a_whole_inside_an_unweighted_whole_adds_what_it_is() -> None:
    text = """
    [[component]]
    name = "both"
    kind = "composite"
    method = "lowest"
    [[component]]
    name = "one"
    kind = "mark"
    of = "both"
    maximum = "10"
    [[component]]
    name = "two"
    kind = "mark"
    of = "both"
    maximum = "10"
    [total]
    method = "sum"
    """
    row = {"id": "p", "marks": {"one": 4, "two": 7}}
    listing = merit.rank(merit.rulebook.load(book(text)), merit.Candidates.of([row]), list_id="x")
    assert [(step.stage, step.arithmetic) for step in merit.explain(listing, "p").steps[:4]] == [
        ("component", "as it stands"),
        ("component", "as it stands"),
        ("composite", "the lowest of 4, 7 = 4"),
        ("total", "4 = 4"),
    ]


def test_bands_and_floating_are_told() -> None:
    text = '[bands]\nby = "sed"\ncitation = "x"\ndeviation = "10"\nreliability = "0.84"\n'
    rows = [{"id": name, "marks": {"written": mark}} for name, mark in (("a", 97), ("b", 80))]
    listing = merit.rank(merit.rulebook.load(book(WRITTEN, text)), merit.Candidates.of(rows), list_id="x")
    told = [step for step in merit.explain(listing, "b").steps if step.stage == "category"]
    assert [(step.value, step.arithmetic, step.citation) for step in told] == [
        ("band 2", "bands reach 11.0874 down from their best mark", "x")
    ]
    federal = merit.rulebook.in_force("us-federal-category", date(2026, 1, 1))
    facts = {"grade": 7, "scientific_or_professional": False}
    row = {"id": "v", "marks": {"assessment": 75}, "claims": ["CPS"]}
    floated = merit.rank(federal, merit.Candidates.of([row]), list_id="F", facts=facts)
    told = [step for step in merit.explain(floated, "v").steps if step.stage == "category"]
    assert [(step.value, step.arithmetic) for step in told] == [("BQ", "a place at the top")]


KEYS = """
[[preference]]
claim = "v"
kind = "tier"
tier = 1
citation = "x"
[bands]
citation = "x"
category = [{ name = "A", least = "50" }]
[order]
key = [
  { by = "category" }, { by = "tier" }, { by = "total" }, { by = "earned" }, { by = "exact" },
  { by = "preference" }, { by = "component.written" }, { by = "claim.v", title = "veterans" },
  { by = "attribute.born", first = "earliest", title = "age", citation = "act" },
  { by = "attribute.years", first = "highest" }, { by = "attribute.city", first = "a-z", splits = false },
  { by = "attribute.none", first = "lowest", splits = false },
]
"""


def test_every_key_of_the_order_is_told_with_its_value() -> None:
    row = {
        "id": "p",
        "marks": {"written": "62.5"},
        "claims": ["v"],
        "attributes": {
            "born": date(1990, 5, 1),
            "years": merit.fraction("5/2"),
            "city": "Rome",
            "none": None,
        },
    }
    listing = merit.rank(merit.rulebook.load(book(WRITTEN, KEYS)), merit.Candidates.of([row]), list_id="x")
    told = [step for step in merit.explain(listing, "p").steps if step.stage == "order"]
    assert [(step.label, step.value, step.arithmetic, step.citation) for step in told] == [
        ("In order by category", "A", "lowest first", ""),
        ("In order by tier", "1", "lowest first", ""),
        ("In order by earned", "62.5", "highest first", ""),
        ("In order by exact", "62.5", "highest first", ""),
        ("In order by preference", "yes", "yes first", ""),
        ("In order by component.written", "62.5", "highest first", ""),
        ("In order by veterans", "yes", "yes first", ""),
        ("In order by age", "1990-05-01", "earliest first", "act"),
        ("In order by attribute.years", "2.5", "highest first", ""),
        ("In order by attribute.city", "Rome", "a-z first, only among people of the same rank", ""),
        ("In order by attribute.none", "none", "lowest first, only among people of the same rank", ""),
    ]
    plain = merit.rank(listing.rulebook, merit.Candidates.of([row | {"claims": []}]), list_id="x")
    values = {step.label: step.value for step in merit.explain(plain, "p").steps if step.stage == "order"}
    assert (values["In order by veterans"], values["In order by preference"]) == ("no", "no")
    assert values["In order by tier"] == "2"
