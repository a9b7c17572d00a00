"""The filters in use as pills, the kept ones beside them, and what the form that keeps one needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

NOT_A_FILTER = ("as_of", "page", "format")


def filter_pills(
    request: Any, page: str, said: Sequence[dict[str, str]], kept: Iterable[Any]
) -> dict[str, Any]:
    """said: {name, key, label} of each filter in use; kept: rows with name and query."""
    asked = [(k, v) for k, v in request.GET.items() if k not in NOT_A_FILTER and v]
    day = [(k, v) for k, v in request.GET.items() if k == "as_of" and v]
    pills = [
        {"key": one["key"], "label": one["label"],
         "url": "?" + urlencode([pair for pair in request.GET.items() if pair[0] not in (one["name"], "page")])}
        for one in said
    ]  # fmt: skip
    saved = [
        {"label": row.name, "url": f"?{urlencode([*parse_qsl(row.query), *day])}",
         "current": sorted(parse_qsl(row.query)) == sorted(asked)}
        for row in kept
    ]  # fmt: skip
    return {"page": page, "pills": pills, "saved": saved, "query": urlencode(asked), "any": bool(asked)}
