"""The way into the checker: a file in, findings out."""

from __future__ import annotations

from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.figures.entries import check_entries
from hientai.engines.figures.findings import Findings
from hientai.engines.figures.reading.json_file import read_json
from hientai.engines.wording import say


def check_file(path: Path) -> Findings:
    """The findings of a draft by its ending: txt, docx, xlsx, pdf (text) or json (figures as data).

    Raises BadInput when the file cannot be read, has another ending, or is broken, encrypted or too large.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending == "json":
        return check_entries(read_json(path))
    raise BadInput("wrong_kind", say("Không đọc được tệp .{ending}; dùng txt, docx, xlsx, pdf hoặc json", ending=ending), path.name)
