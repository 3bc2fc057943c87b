"""Stage 5, as written: what is examined, with which maximum, weight and minimum, and how parts make a
whole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.exact import plain
from app.exams.merit.gates import Keep, Minimum, read_keep, read_minimum
from app.exams.merit.items import PLAIN, Scheme, read_scheme
from app.exams.merit.levels import Level, read_levels
from app.exams.merit.normalisation import Normalisation, read_normalisation
from app.exams.merit.panels import Panel, read_panel
from app.exams.merit.reading import Node
from app.exams.merit.rounding import Rounding
from app.exams.merit.scoring import ItemRules
from app.exams.merit.tables import StepTable, read_steps

LEAVES = ("items", "mark", "panel", "copy")
METHODS = ("weighted", "sum", "mean", "best", "lowest", "highest")


@dataclass(frozen=True, slots=True)
class Section:
    """A named group of items of a component, with a minimum of its own."""

    name: str
    minimum: Minimum | None


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an examination; a composite is made of the components that name it in `of`.

    `maximum` is None when it follows from the answer key; `out_of` is the maximum after normalisation and
    table, None when they leave it as it was; `weight` is in percent of the whole it belongs to; `factor`
    multiplies the mark where the whole is not weighted; `minimum` is in marks of this component after
    normalisation, table and rounding; `places` is the number of decimals that a mark given from outside
    may have. A copy takes the raw marks of the component `marks_of`. A `qualifying` part must be passed and
    adds nothing to its whole.
    """

    name: str
    title: str
    kind: str
    of: str
    marks_of: str
    qualifying: bool
    method: str
    best: int
    maximum: Fraction | None
    out_of: Fraction | None
    weight: Fraction | None
    factor: Fraction
    minimum: Minimum | None
    keep: Keep | None
    places: int
    absent: str
    rules: ItemRules
    sections: tuple[Section, ...]
    panel: Panel | None
    levels: tuple[Level, ...]
    normalise: Normalisation | None
    table: StepTable | None
    rounding: Rounding | None
    citation: str


@dataclass(frozen=True, slots=True)
class Total:
    """How component marks become one total, what it must reach, and how it is rounded.

    `decision` rounds the value that decides, `display` only what people read; `gate` says whether the minimum
    is compared "before" or "after" the decision rounding.
    """

    method: str
    best: int
    scale: Fraction
    minimum: Minimum | None
    decision: Rounding | None
    display: Rounding
    gate: str
    citation: str


Parts = dict[str, tuple[Component, Node]]


def read_components(root: Node) -> Parts:
    """Read every [[component]], by name with its place in the text, and check the tree that they make."""
    parts: Parts = {}
    for node in root.children("component"):
        component = _read_component(node)
        if component.name in parts:
            node.fault(f"The component {component.name!r} stands here twice.", "name")
        parts[component.name] = (component, node)
    for component, node in parts.values():
        _check_place(node, component, parts)
        _check_source(node, component, parts)
    return parts


def _read_component(node: Node) -> Component:
    name, kind = node.text("name"), node.text("kind", choices=(*LEAVES, "composite"))
    scheme = read_scheme(node.child("marks"), PLAIN)
    sections, schemes = _read_sections(node, scheme)
    maximum = node.optional_number("maximum")
    if maximum is not None and maximum <= 0:
        node.fault("The maximum must be above 0.", "maximum")
    if kind in ("mark", "panel") and maximum is None:
        node.fault(f"The component {name!r} needs a maximum: without it its weight means nothing.")
    bounds, values = read_steps(node, "table", numbers=True)
    panel, title = read_panel(node.child("panel")), node.text("title", name)
    if (kind == "panel") != (panel is not None):
        node.fault("A component of kind panel, and no other, has a [component.panel].", "kind")
    method, best = _read_method(node) if kind == "composite" else ("", 0)
    citation = node.text("citation", " ").strip()
    normalise = read_normalisation(node.child("normalise"))
    out_of = node.optional_number("out_of")
    if out_of is None and normalise is not None and normalise.method == "percentile":
        out_of = Fraction(100)
    component = Component(
        name=name,
        title=title,
        kind=kind,
        of=node.text("of", " ").strip(),
        marks_of=node.text("marks_of") if kind == "copy" else "",
        qualifying=node.flag("qualifying", False),
        method=method,
        best=best,
        maximum=Fraction(100)
        if kind == "composite" and maximum is None and method == "weighted"
        else maximum,
        out_of=out_of,
        weight=node.optional_number("weight"),
        factor=node.number("factor", 1),
        keep=read_keep(node.child("keep")),
        minimum=read_minimum(node, out_of if out_of is not None else maximum),
        places=node.whole("places", 2),
        absent=node.text("absent", "fails", ("fails", "zero")),
        rules=ItemRules(scheme, schemes, node.text("redistribute", "component", ("component", "section"))),
        sections=sections,
        panel=panel,
        levels=read_levels(node),
        normalise=normalise,
        table=StepTable(name, title, bounds, values, citation) if bounds else None,
        rounding=node.rounding("rounding", None),
        citation=citation,
    )
    node.finish()
    return component


