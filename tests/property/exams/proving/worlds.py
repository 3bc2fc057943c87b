"""Invented examinations: a rulebook that uses some of everything, people with some of everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from app.exams import merit

HEAD = """
[rulebook]
name = "invented"
version = 1
title = "Invented office"
citation = "Invented rules 1"
read_on = 2026-11-22
effective_from = 2026-01-01
"""
CLAIMS = ("v", "d", "w")
TREATMENTS = (
    "normal",
    "normal",
    "normal",
    "several",
    "full-credit-all",
    "full-credit-answered",
    "neutralised",
)
MODES = ("half-up", "half-down", "half-even", "up", "down", "floor", "ceiling")
SEED, LIST = "public seed", "EX-1"


@dataclass
class World:
    """One examination with everything that a list is made of; `marks` or `keys` and `sheets`."""

    text: str
    keys: dict[str, merit.Key] = field(default_factory=dict)
    sheets: dict[str, merit.Responses] = field(default_factory=dict)
    marks: dict[str, dict[str, str | None]] = field(default_factory=dict)
    claims: dict[str, list[str]] = field(default_factory=dict)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def rulebook(self) -> merit.Rulebook:
        """Read the rulebook."""
        return merit.rulebook.load(self.text)

    def ranked(self) -> merit.MeritList:
        """Make the list by the merit core."""
        book = self.rulebook
        if self.keys:
            scores = [
                merit.score(book, key, self.sheets[name], component=name) for name, key in self.keys.items()
            ]
            table = merit.Candidates.from_scores(*scores, claims=self.claims, attributes=self.attributes)
        else:
            people = sorted({person for column in self.marks.values() for person in column})
            table = merit.Candidates.of(
                {
                    "id": person,
                    "marks": {name: column.get(person) for name, column in self.marks.items()},
                    "claims": self.claims.get(person, []),
                    "attributes": self.attributes.get(person, {}),
                }
                for person in people
            )
        return merit.rank(book, table, list_id=LIST, seed=SEED, facts=self.facts)

    def arguments(self) -> dict[str, Any]:
        """Give what the second computation is called with."""
        return {
            "rulebook": self.rulebook,
            "sheets": self.sheets,
            "key": self.keys,
            "claims": self.claims,
            "facts": self.facts,
            "seed": SEED,
            "list_id": LIST,
            "attributes": self.attributes,
            "marks": self.marks,
        }


def invent(dice: Random, people: int) -> World:
    """Throw dice for a rulebook and its people."""
    world = World(
        "",
        facts={
            "grade": dice.randint(5, 12),
            "vacancies": dice.randint(1, 3),
            "deviation": 6,
            "reliability": "0.9",
        },
    )
    ids = [f"p{number:03}" for number in range(people)]
    dice.shuffle(ids)
    names = ["alpha", "beta"][: dice.randint(1, 2)]
    joined = len(names) == 2 and dice.random() < 0.3
    of_items = dice.random() < 0.5
    method = dice.choice(["weighted", "weighted", "weighted", "sum", "mean", "best", "lowest", "highest"])
    parts = ""
    for name in names:
        parts += _items(dice, world, name, ids) if of_items else _mark(dice, world, name, ids)
        parts += _weight(dice, method, len(names), name == names[0])
        parts += _stages(dice)
        parts += world_sections(dice, of_items)
    if joined:
        parts = parts.replace("\nkind", '\nof = "both"\nkind') + _joined(dice, names, method)
        names = [*names, "both", "again"]
    world.text = HEAD + parts + _total(dice, method) + _preferences(dice) + _bands(dice) + _order(dice, names)
    sat = {str(person) for sheets in world.sheets.values() for person in sheets.candidate_ids}
    for person in sorted(sat) or ids:
        if dice.random() < 0.5:
            world.claims[person] = [claim for claim in CLAIMS if dice.random() < 0.5]
        world.attributes[person] = {
            "day": date(2026, 1, 1) + timedelta(dice.randint(0, 3)) if dice.random() < 0.9 else None,
            "name": dice.choice(["Ada", "Ben", "Émile", "ben"]),
            "years": dice.randint(0, 12),
            "shift": dice.choice(["1", "2"]),
            "level": dice.choice(["A", "B", None]),
        }
    return world


def _joined(dice: Random, names: list[str], method: str) -> str:
    """Put both parts into one that is normalised in its turn, beside a copy that must only be passed."""
    text = f'\n[[component]]\nname = "both"\nkind = "composite"\nmethod = "{method}"\nmaximum = "100"\n'
    text += "best = 1\n" if method == "best" else ""
    text += 'weight = "100"\n' if method == "weighted" else ""
    text += _stages(dice) + '\n[[component]]\nname = "again"\nkind = "copy"\nqualifying = true\n'
    return text + f'marks_of = "{names[0]}"\n' + _stages(dice)


def _items(dice: Random, world: World, name: str, ids: list[str]) -> str:
    codes = [f"{name[0]}{number}" for number in range(dice.randint(3, 6))]
    items = []
    for code in codes:
        # One item without treatment in each section, so that something is always left to mark.
        if code in codes[:2]:
            items.append(merit.Item(code, ("AB"[codes.index(code)],), section=["", "s"][codes.index(code)]))
            continue
        treatment = dice.choice(TREATMENTS)
        accepted = {"normal": ("A",), "several": ("A", "B")}.get(treatment, ())
        credits = (("C", "1/2"),) if dice.random() < 0.2 else ()
        items.append(merit.Item(code, accepted, treatment, dice.choice(["", "s"]), None, credits))
    series, sat = {}, []
    if dice.random() < 0.4:
        series["B"] = merit.Series(order=dict(zip(codes, dice.sample(codes, len(codes)), strict=True)))
        series["C"] = merit.Series(items=(merit.Item(codes[0], ("D",), section=items[0].section),))
    own = [person for person in ids if dice.random() < 0.9] or ids
    rows = [[dice.choice(["A", "A", "B", "C", "D", "*", ""]) for _ in codes] for _ in own]
    if series:
        sat = [dice.choice(["", "B", "C"]) for _ in own]
    world.keys[name] = merit.Key(dice.randint(1, 3), tuple(items), series)
    world.sheets[name] = merit.Responses.from_rows(own, codes, rows, series=sat)
    head = f'\n[[component]]\nname = "{name}"\nkind = "items"\nabsent = "{dice.choice(["fails", "zero"])}"\n'
    right, wrong = dice.choice(["1", "2", "3/4"]), dice.choice(["0", "-1/3", "-1/4", "-1"])
    head += f'marks = {{ right = "{right}", wrong = "{wrong}", blank = "{dice.choice(["0", "-1/8"])}" }}\n'
    head += f'redistribute = "{dice.choice(["component", "section"])}"\n'
    return head + (f'maximum = "{dice.choice(["50", "100"])}"\n' if dice.random() < 0.4 else "")


def _mark(dice: Random, world: World, name: str, ids: list[str]) -> str:
    world.marks[name] = {
        person: None
        if dice.random() < 0.1
        else f"{dice.randint(30, 99)}.{dice.choice(['0', '5', '25', '33'])}"
        for person in ids
    }
    text = f'\n[[component]]\nname = "{name}"\nkind = "mark"\nmaximum = "100"\n'
    return text + f'absent = "{dice.choice(["fails", "zero"])}"\n'


def _weight(dice: Random, method: str, count: int, first: bool) -> str:
    if method == "weighted":
        return f'weight = "{100 if count == 1 else (60 if first else 40)}"\n'
    return f'factor = "{dice.choice(["1", "1/2", "3"])}"\n' if method in ("sum", "mean") else ""


def _stages(dice: Random) -> str:
    text = ""
    throw = dice.random()
    if throw < 0.3:
        by = dice.choice(['by = "shift", ', 'by = "shift", ', ""])
        kind = dice.choice(["mean", "mean-sd", "two-point", "percentile", "equipercentile"])
        text += f'normalise = {{ method = "{kind}", {by}top = "1/10", citation = "x"'
        text += f', deviation_of = "{dice.choice(["population", "sample"])}"'
        base = dice.choice(["all", "highest-mean", "1"]) if kind != "equipercentile" else "1"
        base = base if by else "highest-mean"
        text += f', base = "{base}"'
        text += f', anchor = "{dice.choice(["all", "best-session-mean"])}"'
        text += (', least = "10"' if dice.random() < 0.3 else "") + (
            ', most = "80"' if dice.random() < 0.3 else ""
        )
        text += f', rounding = {{ places = {dice.randint(0, 5)}, mode = "{dice.choice(MODES)}" }} }}\n'
        text += 'out_of = "100"\n' if dice.random() < 0.5 and kind != "percentile" else ""
    elif throw < 0.45:
        steps = [("-1000", "0"), ("2", "7.5"), ("60", "80")]
        text += "table = [" + ", ".join(f'{{ from = "{a}", value = "{b}" }}' for a, b in steps) + "]\n"
    if dice.random() < 0.3:
        text += f'rounding = {{ places = {dice.randint(0, 2)}, mode = "{dice.choice(MODES)}" }}\n'
    if dice.random() < 0.4:
        text += f'minimum = "{dice.choice(["1", "2.5", "40"])}"\n'
        if dice.random() < 0.5:
            text += 'lower = [ { claim = "w", minimum = "1/2", citation = "x" } ]\n'
    if dice.random() < 0.3:
        group = ', group = [{ claim = "v", percent = "50", fact = "places", citation = "x" }]'
        text += 'keep = { per_vacancy = "3/2", plus = "1", rounding = "half-even", citation = "x"'
        text += (group if dice.random() < 0.5 else "") + " }\n"
    return text


def world_sections(dice: Random, of_items: bool) -> str:
    """Give a section marks and a minimum of its own."""
    if not of_items or dice.random() < 0.5:
        return ""
    text = '[[component.section]]\nname = "s"\nmarks = { right = "3/2" }\n'
    return text + ('minimum = "1"\n' if dice.random() < 0.5 else "")


def _total(dice: Random, method: str) -> str:
    text = f'\n[total]\nmethod = "{method}"\ngate = "{dice.choice(["before", "after"])}"\n'
    text += "best = 1\n" if method == "best" else ""
    text += f'scale = "{dice.choice(["100", "70"])}"\n'
    if dice.random() < 0.6:
        text += f'minimum = "{dice.choice(["1", "2.5", "50"])}"\n'
    if dice.random() < 0.5:
        text += f'decision = {{ places = {dice.randint(0, 3)}, mode = "{dice.choice(MODES)}" }}\n'
    return text


def _preferences(dice: Random) -> str:
    text = ""
    for number in range(dice.randint(0, 4)):
        kind = dice.choice(
            ["points", "percent-of-maximum", "percent-of-mark", "steps", "rate", "tier", "float", "standing"]
        )
        text += f'\n[[preference]]\nclaim = "{dice.choice(CLAIMS)}"\nkind = "{kind}"\ncitation = "x"\n'
        text += f'title = "r{number}"\n'
        if kind in ("points", "percent-of-maximum", "percent-of-mark"):
            text += f'points = "{dice.choice(["5", "2.5", "10/3"])}"\n'
        if kind == "steps":
            text += 'by = "years"\nstep = [ { from = "2", value = "-1" }, { from = "6", value = "2.5" } ]\n'
        if kind == "rate":
            text += f'by = "years"\npoints = "{dice.choice(["1/3", "0.5", "-0.25"])}"\n'
            text += 'most = "2"\n' if dice.random() < 0.5 else ""
            text += 'whole = "floor"\n' if dice.random() < 0.5 else ""
        text += 'unless_claim = ["w"]\n' if dice.random() < 0.2 else ""
        if kind == "tier":
            text += f"tier = {dice.randint(1, 3)}\n"
        text += f'group = "{dice.choice(["g", "h"])}"\n' if dice.random() < 0.5 else ""
        text += "only_after_passing = false\n" if dice.random() < 0.3 else ""
        text += "eligible = false\n" if dice.random() < 0.3 else ""
        text += 'unless = [ { fact = "grade", at_least = 9 } ]\n' if dice.random() < 0.3 else ""
    text += f'\n[preferences]\ncombine = "{dice.choice(["highest", "sum"])}"\n'
    text += 'most_points = "6"\n' if dice.random() < 0.3 else ""
    if dice.random() < 0.3:
        share, mode = dice.choice(["0", "40", "100/3"]), dice.choice(MODES)
        text += f'cap = {{ percent = "{share}", rounding = "{mode}", citation = "x" }}\n'
    return text + ('highest_total = "80"\n' if dice.random() < 0.3 else "")


def _bands(dice: Random) -> str:
    throw = dice.random()
    if throw < 0.7:
        return ""
    if throw < 0.8:
        return '\n[bands]\nby = "sed"\ncitation = "x"\n'
    if throw < 0.87:
        text = '\n[bands]\nby = "attribute.level"\ncitation = "x"\n'
        return text + '[[bands.category]]\nname = "A"\n[[bands.category]]\nname = "B"\n'
    text = f'\n[bands]\nby = "{dice.choice(["total", "earned"])}"\ncitation = "x"\n'
    return (
        text + '[[bands.category]]\nname = "A"\nleast = "60"\n[[bands.category]]\nname = "B"\nleast = "2"\n'
    )


def _order(dice: Random, names: list[str]) -> str:
    known = ["total", "earned", "exact", "preference", "tier", "claim.v", "attribute.day", "attribute.name"]
    known += ["attribute.years", "draw", *(f"component.{name}" for name in names)]
    keys = dice.sample(known, dice.randint(0, 4))
    text = f'\n[order]\nnumbering = "{dice.choice(["dense", "competition", "unique"])}"\n'
    splitting = len(keys) if dice.random() < 0.5 else dice.randint(0, len(keys))
    for place, by in enumerate(keys):
        text += f'[[order.key]]\nby = "{by}"\n'
        if by.startswith("attribute"):
            ends = {"day": ["earliest", "latest"], "name": ["a-z", "z-a"], "years": ["highest", "lowest"]}
            text += f'first = "{dice.choice(ends[by[10:]])}"\n'
        text += "splits = false\n" if place >= splitting else ""
    return text
