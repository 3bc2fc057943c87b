"""The tree of reporting lines, and the places of its boxes in a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

BOX_WIDTH, BOX_HEIGHT, ROW, GUTTER = 330, 62, 76, 60
LONGEST = 40  # signs of a line that a box holds
DEPTH = 2  # levels below the chosen post that the list opens


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the tree; `holder` is "" while it is vacant."""

    id: str
    number: str
    title: str
    unit: str
    superior_id: str | None
    holder: str


@dataclass(slots=True)
class Node:
    """A post with those that report to it; `below` counts all posts under it."""

    post: Post
    children: list[Node] = field(default_factory=list)
    below: int = 0
    vacant: int = 0
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A post in the picture, with the lines of its text and the corner where it stands."""

    x: int
    y: int
    lines: tuple[str, ...]
    is_vacant: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A post and those that report to it, left to right; `links` are paths from box to box."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    links: tuple[str, ...]


def find_heads(posts: Sequence[Post]) -> list[Post]:
    """Give the posts that report to none of the posts given, in their order."""
    known = {post.id for post in posts}
    return [post for post in posts if post.superior_id not in known]


def grow(posts: Iterable[Post], root_id: str, depth: int = DEPTH) -> Node | None:
    """Give the tree under a post, opened to a depth; counts go all the way down. None for an unknown post."""
    by_superior: dict[str | None, list[Post]] = {}
    known: dict[str, Post] = {}
    for post in posts:
        known[post.id] = post
        by_superior.setdefault(post.superior_id, []).append(post)
    if root_id not in known:
        return None
    return _node(known[root_id], by_superior, depth, set())


def line_above(posts: Sequence[Post], root_id: str) -> list[Post]:
    """Give the posts above a post, the head first."""
    known = {post.id: post for post in posts}
    line, at = [], known.get(root_id)
    while at is not None and at.superior_id in known and known[at.superior_id] not in line:
        at = known[at.superior_id]
        line.append(at)
    return line[::-1]


def draw(node: Node) -> Picture:
    """Place a post at the left and those that report to it in a column at the right."""
    count = max(len(node.children), 1)
    height = count * ROW
    left = _box(node, 0, (height - BOX_HEIGHT) // 2)
    x = BOX_WIDTH + GUTTER
    boxes = [_box(child, x, row * ROW + (ROW - BOX_HEIGHT) // 2) for row, child in enumerate(node.children)]
    middle = BOX_WIDTH + GUTTER // 2
    start = left.y + BOX_HEIGHT // 2
    links = tuple(f"M{BOX_WIDTH} {start}H{middle}V{box.y + BOX_HEIGHT // 2}H{x}" for box in boxes)
    width = x + BOX_WIDTH if boxes else BOX_WIDTH
    return Picture(width + 2, height, (left, *boxes), links)


def _node(post: Post, by_superior: Mapping[str | None, list[Post]], depth: int, seen: set[str]) -> Node:
    seen.add(post.id)
    node = Node(post)
    for child in by_superior.get(post.id, []):
        if child.id in seen:
            continue
        grown = _node(child, by_superior, depth - 1, seen)
        node.below += grown.below + 1
        node.vacant += grown.vacant + (not child.holder)
        if depth > 0:
            node.children.append(grown)
    node.is_cut = depth <= 0 and node.below > 0
    return node


def _box(node: Node, x: int, y: int) -> Box:
    post = node.post
    below = f"{node.below} below" if node.below else post.number
    return Box(x + 1, y, tuple(_clipped((post.title, post.holder or "Vacant", below))), not post.holder)


def _clipped(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
