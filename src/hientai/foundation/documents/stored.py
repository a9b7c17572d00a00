"""A report as plain data and back, so that it can be kept and written again years later to the same bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hientai.foundation.documents.layout import Layout
from hientai.foundation.documents.report import Cell, GroupLine, Line, Picture, Report, ReportTable


def as_text(report: Report) -> str:
    """Canonical JSON: equal reports give equal text."""
    return json.dumps(as_fields(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def of_text(text: str) -> Report:
    """The report behind `as_text`."""
    return of_fields(json.loads(text))


def as_fields(report: Report) -> dict[str, Any]:
    """Everything the report says, in values JSON knows; days as {"day": ISO}, pictures in base64."""
    layout = {**vars(report.layout)}
    layout |= {key: _day(layout[key]) for key in ("valid_from", "valid_to")}
    return {
        **{name: getattr(report, name) for name in _PLAIN},
        "as_of": report.as_of.isoformat(),
        "opening": list(report.opening),
        "notes": list(report.notes),
        "signers": [list(signer) for signer in report.signers],
        "layout": layout,
        "tables": [_table(table) for table in report.tables],
        "answer": report.answer,
    }


_PLAIN = ("agency", "title", "subtitle", "superior", "paper", "across", "banner")


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "header": list(table.header),
        "lines": [_line(line) for line in table.lines],
        "note": table.note,
        "above": list(table.above),
        "widths": [float(width) for width in table.widths],
        "align": table.align,
        "numbered": table.numbered,
        "steps": table.steps,
        **({} if table.first == 1 else {"first": table.first}),
    }


def _line(line: Line | GroupLine) -> Any:
    return {"group": line.text} if isinstance(line, GroupLine) else [_cell(value) for value in line]


def _cell(value: Cell) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Picture):
        return {"picture": base64.b64encode(value.content).decode(), "type": value.content_type}
    return value


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def of_fields(fields: Mapping[str, Any]) -> Report:
    """The report behind `as_fields`."""
    layout = dict(fields["layout"])
    layout |= {key: date.fromisoformat(layout[key]) for key in ("valid_from", "valid_to") if layout[key]}
    layout |= {key: tuple(layout[key]) for key in ("margins", "motto")}
    return Report(
        **{name: fields[name] for name in _PLAIN},
        as_of=date.fromisoformat(fields["as_of"]),
        opening=tuple(fields["opening"]),
        notes=tuple(fields["notes"]),
        signers=tuple((over, under) for over, under in fields["signers"]),
        layout=Layout(**layout),
        tables=tuple(_table_of(table) for table in fields["tables"]),
        answer=fields["answer"],
    )


def _table_of(fields: Mapping[str, Any]) -> ReportTable:
    lines = tuple(
        GroupLine(line["group"]) if isinstance(line, dict) else tuple(_cell_of(value) for value in line)
        for line in fields["lines"]
    )
    return ReportTable(**{**fields, "lines": lines})


def _cell_of(value: Any) -> Cell:
    if isinstance(value, dict):
        if "day" in value:
            return date.fromisoformat(value["day"])
        return Picture(base64.b64decode(value["picture"]), value["type"])
    return value  # type: ignore[no-any-return]
