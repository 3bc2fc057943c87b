"""Stage 1 without items: proficiency levels with a mark each, and how far a rater may add to one."""

from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.errors import InputError
from app.exams.merit.exact import fraction, plain
from app.exams.merit.reading import Node


@dataclass(frozen=True, slots=True)
class Level:
    """A level, its mark, and the most that may be added to it."""

    name: str
    mark: Fraction
    most_added: Fraction


def read_levels(node: Node) -> tuple[Level, ...]:
    """Read every [[component.level]], best first; what may be added must not reach the next level."""
    children = node.children("level")
    levels: list[Level] = []
    for child in children:
        level = Level(child.text("name"), child.number("mark"), child.number("most_added", 0))
        if levels and level.mark + level.most_added >= levels[-1].mark:
            text = f"{level.name!r} with {plain(level.most_added)} added reaches {levels[-1].name!r}"
            child.fault(f"{text}; write the best level first.", "most_added")
        levels.append(level)
        child.finish()
    return tuple(levels)


def level_mark(levels: tuple[Level, ...], name: str, added: int | str | Fraction) -> Fraction:
    """Give the mark of a level with points added; too many are refused."""
    for level in levels:
        if level.name == name:
            extra = fraction(added)
            if not 0 <= extra <= level.most_added:
                raise InputError("levels", f"at most {plain(level.most_added)} may be added.", row=name)
            return level.mark + extra
    raise InputError("levels", "there is no such level.", row=name)
