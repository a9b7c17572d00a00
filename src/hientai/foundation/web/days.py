"""Days as people write them, at the edge: 5/3/1980, 05-03-1980, 05.03.1980, 1980-03-05."""

from __future__ import annotations

import re
from datetime import date

from hientai.engines.errors import BadInput
from hientai.engines.wording import say

_DAY_FIRST = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\s*")


def read_day(text: str, where: str = "as_of") -> date:
    """The day, day before month; raises BadInput that says what is accepted."""
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(
            "not_a_day",
            say("“{text}” không phải là ngày. Viết ngày/tháng/năm, ví dụ 05/03/2026.", text=text[:40]),
            where,
        ) from error
