"""Pictures that lie on the cells of an xlsx: which row each belongs to, by its middle; read only when asked for.

Excel keeps a picture beside the table, tied to the cells it covers (ECMA-376 part 1, 20.5 SpreadsheetML drawings). A
portrait drawn a little over the edge of its row still has its middle in it.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from xml.etree import ElementTree

from hientai.engines.errors import BadInput
from hientai.engines.worksheet.reading.container import Container, broken
from hientai.engines.worksheet.reading.spreadsheet import sheet_parts
from hientai.engines.worksheet.reading.styles import refuse_document_type
from hientai.engines.worksheet.sheet import MEGABYTE, Limits

MOST_PICTURES = 1_000
MOST_BYTES = 8 * MEGABYTE
_MOST_DRAWING = 16 * MEGABYTE
_MOST_ROWS = 200_000
_EMU_A_POINT = 12_700
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HEIGHT = re.compile(rb'\bht="([\d.]+)"')
_USUAL = re.compile(rb'\bdefaultRowHeight="([\d.]+)"')
_EMBED = re.compile(r"\}embed$")


@dataclass(frozen=True)
class Pictures:
    """placed: (sheet, row as Excel numbers it) -> parts of the container; in_cells: pictures that are cell values.

    too_many: more than MOST_PICTURES lie there, and none was placed.
    """

    placed: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    in_cells: int = 0
    too_many: bool = False
    container: Container | None = None

    def read(self, part: str) -> bytes:
        """The bytes of one picture as they lie in the file. Raises BadInput for one that is too large or damaged."""
        assert self.container is not None
        return self.container.read(part, MOST_BYTES)


NO_PICTURES = Pictures()


def pictures_of(content: bytes, limits: Limits) -> Pictures:
    """Where the pictures of a workbook lie; none for a file of another kind, or one whose drawings are damaged."""
    if not content.startswith(b"PK"):
        return NO_PICTURES
    container = Container(content, limits)
    names = container.names()
    if not any(name.startswith("xl/media/") for name in names):
        return NO_PICTURES
    in_cells = sum(name in ("xl/richData/richValueRel.xml", "xl/cellimages.xml") for name in names)
    try:
        found = list(_all_placed(container))
    except BadInput:
        return Pictures(in_cells=in_cells)
    placed: dict[tuple[str, int], list[str]] = defaultdict(list)
    if len(found) <= MOST_PICTURES:
        for sheet, row, part in found:
            placed[sheet, row].append(part)
    return Pictures(
        {place: tuple(parts) for place, parts in placed.items()},
        in_cells,
        len(found) > MOST_PICTURES,
        container,
    )


def _all_placed(container: Container) -> Iterator[tuple[str, int, str]]:
    """(sheet, row from 1, part) of every picture."""
    for sheet, part in sheet_parts(container).items():
        drawings = [target for kind, target in _relations(container, part).values() if kind == "drawing"]
        for drawing in drawings:
            rows = _Rows(container, part)
            media = _relations(container, drawing)
            for anchor in _parsed(container, drawing):
                row = rows.at_middle_of(anchor)
                for identity in _embedded(anchor):
                    kind, target = media.get(identity, ("", ""))
                    if kind == "image" and container.holds(target) and row is not None:
                        yield sheet, row + 1, target


def _parsed(container: Container, part: str) -> ElementTree.Element:
    content = container.read(part, _MOST_DRAWING)
    refuse_document_type(content, part)
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as fault:
        raise broken(part) from fault


def _relations(container: Container, part: str) -> dict[str, tuple[str, str]]:
    """Id -> (last word of the kind, part) of what a part refers to inside the container."""
    folder, name = posixpath.split(part)
    place = f"{folder}/_rels/{name}.rels"
    if not container.holds(place):
        return {}
    found = {}
    for element in _parsed(container, place):
        target = element.get("Target", "")
        if element.get("TargetMode") == "External" or not target:
            continue
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], whole)
    return found


def _embedded(anchor: ElementTree.Element) -> Iterator[str]:
    for element in anchor.iter():
        if element.tag.endswith("}blip"):
            for name, value in element.attrib.items():
                if _EMBED.search(name):
                    yield value


class _Rows:
    """Heights of the rows of a sheet, for finding the one at a distance from the top."""

    def __init__(self, container: Container, part: str) -> None:
        self._usual = 15.0
        self._own: dict[int, float] = {}
        rest = b""
        for piece in container.chunks(part):
            text = rest + piece
            if usual := _USUAL.search(text):
                self._usual = float(usual[1])
            for match in _ROW.finditer(text):
                number, height = _NUMBER.search(match[1]), _HEIGHT.search(match[1])
                if number and height:
                    self._own[int(number[1]) - 1] = float(height[1])
            rest = text[text.rfind(b"<") :] if b"<" in text else b""
        self._tops: list[float] = [0.0]

    def _top_of(self, row: int) -> float:
        if row >= len(self._tops):
            more = (self._own.get(n, self._usual) for n in range(len(self._tops) - 1, row + 100))
            self._tops += list(accumulate(more, initial=self._tops[-1]))[1:]
        return self._tops[row]

    def at_middle_of(self, anchor: ElementTree.Element) -> int | None:
        """The zero-based row in which the middle of an anchored thing lies; None when it does not say where it is."""
        said = {child.tag.rpartition("}")[2]: child for child in anchor}
        top = self._edge(said.get("from"))
        if top is None and "pos" in said:
            top = _whole(said["pos"].get("y")) / _EMU_A_POINT
        if top is None:
            return None
        bottom = self._edge(said.get("to"))
        if bottom is None:
            bottom = top + (_whole(said["ext"].get("cy")) / _EMU_A_POINT if "ext" in said else 0)
        middle = (top + max(top, bottom)) / 2
        while self._tops[-1] <= middle and len(self._tops) < _MOST_ROWS:
            self._top_of(len(self._tops))
        return bisect_right(self._tops, middle) - 1

    def _edge(self, corner: ElementTree.Element | None) -> float | None:
        if corner is None:
            return None
        said = {child.tag.rpartition("}")[2]: _whole(child.text) for child in corner}
        row = said.get("row", -1)
        return None if not 0 <= row < _MOST_ROWS else self._top_of(row) + said.get("rowOff", 0) / _EMU_A_POINT


def _whole(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0