def _read_sections(node: Node, scheme: Scheme) -> tuple[tuple[Section, ...], dict[str, Scheme]]:
    sections, schemes = [], {}
    for child in node.children("section"):
        name = child.text("name")
        sections.append(Section(name, read_minimum(child, None)))
        schemes[name] = read_scheme(child.child("marks"), scheme)
        child.finish()
    return tuple(sections), schemes


def _read_method(node: Node) -> tuple[str, int]:
    method = node.text("method", "weighted", METHODS)
    best = node.whole("best", least=1) if method == "best" else 0
    return method, best


def _check_place(node: Node, component: Component, parts: Parts) -> None:
    """Check that a component belongs to a composite, which has parts, and that nothing goes round."""
    if component.of and (component.of not in parts or parts[component.of][0].kind != "composite"):
        node.fault(f"There is no composite {component.of!r}.", "of")
        return
    seen, above = {component.name}, component.of
    while above:
        if above in seen:
            node.fault(f"The component {component.name!r} is a part of itself.", "of")
            return
        seen.add(above)
        above = parts[above][0].of if above in parts else ""
    if component.kind == "composite":
        check_parts(node, component.method, parts, component.name)


def _check_source(node: Node, component: Component, parts: Parts) -> None:
    """Check that a copy copies something, and that it is not a copy itself."""
    if component.kind == "copy":
        known = parts.get(component.marks_of)
        if known is None or known[0].kind not in ("items", "mark", "panel"):
            node.fault(f"There are no marks of {component.marks_of!r} to copy.", "marks_of")


def parts_of(components: Iterable[Component], name: str) -> list[Component]:
    """List the components that make up a composite, qualifying ones too; "" stands for the total."""
    return [component for component in components if component.of == name]


def counted(parts: Iterable[Component]) -> list[Component]:
    """Leave out the parts that must only be passed."""
    return [part for part in parts if not part.qualifying]


def check_parts(node: Node, method: str, parts: Parts, name: str) -> None:
    """Check the weights of the parts of one whole; "" stands for the total."""
    whole = f"The composite {name!r}" if name else "The total"
    for part, place in parts.values():
        if part.of == name and part.qualifying and (part.weight is not None or part.factor != 1):
            place.fault(f"{part.name!r} is qualifying only; it has neither weight nor factor.", "qualifying")
    own = [(part, place) for part, place in parts.values() if part.of == name and not part.qualifying]
    if not own:
        node.fault(f"{whole} has no parts.")
    for part, place in own:
        if method == "weighted" and part.weight is None:
            place.fault(f"{whole} is weighted; its part {part.name!r} needs a weight in percent.")
        elif part.weight is not None and part.weight <= 0:
            place.fault(f"The weight of {part.name!r} must be above 0.", "weight")
        elif method == "weighted" and part.factor != 1:
            place.fault(f"{whole} is weighted, so {part.name!r} has a weight and no factor.", "factor")
        elif part.factor <= 0:
            place.fault(f"The factor of {part.name!r} must be above 0.", "factor")
        elif method != "weighted" and part.weight is not None:
            text = f"{whole} by {method} takes no weights, yet {part.name!r} has one"
            place.fault(f"{text}; its maximum already says how much it counts, or a factor.", "weight")
    weights = [part.weight for part, _ in own if part.weight is not None]
    if method == "weighted" and len(weights) == len(own) and own and sum(weights) != 100:
        added = plain(sum(weights, Fraction(0)))
        own[-1][1].fault(f"{whole}: the weights add up to {added}, not to 100.", "weight")


def read_total(root: Node, components: Parts) -> Total:
    """Read [total] and check the weights of the components that it is made of."""
    node = root.table("total")
    method, best = _read_method(node)
    scale = node.number("scale", 100)
    parts = parts_of((component for component, _ in components.values()), "")
    total = Total(
        method,
        best,
        scale,
        read_minimum(node, scale if method == "weighted" else highest(method, best, parts)),
        node.rounding("decision", None),
        node.rounding("display", None) or Rounding(2),
        node.text("gate", "before", ("before", "after")),
        node.text("citation", " ").strip(),
    )
    node.finish()
    if components:
        check_parts(node, method, components, "")
    return total


def highest(method: str, best: int, parts: Sequence[Component]) -> Fraction | None:
    """Give the highest value that unweighted parts can make, None when a maximum is not known."""
    parts = counted(parts)
    tops = [part.out_of if part.out_of is not None else part.maximum for part in parts]
    known = [top * part.factor for top, part in zip(tops, parts, strict=True) if top is not None]
    if len(known) < len(parts) or not parts:
        return None
    if method == "best":
        return sum(sorted(known)[-best:], Fraction(0))
    if method in ("lowest", "highest"):
        return min(known) if method == "lowest" else max(known)
    added = sum(known, Fraction(0))
    return added / sum(part.factor for part in parts) if method == "mean" else added
