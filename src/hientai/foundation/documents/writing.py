"""Every form a report can be written in, by the ending of its file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from hientai.foundation.documents.report import Report
from hientai.foundation.documents.report_workbook import write_xlsx
from hientai.foundation.documents.stored import as_fields
from hientai.foundation.documents.typeset import write_pdf
from hientai.foundation.documents.word import write_docx

CONTENT_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
}


def write_json(report: Report, mark: str = "") -> bytes:
    """All the report says as one JSON document; `answer` holds the same as plain data where the report gives it."""
    document = as_fields(report) | {"mark": mark}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


WRITERS: Mapping[str, Callable[[Report, str], bytes]] = {
    "docx": write_docx,
    "xlsx": write_xlsx,
    "pdf": write_pdf,
    "json": write_json,
}
