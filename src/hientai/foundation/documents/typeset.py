"""A report as PDF, drawn by typst with the fonts that come with the program: no office suite, no network."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hientai.foundation.documents.report import (
    NUMBER_WEIGHT,
    GroupLine,
    Line,
    Picture,
    Report,
    ReportTable,
    cell_text,
    day_line,
    page_size,
    table_size,
)

FONTS = Path(__file__).parents[1] / "web" / "static" / "vendor" / "liberation-serif"
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


def write_pdf(report: Report, mark: str = "") -> bytes:
    """The bytes of a .pdf file; equal reports give equal bytes. mark: printed at the foot of each page."""
    files: dict[str, bytes] = {}
    width, height = page_size(report)
    document = {
        "language": (get_language() or "vi")[:2],
        "mark": mark,
        "size": report.layout.body_size,
        "width": width,
        "height": height,
        "margins": report.layout.margins,
        "motto": report.layout.motto,
        "star": report.layout.star,
        "day": day_line(report),
        "tables": [_table(table, files) | {"size": table_size(report, table)} for table in report.tables],
        **{name: getattr(report, name) for name in ("agency", "superior", "title", "subtitle", "banner")},
        **{name: list(getattr(report, name)) for name in ("opening", "notes", "signers")},
    }
    files["report.json"] = json.dumps(document, ensure_ascii=False).encode()
    return compiled(_template("report.typ"), files)


def compiled(source: bytes, files: dict[str, bytes]) -> bytes:
    """The PDF of a typst source with the files it names; only the vendored fonts are used.

    The files stand in a folder of their own, for this account alone, until the page is drawn.
    """
    import typst  # loaded where it is used: workers that only show pages do without

    with tempfile.TemporaryDirectory(prefix="hientai-pdf-") as folder:
        main = Path(folder) / "main.typ"
        main.write_bytes(source)
        for name, content in files.items():
            (main.parent / name).write_bytes(content)
        made = typst.compile(
            main, root=main.parent, format="pdf", font_paths=[FONTS], ignore_system_fonts=True
        )
    assert isinstance(made, bytes)
    return made


@cache
def _template(name: str) -> bytes:
    return (Path(__file__).parent / name).read_bytes()


def _table(table: ReportTable, files: dict[str, bytes]) -> dict[str, Any]:
    numbered = table.numbered
    header = [*([_("STT")] if numbered else []), *table.header]
    above = [*([""] if numbered else []), *table.above] if any(table.above) else []
    return {
        "caption": table.caption,
        "note": table.note,
        "widths": [*([NUMBER_WEIGHT] if numbered else []), *table.weights],
        "align": [*(["c"] if numbered else []), *table.aligned],
        "heads": _heads(header, above),
        "steps": [f"({n})" for n in range(1, len(header) + 1)] if table.steps else [],
        "lines": _lines(table, files),
    }


def _heads(header: list[str], above: list[str]) -> list[list[dict[str, Any]]]:
    if not above:
        return [[{"text": text, "columns": 1, "rows": 1} for text in header]]
    upper: list[dict[str, Any]] = []
    for place, (text, over) in enumerate(zip(header, above, strict=True)):
        if over and place and above[place - 1] == over:
            upper[-1]["columns"] += 1
        else:
            upper.append({"text": over or text, "columns": 1, "rows": 1 if over else 2})
    lower = [
        {"text": text, "columns": 1, "rows": 1} for text, over in zip(header, above, strict=True) if over
    ]
    return [upper, lower]


def _lines(table: ReportTable, files: dict[str, bytes]) -> list[Any]:
    shown: list[Any] = []
    number = table.first - 1
    for line in table.lines:
        if isinstance(line, GroupLine):
            shown.append({"group": line.text})
            continue
        number += 1
        shown.append([*([str(number)] if table.numbered else []), *_values(line, files)])
    return shown


def _values(line: Line, files: dict[str, bytes]) -> list[Any]:
    values: list[Any] = []
    for value in line:
        if isinstance(value, Picture):
            name = f"picture{len(files)}.{_ENDINGS[value.content_type]}"
            files[name] = value.content
            values.append({"picture": name})
        else:
            values.append(cell_text(value))
    return values
