"""Stages 4 and 5: what is examined, with which maximum, weight and minimum, and how the total is composed."""

from dataclasses import dataclass
from fractions import Fraction

from app.exams.merit.errors import InputError
from app.exams.merit.exact import Marks, plain
from app.exams.merit.items import PLAIN, Scheme, read_scheme
from app.exams.merit.reading import Node
from app.exams.merit.responses import Texts
from app.exams.merit.rounding import Rounding
from app.exams.merit.scoring import ItemRules


@dataclass(frozen=True, slots=True)
class Section:
    """A named group of items of a component, with a minimum of its own."""

    name: str
    minimum: Fraction | None


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an examination.

    `maximum` is None when it follows from the answer key; `weight` is in percent of the total; `minimum`
    is in marks of this component; `places` is the number of decimals that a mark given from outside may
    have.
    """

    name: str
    title: str
    kind: str
    maximum: Fraction | None
    weight: Fraction | None
    minimum: Fraction | None
    places: int
    absent: str
    rules: ItemRules
    sections: tuple[Section, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class Total:
    """How component marks become one total, what it must reach, and how it is rounded.

    `decision` rounds the value that decides, `display` only what people read; `gate` says whether the minimum
    is compared "before" or "after" the decision rounding.
    """

    method: str
    scale: Fraction
    minimum: Fraction | None
    decision: Rounding | None
    display: Rounding
    gate: str
    citation: str


def read_components(root: Node) -> tuple[Component, ...]:
    """Read every [[component]]."""
    nodes = root.children("component")
    if not nodes:
        root.fault("A rulebook needs at least one [[component]].")
    components = tuple(_read_component(node) for node in nodes)
    names: set[str] = set()
    for node, component in zip(nodes, components, strict=True):
        if component.name in names:
            node.fault(f"The component {component.name!r} stands here twice.", "name")
        names.add(component.name)
    return components


def _read_component(node: Node) -> Component:
    name = node.text("name")
    kind = node.text("kind", choices=("items", "mark"))
    scheme = read_scheme(node.child("marks"), PLAIN)
    sections, schemes = _read_sections(node, scheme)
    maximum = node.optional_number("maximum")
    minimum = node.optional_number("minimum")
    if kind == "mark" and maximum is None:
        node.fault(f"The component {name!r} needs a maximum: without it its weight means nothing.")
    if maximum is not None and maximum <= 0:
        node.fault("The maximum must be above 0.", "maximum")
    if maximum is not None and minimum is not None and minimum > maximum:
        node.fault(f"Nobody can reach a minimum of {plain(minimum)} out of {plain(maximum)}.", "minimum")
    component = Component(
        name=name,
        title=node.text("title", name),
        kind=kind,
        maximum=maximum,
        weight=node.optional_number("weight"),
        minimum=minimum,
        places=node.whole("places", 2),
        absent=node.text("absent", "fails", ("fails", "zero")),
        rules=ItemRules(scheme, schemes, node.text("redistribute", "component", ("component", "section"))),
        sections=sections,
        citation=node.text("citation", " ").strip(),
    )
    node.finish()
    return component


def _read_sections(node: Node, scheme: Scheme) -> tuple[tuple[Section, ...], dict[str, Scheme]]:
    sections, schemes = [], {}
    for child in node.children("section"):
        name = child.text("name")
        sections.append(Section(name, child.optional_number("minimum")))
        schemes[name] = read_scheme(child.child("marks"), scheme)
        child.finish()
    return tuple(sections), schemes


def read_total(root: Node, components: tuple[Component, ...]) -> Total:
    """Read [total] and check the weights against it."""
    node = root.table("total")
    method = node.text("method", "weighted", ("weighted", "sum"))
    scale, minimum = node.number("scale", 100), node.optional_number("minimum")
    total = Total(
        method,
        scale,
        minimum,
        node.rounding("decision", None),
        node.rounding("display", None) or Rounding(2),
        node.text("gate", "before", ("before", "after")),
        node.text("citation", " ").strip(),
    )
    node.finish()
    if method == "weighted":
        _check_weights(root, components)
        if minimum is not None and minimum > scale:
            node.fault(f"Nobody can reach a minimum of {plain(minimum)} out of {plain(scale)}.", "minimum")
    else:
        _check_sum(root, components, minimum)
    return total


def _check_weights(root: Node, components: tuple[Component, ...]) -> None:
    weights = [component.weight for component in components]
    for position, component in enumerate(components):
        if component.weight is None:
            root.fault(f"The component {component.name!r} needs a weight in percent.", "component", position)
        elif component.weight <= 0:
            root.fault("A weight must be above 0.", "component", position, "weight")
    added = sum((weight for weight in weights if weight is not None), Fraction(0))
    if None not in weights and weights and added != 100:
        last = len(components) - 1
        root.fault(f"The weights add up to {plain(added)}, not to 100.", "component", last, "weight")


def _check_sum(root: Node, components: tuple[Component, ...], minimum: Fraction | None) -> None:
    for position, component in enumerate(components):
        if component.weight is not None:
            root.fault(
                "A total by sum takes no weights; the maximum is the weight.", "component", position, "weight"
            )
    maxima = [component.maximum for component in components]
    reach = sum((maximum for maximum in maxima if maximum is not None), Fraction(0))
    if None not in maxima and minimum is not None and minimum > reach:
        root.fault(
            f"Nobody can reach a minimum of {plain(minimum)} out of {plain(reach)}.", "total", "minimum"
        )


def factor(component: Component, total: Total, maximum: Fraction | None) -> Fraction:
    """Give what one mark of the component adds to the total; `maximum` comes from the key when none is
    declared.
    """
    if total.method == "sum":
        return Fraction(1)
    limit = component.maximum if component.maximum is not None else maximum
    if limit is None or component.weight is None:
        raise InputError(
            "candidates",
            "its maximum is known neither from the rulebook nor from a key.",
            column=component.name,
        )
    return component.weight / 100 * total.scale / limit


def check_marks(component: Component, marks: Marks, ids: Texts, maximum: Fraction | None) -> None:
    """Refuse marks above the maximum, or with more decimals than declared for a mark given from outside."""
    limit = component.maximum if component.maximum is not None else maximum
    if limit is not None and len(marks):
        above = ~marks.times(Fraction(-1)).at_least(-limit)
        if above.any():
            row = int(above.argmax())
            text = f"{plain(marks.fraction(row))} is above the maximum of {plain(limit)}."
            raise InputError("candidates", text, row=str(ids[row]), column=component.name)
    if component.kind == "mark":
        finer = marks.numerators * 10**component.places % marks.denominator != 0
        if finer.any():
            row = int(finer.argmax())
            text = f"{plain(marks.fraction(row))} has more than {component.places} decimals."
            raise InputError("candidates", text, row=str(ids[row]), column=component.name)
