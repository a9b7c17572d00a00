"""Reads JSON documents strictly: every refusal says what is wrong and at which place of the document."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.wording import say


def fields_of(value: Any, allowed: Iterable[str] | None, where: str) -> Mapping[str, Any]:
    """An object whose keys are all in `allowed` (None: any). Raises BadInput."""
    if not isinstance(value, Mapping):
        raise BadInput("not_an_object", say("Cần một đối tượng JSON ở đây."), where)
    known = None if allowed is None else sorted(allowed)
    unknown = sorted(str(key) for key in value if known is not None and key not in known)
    if unknown:
        message = say(
            "Không có mục “{key}”; các mục đọc được: {known}.", key=unknown[0], known=", ".join(known or ())
        )
        raise BadInput("unknown_key", message, where)
    return value


def required(fields: Mapping[str, Any], key: str, where: str) -> Any:
    """The value of a key that must be there. Raises BadInput."""
    if key not in fields:
        raise BadInput("missing_key", say("Thiếu mục “{key}”.", key=key), where or key)
    return fields[key]


def list_of(fields: Mapping[str, Any], key: str, optional: bool = False) -> list[Any]:
    """The list at a key; [] when it is optional and absent. Raises BadInput."""
    if optional and key not in fields:
        return []
    value = required(fields, key, "")
    if not isinstance(value, list | tuple):
        raise BadInput("not_a_list", say("“{key}” phải là một danh sách.", key=key), key)
    return list(value)


def name_of(value: Any, where: str) -> str:
    """Text that names something, NFC; whole numbers count as their digits (spreadsheets). Raises BadInput."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise BadInput("not_a_name", say("{value} không phải là tên hay mã.", value=repr(value)), where)
    return nfc(value)


def whole_of(value: Any, where: str, least: int = 0) -> int:
    """A whole number >= least. Raises BadInput."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise BadInput(
            "not_a_whole_number",
            say("{value} không phải số nguyên từ {least} trở lên.", value=repr(value), least=least),
            where,
        )
    return value


def day_of(value: Any, where: str) -> date:
    """An ISO day, YYYY-MM-DD. Raises BadInput."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise BadInput("not_a_day", say("{value} không phải ngày dạng NNNN-TT-NN.", value=repr(value)), where)


def truth_of(value: Any, where: str) -> bool:
    """true or false. Raises BadInput."""
    if not isinstance(value, bool):
        raise BadInput("not_true_or_false", say("{value} phải là true hoặc false.", value=repr(value)), where)
    return value


def check_unique(names: Iterable[str], where: str, code: str, template: str) -> None:
    """Raises BadInput(code, template with {name}) at the first name that comes twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BadInput(code, say(template, name=name), where)
        seen.add(name)


def nfc(text: str) -> str:
    """Composed Unicode, so that two spellings of one name agree."""
    return unicodedata.normalize("NFC", text)
