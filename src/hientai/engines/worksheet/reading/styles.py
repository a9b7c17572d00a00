"""Which cell styles of an xlsx are drawn in a legacy Vietnamese font."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from hientai.engines.worksheet.reading.container import Container, broken

_LEGACY_FONT = re.compile(r"^\.?vn", re.IGNORECASE)
_MOST_STYLES = 70_000


def refuse_document_type(piece: bytes, name: str) -> None:
    """A part that declares a document type (the way to entity tricks) is refused; Office never writes one."""
    if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
        raise broken(name)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def legacy_fonts(container: Container) -> tuple[tuple[str, ...], dict[int, int]]:
    """The legacy font names (index 0 is the empty name) and, per style number, the index of its font.

    A workbook without legacy fonts gives (("",), {}), so that no cell style need be looked at.
    """
    name = "xl/styles.xml"
    if not container.holds(name):
        return ("",), {}
    content = container.read(name)
    refuse_document_type(content, name)
    if not re.search(rb'val\s*=\s*["\']\.?vn', content, re.IGNORECASE):
        return ("",), {}
    fonts, style_fonts = _fonts_and_styles(content, name)
    names = [""]
    index_of: dict[int, int] = {}
    for style, font in enumerate(style_fonts):
        if font < len(fonts) and _LEGACY_FONT.match(fonts[font]):
            if fonts[font] not in names:
                names.append(fonts[font])
            index_of[style] = min(names.index(fonts[font]), 255)
    return tuple(names[:256]), index_of


def _fonts_and_styles(content: bytes, name: str) -> tuple[list[str], list[int]]:
    fonts: list[str] = []
    style_fonts: list[int] = []
    inside = ""
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):
            tag = _local(element.tag)
            if event == "start":
                if tag in ("fonts", "cellXfs"):
                    inside = tag
                elif tag == "font" and inside == "fonts":
                    fonts.append("")
            elif tag in ("fonts", "cellXfs"):
                inside = ""
            elif tag == "name" and inside == "fonts" and fonts:
                fonts[-1] = element.get("val", "")
            elif tag == "xf" and inside == "cellXfs":
                style_fonts.append(int(element.get("fontId") or 0))
            if len(style_fonts) > _MOST_STYLES or len(fonts) > _MOST_STYLES:
                raise broken(name)
    except (ElementTree.ParseError, ValueError) as fault:
        raise broken(name) from fault
    return fonts, style_fonts
