"""From a file to rows, and back to a file with results: the engine `worksheet` with the places of this installation."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings

from hientai.apps.exchange.types import Judgement, RowStatus
from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.engines.worksheet import (
    Extraction,
    Limits,
    SavedMapping,
    TableProposal,
    extract,
    propose,
    read_workbook,
)
from hientai.engines.worksheet.error_book import error_workbook
from hientai.foundation.collecting import no_collecting

LIMITS = Limits()


def read_list(path: Path, mapping: SavedMapping, read_on: date) -> tuple[bytes, Extraction]:
    """The bytes of a file and its rows. Raises BadInput for a file that cannot or should not be read."""
    with no_collecting():
        workbook = read_workbook(path, LIMITS)
        content = path.read_bytes()
        tables = propose(workbook, mapping)
        check_has_list(tables, path.name)
        return content, extract(workbook, tables, read_on)


def check_has_list(tables: Sequence[TableProposal], name: str) -> None:
    """Raises BadInput `no_table` for a file in which no list of people was found: nothing would be read of it."""
    if not tables:
        raise BadInput(
            "no_table",
            say(
                "Không tìm thấy danh sách người nào trong tệp {file}: cần một bảng có cột họ tên kèm ngày sinh, số "
                "định danh hoặc chức vụ, trên trang tính không ẩn.",
                file=name,
            ),
            name,
        )


def read_content(content: bytes, name: str, mapping: SavedMapping, read_on: date) -> Extraction:
    """The rows of a file given as bytes. Raises BadInput likewise."""
    with no_collecting():
        workbook = read_workbook(content, LIMITS, Path(name).stem)
        tables = propose(workbook, mapping)
        check_has_list(tables, name)
        return extract(workbook, tables, read_on)


def error_file(content: bytes, extraction: Extraction, judgement: Judgement, name: str) -> str:
    """Writes the office's file with a column of results when there is something to mend; the path, else "".

    It goes to `exports` of the data folder, readable by its owner only.
    """
    mend = [row for row in judgement.rows if row.status in (RowStatus.REFUSED, RowStatus.DUPLICATE)]
    if not mend:
        return ""
    return str(
        save_export(error_bytes(content, extraction, judgement, name), f"{Path(name).stem}-ket-qua.xlsx")
    )


def error_bytes(content: bytes, extraction: Extraction, judgement: Judgement, name: str) -> bytes:
    """The workbook of results: what the file says and what the records add."""
    extra = {}
    for judged in judgement.rows:
        added = [reason for reason in judged.reasons if reason not in judged.row.reasons]
        if added:
            extra[judged.row.sheet, judged.row.row] = added
    return error_workbook(content, extraction, extra, name=Path(name).stem)


def save_export(content: bytes, name: str) -> Path:
    """Keeps a file for its owner under a name of plain letters; the same content is kept once."""
    folder = Path(settings.HOME) / "exports"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    plain = re.sub(r"[^\w.\-]+", "_", name)[-80:]
    path = folder / f"{hashlib.sha256(content).hexdigest()[:10]}-{plain}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return path
