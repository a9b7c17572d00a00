"""Reads the JSON file of a stateless command exactly: decimals stay decimals, no key is lost, no NaN."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from hientai.engines.errors import BadInput
from hientai.engines.wording import say


def read_json(path: str) -> Any:
    """The document in a UTF-8 JSON file (`-`: standard input). Raises BadInput with line and column."""
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(
            "no_file", say("Không mở được tệp: {reason}.", reason=error.strerror or str(error)), path
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput("not_utf8", say("Tệp không phải văn bản UTF-8."), path) from error
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise BadInput(
            "not_json", say("Tệp không phải JSON hợp lệ: {reason}.", reason=error.msg), place
        ) from error
    except (RecursionError, ValueError) as error:
        raise BadInput(
            "not_json", say("Tệp không phải JSON hợp lệ: {reason}.", reason=str(error)), path
        ) from error


def _refuse(name: str) -> NoReturn:
    raise BadInput("not_finite", say("{value} không phải là số hữu hạn.", value=name))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadInput(
            "duplicate_key", say("Mục “{key}” xuất hiện hai lần trong một đối tượng.", key=twice), twice
        )
    return fields
