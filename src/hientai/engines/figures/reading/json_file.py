"""Reads a JSON file of figures without losing printed decimals."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from hientai.engines.errors import BadInput
from hientai.engines.figures.reading.limits import bytes_of
from hientai.engines.wording import say


def read_json(path: Path) -> Any:
    """The document; numbers with decimals as Decimal, so that 58.10 keeps its two digits.

    Raises BadInput for broken JSON, NaN and infinities, duplicate keys, and documents nested too deeply.
    """
    return json_of(bytes_of(path), path.name)


def json_of(raw: bytes, name: str) -> Any:
    """As `read_json`, for content that is at hand; name: what errors call it."""
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_int=_integer,
            parse_constant=_refuse,
            object_pairs_hook=_once,
        )
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput("broken_json", say("Tệp không phải JSON đúng: {why}", why=str(error)), name) from error
    except RecursionError as error:
        raise BadInput("broken_json", say("JSON lồng quá sâu"), name) from error


def _integer(text: str) -> int | Decimal:
    return int(text) if len(text) <= 40 else Decimal(text)


def _refuse(text: str) -> None:
    raise BadInput("number_out_of_reach", say("{text} không phải là số", text=text))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadInput("duplicate_key", say("Khóa “{key}” xuất hiện hai lần", key=twice[:80]), twice[:80])
    return document
