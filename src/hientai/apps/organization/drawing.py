"""The geometry of organisation drawings: boxes and lines in SVG units, for templates. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hientai.apps.organization.types import Edge

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, LINE = 268, 110, 44, 14, 34
# of a printed page, and of what stands above the drawing on the first one, in pixels
PAPER_WIDTH, PAPER_HEIGHT, HEAD = 680, 900, 150
SMALL_HEIGHT = 62


@dataclass(frozen=True)
class Box:
    """A box at (x, y). lines: the name in pieces that fit."""

    key: int
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def right(self) -> int:
        return self.x + self.width


@dataclass(frozen=True)
class Join:
    """A line from a box to another: points of a polyline; text at its end, at (x, y)."""

    points: str
    text: str = ""
    x: int = 0
    y: int = 0


@dataclass(frozen=True)
class Drawing:
    """Boxes by key, joins, and the size of the sheet."""

    boxes: dict[int, Box]
    joins: tuple[Join, ...]
    width: int
    height: int


def wrapped(text: str, letters: int = LINE, most: int = 2) -> tuple[str, ...]:
    """A name in at most `most` lines of `letters` letters; what does not fit ends with an ellipsis."""
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], (" ".join(lines[most - 1 :]))[: letters - 1].rstrip() + "…"]
    return tuple(lines)


@dataclass
class Node:
    """A unit of a chart with the children that are shown."""

    key: int
    name: str
    children: list[Node] = field(default_factory=list)


def tree(root: Node, height: int = BOX_HEIGHT) -> Drawing:
    """The chart of a tree: the root at the left, children to the right of their parent, one below the other."""
    boxes: dict[int, Box] = {}
    joins: list[Join] = []
    bottom = _place(root, 0, 0, height, boxes, joins)
    width = max(box.right for box in boxes.values())
    return Drawing(boxes, tuple(joins), width + 2, bottom + 2)


def _place(node: Node, depth: int, top: int, height: int, boxes: dict[int, Box], joins: list[Join]) -> int:
    """Places a node and all below it from `top` down; returns where the next may begin."""
    x = 1 + depth * (BOX_WIDTH + GAP_X)
    at = top
    for child in node.children:
        at = _place(child, depth + 1, at, height, boxes, joins)
    bottom = max(at, top + height + GAP_Y)
    box = Box(node.key, x, top + 1, BOX_WIDTH, height, wrapped(node.name))
    boxes[node.key] = box
    for child in node.children:
        to = boxes[child.key]
        bend = box.right + GAP_X // 2
        joins.append(
            Join(f"{box.right},{box.middle} {bend},{box.middle} {bend},{to.middle} {to.x},{to.middle}")
        )
    return bottom


def lineage(unit: int, names: Mapping[int, str], edges: Sequence[Edge], words: Mapping[str, str]) -> Drawing:
    """A lineage: the unit in the middle, what it came from at its left, what it became at its right, step by step.

    words: "part" for a share that no decision names.
    """
    places = _generations(unit, edges)
    columns: dict[int, list[int]] = defaultdict(list)
    for key in sorted(names, key=lambda k: (places.get(k, 0), names[k], k)):
        columns[places.get(key, 0)].append(key)
    first = min(columns)
    tallest = max(len(keys) for keys in columns.values())
    boxes = {}
    for column, keys in columns.items():
        offset = (tallest - len(keys)) * (SMALL_HEIGHT + GAP_Y) // 2
        for row, key in enumerate(keys):
            x = 1 + (column - first) * (BOX_WIDTH + 3 * GAP_X)
            y = 1 + offset + row * (SMALL_HEIGHT + GAP_Y)
            boxes[key] = Box(key, x, y, BOX_WIDTH, SMALL_HEIGHT, wrapped(names[key], most=1))
    joins = tuple(_join(boxes[e.before], boxes[e.after], _share(e.share, words)) for e in edges)
    width = max(box.right for box in boxes.values())
    return Drawing(boxes, joins, width + 2, tallest * (SMALL_HEIGHT + GAP_Y) + 2)


def _generations(unit: int, edges: Iterable[Edge]) -> dict[int, int]:
    places = {unit: 0}
    steps = list(edges)
    for _ in range(len(steps)):
        before = dict(places)
        for edge in steps:
            if edge.before in places and edge.after not in places:
                places[edge.after] = places[edge.before] + 1
            elif edge.after in places and edge.before not in places:
                places[edge.before] = places[edge.after] - 1
        if places == before:
            break
    return places


def _share(share: Fraction | None, words: Mapping[str, str]) -> str:
    return words["part"] if share is None else "" if share == 1 else str(share)


def _join(one: Box, two: Box, text: str) -> Join:
    start, end = one.right, two.x
    return Join(
        f"{start},{one.middle} {end},{two.middle}",
        text,
        (start + end) // 2,
        (one.middle + two.middle) // 2 - 4,
    )


def slices(sheet: Drawing, height: int = BOX_HEIGHT) -> tuple[tuple[int, int], ...]:
    """(top, height) of the pieces that a chart is printed in, each between two rows of boxes and fit for a page."""
    row = height + GAP_Y
    scale = min(1.0, PAPER_WIDTH / sheet.width)
    found, top = [], 0
    while top < sheet.height - 2:
        room = PAPER_HEIGHT - HEAD if not found else PAPER_HEIGHT
        rows = max(1, int(room / scale) // row)
        found.append((top, min(rows * row, sheet.height - top)))
        top += rows * row
    return tuple(found)


@dataclass(frozen=True)
class Tile:
    """A rectangle of a treemap."""

    key: int
    x: int
    y: int
    width: int
    height: int


def treemap(sizes: Mapping[int, int], width: int = 1000, height: int = 520) -> tuple[Tile, ...]:
    """Rectangles whose areas are as the sizes, the largest first, each as square as the row allows.

    Source: M. Bruls, K. Huizing, J. van Wijk, Squarified Treemaps (2000).
    """
    todo = sorted(
        ((size, key) for key, size in sizes.items() if size > 0), key=lambda pair: (-pair[0], pair[1])
    )
    whole = sum(size for size, _ in todo)
    tiles: list[Tile] = []
    x, y, w, h = 0.0, 0.0, float(width), float(height)
    while todo:
        scale = w * h / whole
        row = _row([size for size, _ in todo], min(w, h), scale)
        taken, todo = todo[:row], todo[row:]
        area = sum(size for size, _ in taken) * scale
        thick = area / min(w, h)
        at = 0.0
        for size, key in taken:
            long = size * scale / thick
            box = (x, y + at, thick, long) if w >= h else (x + at, y, long, thick)
            tiles.append(_rounded(key, *box))
            at += long
        whole -= sum(size for size, _ in taken)
        x, y, w, h = (x + thick, y, w - thick, h) if w >= h else (x, y + thick, w, h - thick)
    return tuple(tiles)


def _rounded(key: int, x: float, y: float, width: float, height: float) -> Tile:
    left, top = round(x), round(y)
    return Tile(key, left, top, max(1, round(x + width) - left), max(1, round(y + height) - top))


def _row(sizes: Sequence[int], side: float, scale: float) -> int:
    """How many of the sizes go into the next row before its worst ratio gets worse."""
    best = float("inf")
    for count in range(1, len(sizes) + 1):
        areas = [size * scale for size in sizes[:count]]
        thick = sum(areas) / side
        worst = max(max(thick / (a / thick), (a / thick) / thick) for a in areas)
        if worst > best:
            return count - 1
        best = worst
    return len(sizes)
