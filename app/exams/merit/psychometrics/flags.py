"""What a person should look at in an item, in plain sentences; a flag is a question, never a verdict."""

from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.psychometrics.items import ItemStatistics, OptionStatistics


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on an item is flagged; every limit is a convention and may be changed.

    `easiest` and `hardest` bound the difficulty. `weakest` is the least discrimination (Ebel and Frisbie,
    Essentials of Educational Measurement, 1991: below 0.20 an item is poor). `rare` is the share below which
    a distractor does no work (Haladyna and Downing, Educational and Psychological Measurement 53, 1993).
    `choosers` is the fewest people on whom a comparison of options is based.
    """

    easiest: Fraction = Fraction(95, 100)
    hardest: Fraction = Fraction(20, 100)
    weakest: Fraction = Fraction(20, 100)
    rare: Fraction = Fraction(5, 100)
    choosers: int = 5


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look at: a code for programs and a sentence for people."""

    code: str
    sentence: str


def look(item: ItemStatistics, limits: Limits | None = None) -> tuple[Flag, ...]:
    """List what should be looked at in an item, the gravest first."""
    limits = limits or Limits()
    if item.difficulty is None:
        return (Flag("not-scored", "This item earns nobody anything, so nothing can be said of it."),)
    if item.point_biserial is None:
        return (Flag("no-difference", "Everybody earned the same with this item, so it tells nobody apart."),)
    return (
        *_direction(item),
        *_better_distractors(item, limits),
        *_hardness(item, item.difficulty, limits),
        *_weakness(item, limits),
        *_rare_distractors(item, limits),
    )


def percent(share: Fraction) -> str:
    """Write a share in percent with one decimal, for a sentence."""
    return f"{float(100 * share):.1f} %"


def _direction(item: ItemStatistics) -> list[Flag]:
    corrected = item.corrected_point_biserial
    if corrected is None or corrected >= 0:
        return []
    text = (
        "People who did well on the other items did worse on this one "
        f"(corrected point-biserial {corrected:.2f}). Check the key first, then the wording."
    )
    return [Flag("negative-discrimination", text)]


def _better_distractors(item: ItemStatistics, limits: Limits) -> list[Flag]:
    """Name each distractor that draws better people than the key does."""
    keys = [_pull(row) for row in item.options if row.kind == "key" and row.people]
    best = max(keys, default=-1.0)
    found = []
    for row in item.options:
        if row.kind == "distractor" and row.people >= limits.choosers and _pull(row) > max(best, 0.0):
            text = (
                f"Choosing {row.option!r}, which is marked wrong, goes together with doing well on the other "
                f"items more than choosing the key does (correlation {_pull(row):.2f} against {best:.2f}; "
                f"{row.people} people chose it). The key may be wrong, or two options may be right."
            )
            found.append(Flag("distractor-better-than-key", text))
    return found


def _pull(row: OptionStatistics) -> float:
    return row.corrected_point_biserial if row.corrected_point_biserial is not None else -1.0


def _hardness(item: ItemStatistics, difficulty: Fraction, limits: Limits) -> list[Flag]:
    if difficulty > limits.easiest:
        text = f"Nearly everybody got it right: {percent(difficulty)} of what it can give was earned."
        return [Flag("too-easy", text)]
    if difficulty < limits.hardest:
        text = f"Few got it right: {percent(difficulty)} of what it can give was earned."
        return [Flag("too-hard", text)]
    return []


def _weakness(item: ItemStatistics, limits: Limits) -> list[Flag]:
    """Flag a weak discrimination where the direction is right; a wrong direction is flagged already."""
    value, corrected = item.discrimination, item.corrected_point_biserial
    if value is None or value >= limits.weakest or (corrected is not None and corrected < 0):
        return []
    text = (
        "It hardly tells good candidates from weak ones: the upper group earned only "
        f"{percent(value)} more of its marks than the lower group."
    )
    return [Flag("weak-discrimination", text)]


def _rare_distractors(item: ItemStatistics, limits: Limits) -> list[Flag]:
    rare = [row.option for row in item.options if row.kind == "distractor" and row.share < limits.rare]
    if not rare:
        return []
    named = ", ".join(repr(option) for option in rare)
    text = f"Fewer than {percent(limits.rare)} chose {named}, so it does little to test anybody."
    return [Flag("rare-distractor", text)]
