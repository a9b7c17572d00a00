"""The code lists of personal records: degrees by kind, grades, ethnic groups, religions, each with time in use."""

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
# The same safe loader, written in C where the library has it: the first import of a process waits for it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FIELDS = {"name", "rank", "number", "valid_from", "valid_to"}


@dataclass(frozen=True)
class CodeEntry:
    """One value of a list. rank: greater is higher, 0 where there is no order; number: its number in the official
    list, "" where it has none; order: place in the file."""

    list: str
    code: str
    name: str
    rank: int
    order: int
    number: str
    valid_from: date | None
    valid_to: date | None


@cache
def code_lists(folder: Path = FOLDER) -> tuple[CodeEntry, ...]:
    """Every value of every list, by list and order. Raises BadInput `bad_code_list` for a missing or odd field."""
    found: list[CodeEntry] = []
    for file in sorted(folder.glob("*.yaml")):
        document = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
        for order, (code, fields) in enumerate(document["codes"].items(), 1):
            found.append(_entry(document["list"], str(code), order, fields, f"{file.name}: {code}"))
    return tuple(found)


def _entry(name: str, code: str, order: int, fields: dict[str, Any], where: str) -> CodeEntry:
    odd = fields.keys() - _FIELDS
    if odd or not isinstance(fields.get("name"), str) or not isinstance(fields.get("rank", 0), int):
        raise BadInput(
            "bad_code_list", say("Mã phải có tên; rank phải là số nguyên; không có trường lạ."), where
        )
    return CodeEntry(
        list=name,
        code=code,
        name=fields["name"],
        rank=fields.get("rank", 0),
        order=order,
        number=fields.get("number", ""),
        valid_from=fields.get("valid_from"),
        valid_to=fields.get("valid_to"),
    )
