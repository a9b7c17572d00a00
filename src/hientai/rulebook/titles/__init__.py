"""The catalogue of titles (chức danh): level, rank across levels, managing tier, protocol order, time in use.

One YAML file a level and regime; `titles()` reads them all. Ranks compare across levels: greater is higher,
equal is equivalent. Tiers follow what provinces usually do and are no law: every file says `verified: false`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class TitleEntry:
    """One title of the catalogue. standard: code of its planning standard in the rulebook, "" for none."""

    code: str
    name: str
    level: str
    rank: int
    tier: str
    order: int
    valid_from: date
    valid_to: date | None
    leads: bool
    key: bool
    standard: str
    verified: bool


@cache
def titles(folder: Path = FOLDER) -> tuple[TitleEntry, ...]:
    """All titles in protocol order.

    Raises BadInput `bad_title_file` where a field is missing, unknown or of the wrong kind, or a code stands twice.
    """
    found: dict[str, TitleEntry] = {}
    for file in sorted(folder.glob("*.yaml")):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        for code, fields in document["titles"].items():
            where = f"{file.name}: {code}"
            if code in found:
                raise BadInput("bad_title_file", say("Mã chức danh bị trùng."), where)
            found[code] = _entry(code, document, fields, where)
    return tuple(sorted(found.values(), key=lambda title: (title.order, title.code)))


def _entry(code: str, document: dict[str, Any], fields: dict[str, Any], where: str) -> TitleEntry:
    try:
        entry = TitleEntry(
            code=code,
            level=document["level"],
            valid_from=fields.get("valid_from", document["valid_from"]),
            valid_to=fields.get("valid_to", document.get("valid_to")),
            verified=document["verified"],
            leads=fields.get("leads", False),
            key=fields.get("key", False),
            standard=fields.get("standard", ""),
            **{name: fields[name] for name in fields.keys() - _OPTIONAL},
        )
    except (KeyError, TypeError) as error:
        raise BadInput(
            "bad_title_file", say("Chức danh thiếu hoặc thừa trường: {field}.", field=str(error)), where
        ) from error
    if not (isinstance(entry.rank, int) and isinstance(entry.order, int)):
        raise BadInput("bad_title_file", say("Thứ bậc và thứ tự phải là số nguyên."), where)
    if entry.valid_to is not None and entry.valid_to <= entry.valid_from:
        raise BadInput("bad_title_file", say("Chức danh kết thúc trước khi bắt đầu."), where)
    return entry


_OPTIONAL = {"valid_from", "valid_to", "leads", "key", "standard"}
