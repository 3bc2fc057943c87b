"""Stage 10, as written: several lists that serve the same vacancies, by turns or one after the other."""

from dataclasses import dataclass

from app.exams.merit.reading import Node
from app.exams.merit.rosters import Roster, read_roster

COMBINES = ("turns", "in-order")
OVERLAPS = ("first-turn", "rest-first", "each")


@dataclass(frozen=True, slots=True)
class Source:
    """One list. With a `claim` it holds the people of a merit list who hold the claim, else everybody.

    A turn that nobody of the list is left for goes to the list `falls_to`; "" leaves it empty.
    """

    name: str
    title: str
    claim: str
    falls_to: str
    citation: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The lists in the order in which they are declared, and how they meet.

    "turns" follows the roster, whose other points belong to `rest`; "in-order" uses up one list before the
    next. `overlap` says what becomes of people who stand on several lists.
    """

    combine: str
    sources: tuple[Source, ...]
    roster: Roster | None
    overlap: str
    citation: str

    @property
    def names(self) -> tuple[str, ...]:
        """List the names of the lists."""
        return tuple(source.name for source in self.sources)

    @property
    def rest(self) -> str:
        """Name the list that has every turn not given to another."""
        return self.roster.other if self.roster else ""

    def source(self, name: str) -> Source:
        """Find a list by its name."""
        return next(source for source in self.sources if source.name == name)


def read_sources(node: Node | None) -> Sources | None:
    """Read [certification.lists] with its lists and their roster."""
    if node is None:
        return None
    combine = node.text("combine", "turns", COMBINES)
    children = node.children("list")
    sources = tuple(_read_source(child) for child in children)
    roster = read_roster(node.child("roster"))
    rules = Sources(
        combine, sources, roster, node.text("overlap", "first-turn", OVERLAPS), node.text("citation")
    )
    names = rules.names
    for place, (child, source) in enumerate(zip(children, sources, strict=True)):
        if source.name in names[:place]:
            child.fault(f"The list {source.name!r} stands here twice.", "name")
        if source.falls_to and source.falls_to not in names:
            child.fault(f"There is no list {source.falls_to!r}.", "falls_to")
    if len(sources) < 2:
        node.fault("[certification.lists] needs at least two lists.", "list")
    if (combine == "turns") != (roster is not None):
        node.fault("Lists that take turns, and no others, have a [certification.lists.roster].", "combine")
    for name in {*roster.blocks.values(), roster.other} - set(names) if roster else ():
        node.fault(f"There is no list {name!r}.", "roster")
    node.finish()
    return rules


def _read_source(node: Node) -> Source:
    name = node.text("name")
    source = Source(
        name,
        node.text("title", name),
        node.text("claim", " ").strip(),
        node.text("falls_to", " ").strip(),
        node.text("citation"),
    )
    node.finish()
    return source
