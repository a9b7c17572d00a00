"""An import between its steps: its file in the data folder, its choices, its rows as a preview shows them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import get_current_timezone

from hientai.apps.exchange.reading import LIMITS
from hientai.apps.exchange.types import Choices, JudgedRow, Judgement
from hientai.apps.exchange.words import field_label
from hientai.engines.errors import BadInput
from hientai.engines.wording import Sentence, say
from hientai.engines.worksheet import Sheet, Workbook, read_workbook
from hientai.engines.worksheet.error_book import hidden_number
from hientai.engines.worksheet.sheet import column_index
from hientai.foundation import encryption

LONGEST_SPELLING = 200
_CELL_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def folder() -> Path:
    """Where files of imports lie, readable by their owner only."""
    place = Path(settings.HOME) / "imports"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep_file(token: str, content: bytes) -> str:
    """Keeps the file of an import; returns its SHA-256."""
    handle = os.open(folder() / token, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()


def read_file(token: str, digest: str) -> bytes:
    """The bytes of an import. Raises BadInput when they are gone or are not those that were handed in."""
    try:
        content = (folder() / token).read_bytes()
    except OSError as error:
        raise BadInput("file_gone", say("Tệp của lần nhập này không còn; hãy tải lên lại.")) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise BadInput("file_changed", say("Tệp của lần nhập này đã bị thay đổi; hãy tải lên lại."))
    return content


def remove_file(token: str) -> None:
    """The file of an import that ended; gone already is fine."""
    (folder() / token).unlink(missing_ok=True)


def remove_others(owned: Collection[str], before: date) -> None:
    """Removes files older than a day that no open import owns; one handed in today may not be on record yet."""
    for file in folder().iterdir():
        if file.name not in owned and _day_of(file) < before:
            file.unlink(missing_ok=True)


def _day_of(file: Path) -> date:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=get_current_timezone()).date()


def workbook_of(content: bytes, name: str, fixes: Mapping[tuple[str, str], str]) -> Workbook:
    """The workbook with the cells that were mended on the page."""
    book = read_workbook(content, LIMITS, Path(name).stem)
    by_sheet: dict[str, list[tuple[str, str]]] = {}
    for (sheet, cell), text in fixes.items():
        by_sheet.setdefault(sheet, []).append((cell, text))
    sheets = tuple(_mended(sheet, by_sheet.get(sheet.name, ())) for sheet in book.sheets)
    return replace(book, sheets=sheets)


def _mended(sheet: Sheet, fixes: Any) -> Sheet:
    if not fixes:
        return sheet
    rows = [list(row) for row in sheet.rows]
    flags = dict(sheet.flags)
    fonts = list(sheet.fonts)
    for cell, text in fixes:
        letters = cell.rstrip("0123456789")
        row, column = int(cell[len(letters) :]) - 1, column_index(letters)
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text
        flags.pop((row, column), None)
        if row < len(fonts) and column < len(fonts[row]):  # what is typed on the page is Unicode
            fonts[row] = fonts[row][:column] + b"\0" + fonts[row][column + 1 :]
    return replace(sheet, rows=rows, flags=flags, fonts=fonts)


def check_cell(sheet: str, cell: str, book: Workbook) -> None:
    """Raises BadInput for an address outside the workbook."""
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    known = next((s for s in book.sheets if s.name == sheet), None)
    fits = (
        known is not None
        and 0 < len(letters) <= 3
        and set(letters) <= set(_CELL_LETTERS)
        and digits.isdigit()
    )
    if (
        not fits
        or known is None
        or not 0 < int(digits) <= len(known.rows)
        or column_index(letters) >= LIMITS.columns
    ):
        raise BadInput(
            "no_cell", say("Không có ô {cell} ở trang {sheet}.", cell=cell[:20], sheet=sheet[:40]), cell[:20]
        )


def seal_choices(choices: Choices) -> bytes:
    """Choices as sealed text."""
    document = {
        "same_as": [[sheet, row, person] for (sheet, row), person in choices.same_as.items()],
        "fixes": [[sheet, cell, text] for (sheet, cell), text in choices.fixes.items()],
        "sides": [[sheet, row, side] for (sheet, row), side in choices.sides.items()],
    }
    return encryption.seal(json.dumps(document, ensure_ascii=False))


def open_choices(sealed: bytes | None) -> Choices:
    """Choices back from sealed text; none from nothing."""
    if not sealed:
        return Choices()
    document = json.loads(encryption.reveal(bytes(sealed)))
    return Choices(
        {(sheet, row): person for sheet, row, person in document["same_as"]},
        {(sheet, cell): text for sheet, cell, text in document["fixes"]},
        {(sheet, row): side for sheet, row, side in document.get("sides", ())},
    )


def digest_of(judgement: Judgement) -> str:
    """What a preview showed, in one keyed hash: it differs when a commit would write something else."""
    parts = [
        (
            r.row.sheet,
            r.row.row,
            r.status,
            r.person_id,
            r.unit_id,
            repr(r.changes),
            repr(r.posts),
            repr(r.change or r.draft or ""),
            r.photo,
        )
        for r in judgement.rows
    ]
    return encryption.fingerprint(repr((judgement.day, parts))).hex()


def shown(judged: JudgedRow) -> dict[str, Any]:
    """A row as the preview shows it, without identity numbers."""
    person = judged.row.person
    cells = judged.row.cells()
    return {
        "name": person.name if person else "",
        "sex": person.sex if person else "",
        "born": _day_first(person.born_month or person.born or "") if person else "",
        "identity": hidden_number(person.identity) if person and person.identity else "",
        "position": "; ".join(p.label for p in judged.posts)
        or (person.positions[0].text if person and person.positions else ""),
        "code": judged.code,
        "photo": bool(judged.photo),
        "kind": judged.row.kind,
        "reasons": [
            {
                "field": r.field,
                "cell": r.cell,
                "code": r.code,
                "message": str(r.message),
                "said": _kept(r.message),
                "refuses": r.refuses,
            }
            for r in judged.reasons
        ],
        "changes": [
            {"label": c.label, "old": c.old, "new": c.new, "since": f"{c.since:%d/%m/%Y}" if c.since else ""}
            for c in judged.changes
        ],
        "likely": [
            {"code": x.code, "name": x.name, "points": x.points, "why": [str(s) for s in x.reasons]}
            for x in judged.likely
        ],
        "conflicts": [vars(c) for c in judged.conflicts],
        "mend": _to_mend(judged, cells),
        "unexplained": [{"list": name, "text": text[:LONGEST_SPELLING]} for name, text in judged.unexplained],
    }


def _kept(said: Sentence) -> dict[str, Any]:
    """The sentence as it can be stored; the page says it in the language of its reader (filter `sentence`)."""
    values = {key: _kept(v) if isinstance(v, Sentence) else str(v) for key, v in said.values.items()}
    return {"template": said.template, "values": values}


def _to_mend(judged: JudgedRow, cells: Mapping[str, str]) -> list[dict[str, str]]:
    """The cells at fault of a refused row, for typing them anew; a number is not repeated."""
    found: dict[str, dict[str, str]] = {}
    for reason in judged.reasons:
        cell = reason.cell or cells.get(reason.field, "")
        if reason.refuses and cell:
            label = str(field_label(reason.field)) if reason.field else ""
            found.setdefault(cell, {"cell": cell, "label": label})
    return list(found.values())


def _day_first(iso: str) -> str:
    """05/03/1980, 03/1980 or 1980."""
    return "/".join(reversed(iso.split("-")))
